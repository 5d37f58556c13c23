// What files become: dropped on the window, read, shown, heard, typed beside, marked; what they would give away; what is refused.
// And what had no journey elsewhere: the correction of an article, the door and the dialogs, each as it should be for everybody.
import fs from 'node:fs'
import path from 'node:path'

// ---- files, made here ----

// A PDF with a line of text on each page.
function pdf (pages) {
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '', '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>']
  const kids = []
  for (const words of pages) {
    const content = `BT /F 14 Tf 20 100 Td (${words}) Tj ET`
    objects.push(`<</Length ${content.length}>>stream\n${content}\nendstream`)
    objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents ${objects.length} 0 R/Resources<</Font<</F 3 0 R>>>>>>`)
    kids.push(`${objects.length} 0 R`)
  }
  objects[1] = `<</Type/Pages/Kids[${kids.join(' ')}]/Count ${kids.length}>>`
  const places = []
  let out = '%PDF-1.4\n'
  objects.forEach((body, i) => { places.push(out.length); out += `${i + 1} 0 obj\n${body}\nendobj\n` })
  const start = out.length
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n` + places.map(p => `${String(p).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(out + `trailer<</Size ${objects.length + 1}/Root 1 0 R/Info<</Author(Tessa Quill)>>>>\nstartxref\n${start}\n%%EOF`)
}

// A sound of some seconds: loud in its first half, silent in its second.
function wav (seconds, rate = 8000) {
  const frames = Buffer.alloc(seconds * rate * 2)
  for (let i = 0; i < seconds * rate / 2; i++) frames.writeInt16LE(Math.round(24000 * Math.sin(i / 4)), 2 * i)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + frames.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  for (const [value, at, wide] of [[16, 16, 4], [1, 20, 2], [1, 22, 2], [rate, 24, 4], [rate * 2, 28, 4], [2, 32, 2], [16, 34, 2]]) head.writeUIntLE(value, at, wide)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(frames.length, 40)
  return Buffer.concat([head, frames])
}

// What a camera writes into a JPEG: which it was, its number, when and where. Folders of entries, one behind another.
function exif () {
  const text = words => Buffer.from(words + '\0', 'latin1')
  const long = n => { const b = Buffer.alloc(4); b.writeUInt32LE(n); return b }
  const degrees = (...parts) => Buffer.concat(parts.flatMap(p => [long(p), long(1)]))
  const folder = (at, entries) => {
    const table = Buffer.alloc(2 + 12 * entries.length + 4)
    let heap = Buffer.alloc(0)
    table.writeUInt16LE(entries.length)
    entries.forEach(([tag, kind, value], i) => {
      const size = { 2: 1, 4: 4, 5: 8 }[kind]
      table.writeUInt16LE(tag, 2 + 12 * i)
      table.writeUInt16LE(kind, 4 + 12 * i)
      table.writeUInt32LE(value.length / size, 6 + 12 * i)
      if (value.length <= 4) return value.copy(table, 10 + 12 * i)
      table.writeUInt32LE(at + table.length + heap.length, 10 + 12 * i)
      heap = Buffer.concat([heap, value, Buffer.alloc(value.length % 2)])
    })
    return Buffer.concat([table, heap])
  }
  const own = [[0x9003, 2, text('2019:05:11 23:40:12')], [0xa431, 2, text('KX-4471')]]
  const gps = [[1, 2, text('N')], [2, 5, degrees(41, 30, 0)], [3, 2, text('E')], [4, 5, degrees(12, 15, 0)]]
  const first = (a, b) => [[0x010f, 2, text('Lumen')], [0x0110, 2, text('Pocket 3')], [0x8769, 4, long(a)], [0x8825, 4, long(b)]]
  const main = folder(8, first(0, 0)).length
  const second = 8 + main + folder(0, own).length
  const tiff = Buffer.concat([Buffer.from('II*\0\x08\0\0\0', 'latin1'), folder(8, first(8 + main, second)), folder(8 + main, own), folder(second, gps)])
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  return Buffer.concat([Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]), body])
}

const LETTER = `From: Osk <osk@example.org>
To: desk@example.org
Subject: The list
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=_b"

--=_b
Content-Type: text/plain

The list is with this letter.
--=_b
Content-Type: text/csv
Content-Disposition: attachment; filename="list.csv"

berth,hour
nine,23:10
--=_b--
`
const SPOKEN = `WEBVTT

00:00.000 --> 00:02.000
<v Ana Brandt>The lights went out at ten.

00:03.000 --> 00:05.500
<v A pilot>I saw &lt;two&gt; boats.
`

export default function ({ test, must, same, run, makeCase, serve, window, axe, fits, judge, harbour, folder, PATIENCE }) {
  let desk, file, w, page
  const text = selector => page.$eval(selector, e => e.textContent.replace(/\s+/g, ' ').trim())
  const texts = selector => page.$$eval(selector, all => all.map(e => e.textContent.replace(/\s+/g, ' ').trim()))
  const has = (words, selector = 'main') => page.waitForFunction(([s, w]) => [...document.querySelectorAll(s)].some(e => e.textContent.includes(w)), [selector, words])
  const pick = async (scope, label, typed) => { // in a combobox
    const box = page.locator(scope).getByRole('combobox', { name: label, exact: true })
    await box.fill(typed)
    await page.waitForFunction(typed => [...document.querySelectorAll('[role=option]')].some(o => o.textContent.toLowerCase().includes(typed.toLowerCase())), typed)
    await box.press('Enter')
  }
  const exported = () => run('export', file)
  const here = () => page.evaluate(() => location.hash)

  // What is open now (a dialog, a form), as judge() looks at a view.
  async function look (name) {
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await axe(page, `${name}, ${theme}`, theme === 'dark' ? ['color-contrast'] : null)
      if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `${name}-${theme}.png`) })
    }
    await page.setViewportSize({ width: 320, height: 860 })
    await page.waitForFunction(() => innerWidth === 320)
    await fits(page, `${name} at 320`)
    const cut = await page.evaluate(() => [...document.querySelectorAll('dialog[open] *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 90)))
    same(cut, [], `wider than the window ${name} at 320`)
    if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `${name}-320.png`) })
    await page.setViewportSize({ width: 1280, height: 860 })
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    w.quiet()
  }

  // Files of {name, content} are dropped on what `selector` names, as a file manager does it.
  const drag = (what, selector, files) => page.evaluate(([what, selector, files]) => {
    const carried = new DataTransfer()
    for (const { name, bytes } of files) carried.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name))
    document.querySelector(selector).dispatchEvent(new DragEvent(what, { dataTransfer: carried, bubbles: true, cancelable: true }))
  }, [what, selector, files.map(f => ({ name: f.name, bytes: Buffer.from(f.content).toString('base64') }))])
  const drop = (files, selector = 'main') => drag('drop', selector, files)
  const dropped = name => page.locator('.drop-file', { hasText: name })
  const settled = name => page.waitForFunction(name => [...document.querySelectorAll('.drop-file')].some(f => f.textContent.includes(name) && /drop-(done|failed)/.test(f.className)), name)
  const dismiss = async () => {
    while (await page.$('.drop-file button')) await page.click('.drop-file button')
  }
  // Drops one file and opens its record.
  async function into (name, content) {
    await w.at('#/records')
    await drop([{ name, content }])
    await settled(name)
    await dropped(name).locator('a').click()
    await page.waitForSelector('article.record .evidence-name, article.record .record-side')
    await dismiss()
    await w.still()
  }

  test('the door can be read by everybody', async () => {
    file = makeCase('evidence', harbour).file
    desk = await serve(file)
    w = await window(desk, { open: false, allow: [/status of (409|422|401)/] })
    page = w.page
    await page.waitForSelector('input[type=password]')
    await look('door')
    await page.fill('input[type=password]', 'not this one')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.problem')
    w.seen.complaints.length = 0 // the refusal
    await look('door-refused')
    await w.unlock()
  })

  test('files dropped at once go in one after another, and each says how it went', async () => {
    await w.at('#/records')
    await drag('dragenter', 'main', [{ name: 'a', content: 'a' }])
    await page.waitForSelector('.drop-over')
    await drag('dragleave', 'main', [{ name: 'a', content: 'a' }])
    await page.waitForSelector('.drop-over', { state: 'detached' })
    let go
    const held = new Promise(resolve => { go = resolve })
    await page.route('**/api/evidence*', async route => { await held; await route.continue() })
    await drop([{ name: 'berths.txt', content: 'Berth nine was empty at ten.' }, { name: 'berths copy.txt', content: 'Berth nine was empty at ten.' },
      { name: 'letter.eml', content: LETTER }, { name: 'torn.pdf', content: pdf(['Half of a page']).subarray(0, 300) }])
    await page.waitForFunction(() => document.querySelectorAll('.drop-file').length === 4)
    await page.waitForSelector('.drop-file:first-child progress')
    same((await page.$$('.drop-waiting')).length, 3, 'those that wait')
    await look('drop-list')
    go()
    await page.waitForFunction(() => document.querySelectorAll('.drop-done').length === 4)
    await page.unroute('**/api/evidence*')
    await page.waitForSelector('.drop-file:nth-child(4) .drop-note') // which is asked for once the file is in
    const said = await texts('.drop-file')
    must(/^berths\.txt ?in the case/.test(said[0]), said[0])
    must(/was in the case already/.test(said[1]), said[1])
    must(/in the case, 1 file inside/.test(said[2]), said[2])
    must(/damaged/.test(said[3]), said[3])
    same(await page.$eval('.drop-file:nth-child(1) a', a => a.hash), await page.$eval('.drop-file:nth-child(2) a', a => a.hash), 'the record of the same bytes')
    await look('drop-done')
    await dropped('torn.pdf').locator('a').click()
    await has('damaged', '.read-notes')
    await dismiss()
    must(!await page.$('.drop-list'), 'the list is still there')
    w.quiet()
  })

  test('a file that is refused says why, and holds up no other', async () => {
    run('add', file, (() => { const from = path.join(folder, 'posters.bo'); fs.writeFileSync(from, 'record posters image "Posters on the quay"\n'); return from })())
    await w.at('#/records')
    await has('Posters on the quay')
    await w.at('#/record/posters')
    await has('holds no file')
    // Another window gives it a file; this one has not heard of it yet.
    let go
    const held = new Promise(resolve => { go = resolve })
    await page.route('**/api/record?*', async route => { await held; await route.continue().catch(() => {}) })
    const other = await page.evaluate(async () => {
      const { token } = await (await fetch('/api/session')).json()
      return (await fetch('/api/evidence?name=poster.txt&record=posters', { method: 'POST', headers: { 'Content-Type': 'text/plain', 'X-Bearout': token }, body: 'WANTED' })).status
    })
    same(other, 200, 'the other window')
    await drop([{ name: 'second.txt', content: 'Another poster' }], 'article.record')
    await settled('second.txt')
    must(/not taken|has a file already/.test(await dropped('second.txt').innerText()), await dropped('second.txt').innerText())
    must(/list of records/.test(await dropped('second.txt').innerText()), 'no way on is told')
    await look('drop-refused')
    go()
    await has('WANTED', '.reader-text')
    await page.unroute('**/api/record?*')
    // A record that has its file takes no second one: what is dropped on it is a record of its own.
    await drop([{ name: 'third.txt', content: 'A third poster' }], 'article.record')
    await settled('third.txt')
    same(await dropped('third.txt').getAttribute('class'), 'drop-file drop-done', 'the third')
    must(await dropped('third.txt').locator('a').getAttribute('href') !== '#/record/posters', 'it went into the record')
    await dismiss()
    w.quiet()
  })

  test('a page is shown as a picture, and words of it are made a statement', async () => {
    await into('scan-1.pdf', pdf(['The doors were shut.', 'The keys hung in the office.']))
    same(await texts('.page-number'), ['Page 1', 'Page 2'], 'pages')
    must(/Tessa Quill/.test(await text('.metadata')), 'the author is not among what it gives away')
    const where = await page.evaluate(() => {
      const p = [...document.querySelectorAll('.reader-text p')].find(p => p.textContent.includes('The keys'))
      const node = [...p.childNodes].find(n => n.textContent.includes('The keys'))
      const range = document.createRange()
      range.setStart(node, node.textContent.indexOf('keys'))
      range.setEnd(node, node.textContent.indexOf('office') + 6)
      const box = range.getBoundingClientRect()
      return [box.left + 1, box.right - 1, box.top + box.height / 2]
    })
    await page.mouse.move(where[0], where[2])
    await page.mouse.down()
    await page.mouse.move(where[1], where[2], { steps: 3 })
    await page.mouse.up()
    await page.waitForSelector('.marking')
    same(await text('.marking-words'), 'keys hung in the office', 'the words')
    same(await text('.marking-place'), 'p.2', 'the place')
    await pick('.marking', 'Who says it', 'official inquiry')
    await pick('.marking', 'What it says', 'The keys were in the office')
    await look('marking')
    await page.click('.marking button[type=submit]')
    await page.waitForSelector('.marking', { state: 'detached' })
    await has('keys hung in the office', '.said-list')
    must(/say inquiry \S+ unstated at scan-1 @\d+\+23 "keys hung in the office"/.test(exported()), exported().slice(-400))
    await page.click('.page-number:has-text("Page 2")')
    const drawn = n => page.waitForFunction(n => { const i = document.querySelector('.page-picture img'); return i?.alt.includes(`Page ${n}`) && i.complete && i.naturalWidth > 300 }, n)
    await drawn(2)
    must(await page.isDisabled('.page-picture button >> nth=1'), 'there is a page after the last')
    await page.click('.page-picture button >> nth=0')
    await drawn(1)
    await look('record-pages')
    await page.click('.said-list button:has-text("Show")')
    await page.click('.segments label:has-text("Text")')
    await page.waitForSelector('mark.marked')
    same(await text('mark.marked'), 'keys hung in the office', 'the mark')
    await judge(w, 'record-pdf', await here())
  })

  const until = async holds => { // of {time, rate, paused}
    const end = performance.now() + PATIENCE
    for (;;) {
      const now = await page.$eval('audio', a => ({ time: a.currentTime, rate: a.playbackRate, paused: a.paused })).catch(() => null)
      if (now && holds(now)) return
      must(performance.now() < end, `the sound is at ${JSON.stringify(now)}, not ${holds}`)
      await new Promise(resolve => setTimeout(resolve, 30))
    }
  }

  test('a sound is drawn, and heard by keyboard', async () => {
    await into('recording-1.wav', wav(8))
    await page.waitForFunction(() => document.querySelector('.wave')?.getAttribute('aria-valuemax') === '8')
    // How many pixels of a height are drawn in each half, away from the middle: the first is loud.
    await page.waitForFunction(() => {
      const canvas = document.querySelector('.wave canvas')
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })
      copy.drawImage(canvas, 0, 0)
      const ink = from => { const { data } = copy.getImageData(from, Math.round(canvas.height * 0.3), canvas.width * 0.4, 1); let n = 0; for (let i = 3; i < data.length; i += 4) n += data[i] > 0; return n }
      return ink(canvas.width * 0.05) > canvas.width * 0.2 && ink(canvas.width * 0.55) === 0
    })
    await judge(w, 'record-sound', await here())
    await page.focus('.wave')
    await page.keyboard.press('Space')
    await until(a => !a.paused && a.time > 0.5)
    same(await text('.sound-row button.primary'), 'Pause', 'the button')
    await page.keyboard.press('Space')
    await until(a => a.paused)
    await page.keyboard.press('s')
    await until(a => a.rate === 0.75)
    await page.keyboard.press('s')
    await page.keyboard.press('s')
    await until(a => a.rate === 1)
    await page.keyboard.press('Home')
    await until(a => a.time === 0)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await until(a => a.time === 6)
    await page.keyboard.press('ArrowLeft')
    await until(a => a.time === 3)
    same(await page.getAttribute('.wave', 'aria-valuetext'), '00:03 of 00:08', 'what is said of the place')
    w.quiet()
  })

  test('a transcript is typed beside the sound, with times, and is there after a reload', async () => {
    await page.keyboard.press('Home')
    await page.click('button:has-text("Type what is said")')
    await page.waitForFunction(() => document.activeElement.className === 'typing-text')
    await page.keyboard.press('Enter')
    await page.keyboard.type('There were two boats.')
    await page.keyboard.press('Escape') // plays
    await until(a => a.time > 2.2)
    await page.keyboard.press('Escape')
    await until(a => a.paused)
    await page.keyboard.press('Enter')
    await page.keyboard.type('One of them had no lights.')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('I am sure of it.')
    await page.keyboard.press('Control+,') // goes back
    await until(a => a.time < 2)
    await page.keyboard.press('Control+.') // slows down
    await until(a => a.rate === 0.75)
    const typed = /^00:00 There were two boats\.\n00:0[234] One of them had no lights\.\nI am sure of it\.$/
    must(typed.test(await page.inputValue('.typing-text')), await page.inputValue('.typing-text'))
    await page.waitForSelector('.typing .work-kept')
    await look('typing')
    await page.reload()
    await page.click('button:has-text("Type what is said")')
    await page.waitForFunction(() => /sure of it/.test(document.querySelector('.typing-text')?.value))
    must(typed.test(await page.inputValue('.typing-text')), 'after a reload: ' + await page.inputValue('.typing-text'))
    await page.click('.typing-text')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.typing', { state: 'detached' })
    await has('no lights', '.reader-text')
    await page.reload()
    await has('no lights', '.reader-text')
    same((await texts('.line-time')).length, 2, 'times')
    await page.click('.line-time >> nth=1')
    await until(a => a.time >= 2)
    await judge(w, 'record-transcript', await here())
  })

  test('a stretch of the sound becomes a statement, and its place leads back to it', async () => {
    await page.focus('.wave')
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await until(a => a.time === 2)
    await page.keyboard.press('[')
    await page.keyboard.press('ArrowRight')
    await until(a => a.time === 5)
    await page.keyboard.press(']')
    same(await text('.sound-stretch'), '00:02–00:05', 'the stretch')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.marking')
    must(/One of them had no lights/.test(await text('.marking-words')), await text('.marking-words'))
    await pick('.marking', 'Who says it', 'salvage diver')
    await pick('.marking', 'What it says', 'A boat had no lights')
    await look('marking-sound')
    await page.click('.marking button[type=submit]')
    await page.waitForSelector('.marking', { state: 'detached' })
    const record = (await here()).split('/')[2]
    await page.waitForSelector('.said-list .statement')
    must(exported().includes(`say diver boat-no-lights unstated at ${record} 00:02-00:05 "`) || /say diver \S+ unstated at \S+ 00:02-00:05 "One of them/.test(exported()), exported().slice(-300))
    await page.focus('.wave')
    await page.keyboard.press('Home')
    await until(a => a.time === 0)
    await page.click('.said-list button:has-text("sound")')
    await until(a => a.time === 2)
    await page.click('.said-list .claim-link')
    await page.waitForSelector('article.claim .statement .paper')
    await page.click('article.claim .statement .paper')
    await page.waitForSelector('.wave')
    await until(a => a.time === 2)
    await page.waitForFunction(() => document.querySelector('.wave').getAttribute('aria-valuenow') === '2')
    w.quiet()
  })

  test('a transcript that another program made is brought in, with who speaks', async () => {
    await into('recording-2.wav', wav(6, 4000))
    await page.setInputFiles('input.transcript-file', { name: 'words.vtt', mimeType: 'text/vtt', buffer: Buffer.from('WEBVTT\n\n00:09.000 --> 00:01.000\nBackwards\n') })
    await page.waitForSelector('.record-body .problem')
    must(/ends before it starts/.test(await text('.record-body .problem')), await text('.record-body .problem'))
    w.seen.complaints.length = 0 // the refusal
    await page.setInputFiles('input.transcript-file', { name: 'words.vtt', mimeType: 'text/vtt', buffer: Buffer.from(SPOKEN) })
    await has('Ana Brandt: The lights went out at ten.', '.reader-text')
    await has('A pilot: I saw <two> boats.', '.reader-text')
    same(await texts('.line-time'), ['00:00', '00:03'], 'times')
    must(!await page.$('.record-body .problem'), 'the fault is still told')
    // Changed by hand, it still says who speaks.
    await page.click('button:has-text("Change the transcript")')
    await page.waitForFunction(() => /two/.test(document.querySelector('.typing-text')?.value))
    await page.locator('.typing-text').press('Control+End')
    await page.keyboard.type(' Maybe three.')
    await page.keyboard.press('Control+Enter')
    await has('Maybe three', '.reader-text')
    const kept = await page.evaluate(async id => (await (await fetch(`/api/record/text?id=${id}`)).json()).text, (await here()).split('/')[2])
    must(/<v A pilot>I saw &lt;two&gt; boats\. Maybe three\./.test(kept), kept)
    w.quiet()
  })

  test('a transcript that is pasted with its times keeps them', async () => {
    await page.click('button:has-text("Change the transcript")')
    await page.waitForFunction(() => /two/.test(document.querySelector('.typing-text')?.value))
    await page.evaluate(words => {
      const field = document.querySelector('.typing-text')
      field.focus()
      field.select()
      const carried = new DataTransfer()
      carried.setData('text/plain', words)
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true }))
    }, '1\n00:00:01,500 --> 00:00:02,000\nHere they come.\n\n2\n00:00:04,000 --> 00:00:05,000\nThere they go.\n')
    await page.waitForFunction(() => document.querySelector('.typing-text').value === '00:01 Here they come.\n00:04 There they go.')
    await page.keyboard.press('Control+Enter')
    await has('There they go.', '.reader-text')
    same(await texts('.line-time'), ['00:01', '00:04'], 'times')
    w.quiet()
  })

  test('a picture says what it would give away', async () => {
    const plain = Buffer.from(await page.evaluate(() => {
      const canvas = document.createElement('canvas')
      canvas.width = 320
      canvas.height = 200
      const on = canvas.getContext('2d')
      on.fillStyle = '#468'
      on.fillRect(0, 0, 320, 200)
      on.fillStyle = '#eca'
      on.fillRect(40, 90, 200, 60)
      return canvas.toDataURL('image/jpeg').split(',')[1]
    }), 'base64')
    await into('IMG_0042.jpg', Buffer.concat([plain.subarray(0, 2), exif(), plain.subarray(2)]))
    await page.waitForFunction(() => { const i = document.querySelector('.record-image'); return i?.complete && i.naturalWidth === 320 })
    const away = await text('.record-side > section:last-child > .metadata')
    for (const words of ['41.5', '12.25', 'Lumen', 'Pocket 3', 'KX-4471', '2019:05:11 23:40:12']) must(away.includes(words), `${words} is not told: ${away}`)
    must(!/Width/.test(away), 'its size is told as a danger')
    must(/Place/.test(away), 'the place is not named')
    await judge(w, 'record-picture', await here())
  })

  test('an article that is out is corrected, and the page says what was wrong', async () => {
    const site = path.join(folder, 'site-evidence')
    fs.rmSync(site, { recursive: true, force: true })
    const first = '# The doors were chained\n\nThe doors of the lower deck were chained from outside [doors].\nThe official inquiry denies that they were [doors inquiry].\n'
    await w.at('#/drafts')
    await page.click('main .primary')
    await look('dialog-article')
    await page.getByLabel('Headline').fill('The doors were chained')
    await page.click('dialog button[type=submit]')
    await page.waitForSelector('.editor-field')
    must(!await page.$('.draft-correction'), 'a correction of what is not out')
    const publish = async shown => {
      await page.waitForFunction(() => !document.querySelector('.draft-head button.primary').disabled)
      await page.click('.draft-head button.primary')
      await page.fill('dialog input', 'site-evidence')
      await look(shown)
      await page.click('dialog button[type=submit]')
      await has('It is published', 'dialog')
      await page.click('dialog .form-end button')
      await page.waitForSelector('dialog', { state: 'detached' })
    }
    await page.fill('.editor-field', first)
    await publish('dialog-publish')
    await page.waitForSelector('.draft-correction textarea')
    await page.fill('.editor-field', first.replace('lower deck', 'lower deck of the ferry'))
    await has('Say above the article', '.gate-refused') // what was wrong
    must(await page.isDisabled('.draft-head button.primary'), 'it could be changed in silence')
    await page.fill('.draft-correction textarea', 'The ship was not named as a ferry.')
    await judge(w, 'draft-correction', await here())
    same(await page.inputValue('.draft-correction textarea'), 'The ship was not named as a ferry.', 'the correction')
    await publish('dialog-correct')
    const html = fs.readdirSync(site, { recursive: true }).filter(f => f.endsWith('index.html')).map(f => fs.readFileSync(path.join(site, f), 'utf8')).find(h => h.includes('of the ferry'))
    must(html?.includes('The ship was not named as a ferry.'), 'the page does not say it')
    same(await page.inputValue('.draft-correction textarea'), '', 'the correction that is done')
    await w.at('#/drafts')
    await has('2 versions')
    w.quiet()
  })

  for (const [name, address, open, stands] of [
    ['claim', '#/claims', 'n', 'textarea'], ['statement', '#/claim/tape', 's', 'input'], ['shortcuts', '#/claims', '?', '.shortcuts'],
    ['terms', '#/voice/lieutenant', 'button:has-text("Note a promise")', 'select'], ['question', '#/questions', 'main .primary', 'form'],
    ['voice', '#/voices', 'button:has-text("New voice")', 'select'], ['record', '#/records', 'button:has-text("New record")', 'select'],
    ['undo', '#/diary', '.entry button', 'form'], ['answer', '#/questions', '.question-overdue button', 'form']]) {
    test(`the dialog of ${name} can be read by everybody`, async () => {
      await w.at(address)
      await page.evaluate(() => document.activeElement.blur())
      await (open.length === 1 ? page.keyboard.press(open) : page.click(open))
      await page.waitForSelector(`dialog[open] ${stands}`)
      await look(`dialog-${name}`)
      await page.keyboard.press('Escape')
      if (await page.$('dialog [role=listbox]')) await page.keyboard.press('Escape')
      await page.locator('dialog .dialog-head button').click({ timeout: 1000 }).catch(() => {})
      await page.waitForSelector('dialog', { state: 'detached' })
    })
  }

  test('the desk ends', async () => {
    w.quiet()
    await w.close()
    await desk.stop()
  })
}
