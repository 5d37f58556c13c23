// Records, marking, questions, drafts, the diary, the door: from an empty case to a published page, two windows at once, locks,
// and a desk that is killed.
import fs from 'node:fs'
import path from 'node:path'

const REPORT = `Report on the fire

The inquiry heard fourteen witnesses. Ни один из них не был на борту. The fire began in the galley.

No chain was found by the inquiry’s divers, who examined the wreck on two days in August. Nine people died.
`
const draftOf = '# The doors were chained\n\nThe doors of the lower deck were chained from outside [doors].\n'

const allow = [/favicon\.ico/] // which Chromium may ask for on its own

export default function ({ test, must, same, run, makeCase, serve, window, judge, harbour, examples, folder, PASSPHRASE }) {
  let desk, file, w, page
  const text = selector => page.$eval(selector, e => e.textContent.replace(/\s+/g, ' ').trim())
  const texts = selector => page.$$eval(selector, all => all.map(e => e.textContent.replace(/\s+/g, ' ').trim()))
  const has = (words, selector = 'main', on = page) => on.waitForFunction(([s, w]) => document.querySelector(s)?.textContent.includes(w), [selector, words])
  const kept = (on = page) => on.waitForFunction(() => document.querySelector('.work-kept'))
  const pick = async (scope, label, typed, on = page) => { // in a combobox
    const box = on.locator(scope).getByRole('combobox', { name: label, exact: true })
    await box.fill(typed)
    await on.waitForFunction(typed => [...document.querySelectorAll('[role=option]')].some(o => o.textContent.toLowerCase().includes(typed.toLowerCase())), typed)
    await box.press('Enter')
  }
  const exported = () => run('export', file)
  const editor = '.editor-field'
  const write = async (words, on = page) => {
    await on.fill(editor, words)
    await kept(on)
  }

  test('the desk opens', async () => {
    file = makeCase('work', harbour).file
    desk = await serve(file)
    w = await window(desk, { allow })
    page = w.page
    await page.waitForSelector('.board tbody tr')
  })

  for (const [name, address] of [['records', '#/records'], ['record', '#/record/letters'], ['questions', '#/questions'], ['drafts', '#/drafts'], ['diary', '#/diary'], ['first', '#/first']]) {
    test(`${name} can be read by everybody`, () => judge(w, name, address))
  }

  test('a file is put into the case, and its text is there to be read', async () => {
    await w.at('#/records')
    await page.setInputFiles('input[type=file]', { name: 'report.txt', mimeType: 'text/plain', buffer: Buffer.from(REPORT) })
    await page.waitForSelector('.drop-done a')
    await page.click('.drop-done a')
    await page.waitForSelector('.reader-text p')
    await has('Ни один', '.reader-text')
    await page.click('.drop-file button')
    await judge(w, 'record-text', await page.evaluate(() => location.hash))
  })

  test('a statement is marked by keyboard in three keystrokes', async () => {
    // What it is from and which claim was meant last are known after the first.
    await page.focus('.reader-text')
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown')
    same(await text('mark.chosen'), 'The fire began in the galley.', 'the sentence')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.marking')
    await pick('.marking', 'Who says it', 'official inquiry')
    await pick('.marking', 'What it says', 'galley')
    await page.waitForFunction(() => document.activeElement.type === 'radio')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.marking', { state: 'detached' })
    await page.waitForFunction(() => document.querySelectorAll('.said-list .statement').length === 1)
    // The next: Enter opens the bar, Enter takes the claim, Enter keeps it.
    await page.waitForFunction(() => document.activeElement.className === 'reader-text')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.marking .choices')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement.type === 'radio')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.marking', { state: 'detached' })
    await page.waitForFunction(() => document.querySelectorAll('.said-list .statement').length === 2)
    same((await texts('mark.marked')).length, 2, 'marks in the text')
    const record = decodeURIComponent(page.url().split('#/record/')[1])
    const before = Buffer.from(REPORT.slice(0, REPORT.indexOf('The fire began'))).length
    const said = exported().split('\n').filter(l => l.includes(`at ${record} @`))
    same(said[0], `say inquiry fault unstated at ${record} @${before}+29 "The fire began in the galley."`, 'the entry')
    w.quiet()
  })

  test('a statement is marked by mouse, with a new claim and a chain', async () => {
    const where = await page.evaluate(() => {
      const p = [...document.querySelectorAll('.reader-text p')].find(p => p.textContent.includes('Nine people'))
      const node = [...p.childNodes].flatMap(n => n.nodeType === 3 ? [n] : [...n.childNodes]).find(n => n.textContent.includes('Nine people'))
      const at = node.textContent.indexOf('Nine people')
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + 'Nine people died'.length)
      p.scrollIntoView({ block: 'center' })
      const [first, last] = [range.getClientRects()[0], [...range.getClientRects()].at(-1)]
      return { x1: first.left + 1, y1: first.top + first.height / 2, x2: last.right - 1, y2: last.top + last.height / 2 }
    })
    await page.mouse.move(where.x1, where.y1)
    await page.mouse.down()
    await page.mouse.move(where.x2, where.y2, { steps: 4 })
    await page.mouse.up()
    await page.waitForSelector('.marking')
    same(await text('.marking-words'), 'Nine people died', 'the words')
    await pick('.marking', 'What it says', 'The divers counted the dead')
    await page.click('.marking button.add')
    await pick('.marking', 'Teller 1', 'salvage diver')
    await page.click('.marking label:has-text("who saw it")')
    await page.click('.marking button[type=submit]')
    await page.waitForSelector('.marking', { state: 'detached' })
    await page.waitForFunction(() => document.querySelectorAll('.said-list .statement').length === 3)
    must(/say inquiry divers-counted-dead told-by diver saw at \S+ @\d+\+16 "Nine people died"/.test(exported()), exported().slice(-600))
    w.quiet()
  })

  test('a question is put, and what came back is noted', async () => {
    await w.at('#/questions')
    must(/Overdue/.test(await text('.question:first-child')), await text('.question:first-child'))
    const overdue = (await texts('.question-overdue')).length
    await page.click('.question-overdue button')
    await page.getByLabel('In their words').fill('We have nothing to add to our log.')
    await page.click('dialog button[type=submit]')
    await page.waitForSelector('dialog', { state: 'detached' })
    await page.waitForFunction(n => document.querySelectorAll('.question-overdue').length === n, overdue - 1)
    await page.click('main .primary')
    await pick('dialog', 'Who was asked', 'ministry')
    await pick('dialog', 'About which claim', 'families')
    await page.click('dialog button[type=submit]')
    await page.waitForSelector('dialog', { state: 'detached' })
    await has('Families were paid', '.question-open')
    w.quiet()
  })

  test('an entry is undone from the diary, after what depends on it was said', async () => {
    await w.at('#/diary')
    await page.fill('.filters input', 'tailboards')
    await page.waitForFunction(() => document.querySelectorAll('.entry').length === 1)
    await page.click('.entry button')
    await page.waitForSelector('dialog .plain-list li')
    await page.click('dialog button[type=submit]')
    await page.waitForSelector('dialog', { state: 'detached' })
    await page.waitForFunction(() => document.querySelector('.entry-undone'))
    w.quiet()
  })

  test('what the gate refuses is shown at the sentence', async () => {
    await w.at('#/drafts')
    await page.click('main .primary')
    await page.getByLabel('Headline').fill('The night of the fire')
    await page.click('dialog button[type=submit]')
    await page.waitForSelector(editor)
    await write(fs.readFileSync(path.join(examples, 'kittiwake-refused.md'), 'utf8'))
    await page.waitForFunction(() => document.querySelectorAll('.gate-refused').length > 4)
    await page.waitForFunction(() => [...document.querySelectorAll('.editor-refused')].some(e => e.textContent.includes('The minister of ports ordered it')))
    await page.click(`.gate-refused:has-text("'order' is stated as fact") .gate-place`)
    const chosen = await page.$eval(editor, f => f.value.slice(f.selectionStart, f.selectionEnd))
    must(/ordered it by telephone \[order\]/.test(chosen), chosen)
    must(await page.$eval('.editor-active', e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().bottom <= innerHeight), 'it is out of sight')
    must(await page.isDisabled('.draft-head button.primary'), 'it could be published')
    await judge(w, 'draft', await page.evaluate(() => location.hash))
  })

  test('a citation is completed as it is typed', async () => {
    await page.click(editor)
    await write('# A headline\n\nThe doors were chained ')
    await page.keyboard.press('Control+End')
    await page.keyboard.type('[chained')
    await page.waitForSelector('.editor-choices li')
    await page.keyboard.press('Enter')
    same(await page.inputValue(editor), '# A headline\n\nThe doors were chained [doors]', 'the text')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.type(' ')
    await page.waitForFunction(() => /docker/.test(document.querySelector('.editor-choices')?.textContent ?? ''))
    await page.keyboard.press('Escape')
    await page.fill('.draft-claims input', 'diesel')
    await page.waitForFunction(() => document.querySelectorAll('.cite').length === 1)
    await page.focus(editor)
    await page.keyboard.press('Control+End')
    await page.click('.cite')
    must((await page.inputValue(editor)).endsWith('[doors ] [fuel]'), await page.inputValue(editor))
  })

  test('a draft survives a closed window and a lock', async () => {
    await write(draftOf)
    const address = await page.evaluate(() => location.hash)
    await page.locator(editor).press('Control+End')
    await page.keyboard.type('Typed just before the lock.')
    await page.click('.masthead-actions button:has-text("Lock")')
    await page.waitForSelector('input[type=password]')
    must(!/Typed just before/.test(await page.content()), 'the text is on the page of a locked case')
    await page.fill('input[type=password]', 'wrong')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.problem')
    same(await page.inputValue('input[type=password]'), '', 'the field')
    w.seen.complaints.length = 0 // the refusal
    await w.unlock()
    await page.waitForSelector(editor)
    same(await page.inputValue(editor), draftOf + 'Typed just before the lock.', 'after the lock')
    await page.locator(editor).press('Control+End')
    await page.keyboard.type(' And before the window was closed.')
    await page.close()
    page = await w.context.newPage()
    await page.goto(desk.base + address)
    await page.waitForSelector(editor)
    await page.waitForFunction(() => document.querySelector('.editor-field').value.endsWith('window was closed.'))
  })

  test('two windows: what the other wrote is followed, and never overwritten unasked', async () => {
    const other = await w.context.newPage()
    await other.goto(page.url())
    await other.waitForSelector(editor)
    await write(draftOf + 'One.\n', other)
    await page.waitForFunction(() => document.querySelector('.editor-field').value.endsWith('One.\n'))
    // Both at once: the first to be kept holds, the other is told.
    await Promise.all([page.fill(editor, draftOf + 'Mine.\n'), other.fill(editor, draftOf + 'Theirs.\n')])
    const told = await Promise.race([page, other].map(p => p.waitForSelector('.foreign').then(() => p)))
    const words = await told.inputValue(editor)
    must(/Mine|Theirs/.test(words), words)
    await told.click('.foreign button:has-text("Keep what stands here")')
    await kept(told)
    await [page, other].find(p => p !== told).waitForFunction(words => document.querySelector('.editor-field').value === words || document.querySelector('.foreign'), words)
    await other.close()
  })

  test('a desk that is killed in the middle of a change loses nothing that was kept', async () => {
    await page.fill(editor, draftOf + 'Kept before the end.\n')
    await kept()
    const address = await page.evaluate(() => location.hash)
    const before = exported().split('\n').filter(l => l.startsWith('claim many-')).length
    const many = Array.from({ length: 400 }, (_, i) => `claim many-${before}-${i} "Claim number ${i}"\n`).join('')
    await page.evaluate(async text => {
      const { token, epoch } = await (await fetch('/api/session')).json()
      fetch('/api/take', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Bearout': token }, body: JSON.stringify({ text, epoch }) }).catch(() => {})
    }, many)
    await desk.stop('SIGKILL')
    await page.fill(editor, draftOf + 'Typed when there was no desk.\n')
    await page.waitForSelector('.work-failed')
    await w.context.close()
    const after = exported().split('\n').filter(l => l.startsWith('claim many-')).length
    must(after === before || after === before + 400, `${after} of 400 were taken`)
    desk = await serve(file)
    w = await window(desk, { allow })
    page = w.page
    await w.at(address)
    await page.waitForSelector(editor)
    same(await page.inputValue(editor), draftOf + 'Kept before the end.\n', 'the draft')
    await desk.stop()
    await w.close()
  })

  test('from an empty case to a published page, by the page alone', async () => {
    desk = await serve(makeCase('empty', null).file)
    w = await window(desk, { open: false, allow })
    page = w.page
    await page.waitForSelector('input[type=password]')
    await judgeDoor()
    await page.fill('input[type=password] >> nth=0', PASSPHRASE)
    await page.fill('input[type=password] >> nth=1', PASSPHRASE + '?')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.door .error')
    await page.fill('input[type=password] >> nth=1', PASSPHRASE)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.steps', { timeout: 60000 })
    const movedOn = () => page.waitForFunction(() => document.activeElement.closest('.step.now')) // the focus, to the next step
    const step = n => `.step:nth-child(${n})`
    await page.fill(`${step(1)} input >> nth=0`, 'The fire at the mill')
    await page.fill(`${step(1)} input >> nth=1`, 'en')
    await page.click(`${step(1)} button[type=submit]`)
    await page.waitForSelector(`${step(1)}.done`)
    await page.fill(`${step(2)} textarea`, 'The doors were locked')
    await page.click(`${step(2)} button[type=submit]`)
    await page.waitForSelector(`${step(2)}.done`)
    for (const who of ['A former clerk', 'The fire inspector']) {
      await page.evaluate(() => { const d = document.querySelector('.step:nth-child(3) details.step-more'); if (d) d.open = true })
      await pick(step(3), 'Who says it', who)
      await pick(step(3), 'What it says', 'locked')
      await page.locator(step(3)).getByLabel('In their own words').fill('I tried them myself')
      await page.click(`${step(3)} button[type=submit]`)
      await page.waitForSelector(`${step(3)}.done`)
      await page.waitForFunction(() => document.querySelector('.step:nth-child(3) textarea')?.value === '')
      await movedOn()
    }
    for (const who of ['clerk', 'inspector']) {
      await page.evaluate(() => { const d = document.querySelector('.step:nth-child(4) details.step-more'); if (d) d.open = true })
      await pick(step(4), 'Who says it', who)
      await page.click(`${step(4)} button[type=submit]`)
      await page.waitForSelector(`${step(4)}.done`)
      await page.waitForFunction(() => document.querySelector('.step:nth-child(4) input[role=combobox]')?.value === '')
      await movedOn()
    }
    await has('1 claim may be printed', step(6))
    await page.click(`${step(6)} a.button`)
    await page.getByLabel('Headline').fill('The doors of the mill were locked')
    await page.click('dialog button[type=submit]')
    await page.waitForSelector(editor)
    await page.locator(editor).press('Control+End')
    await page.keyboard.type('The doors were locked ')
    await page.keyboard.type('[lock')
    await page.waitForSelector('.editor-choices li')
    await page.keyboard.press('Enter')
    await page.keyboard.type('.')
    await page.waitForFunction(() => !document.querySelector('.draft-head button.primary').disabled)
    await page.click('#tab-preview')
    const preview = page.frameLocator('iframe.preview')
    await preview.locator('h1').waitFor()
    same((await preview.locator('h1').innerText()).trim(), 'The doors of the mill were locked', 'the preview')
    fs.rmSync(path.join(folder, 'site'), { recursive: true, force: true })
    await page.click('.draft-head button.primary')
    await page.click('dialog button[type=submit]')
    await has('It is published', 'dialog')
    const out = fs.readdirSync(path.join(folder, 'site'), { recursive: true })
    must(out.some(f => f.endsWith('index.html')) && out.includes('SHA256SUMS'), out.join(' '))
    await page.click('dialog .form-end button')
    await w.at('#/drafts')
    await has('The doors of the mill were locked', 'main')
    w.quiet()
    await w.close()
    await desk.stop()
  })
  async function judgeDoor () {
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `door-${theme}.png`), fullPage: true })
    }
  }
}
