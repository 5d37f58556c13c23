// Pages in a real browser, as TAP: page_test.mjs SAMPLE ARTICLES FOLDER
//
// SAMPLE makes the sites in FOLDER, served from there on the loopback address; playwright-core drives Debian's Chromium,
// axe-core judges (driver.mjs).
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import zlib from 'node:zlib'
import { launch, must, runAll, same, test } from './driver.mjs'

const [sample, articles, folder] = process.argv.slice(2).map(p => path.resolve(p))
const sites = path.join(folder, 'sites')
const PAGES = ['full/kittiwake/index.html', 'full/kittiwake-ru/index.html', 'full/kittiwake-fa/index.html',
  'full/bare/index.html', 'full/index.html', 'languages/zh/index.html', 'languages/ar/index.html', 'full/kittiwake-fa/one-file.html', 'empty/index.html',
  'hostile/kittiwake/index.html']
const AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const MOST_BYTES = 14 * 1024

function make (to, environment) {
  fs.rmSync(to, { recursive: true, force: true })
  execFileSync(sample, [articles, to], { env: { ...process.env, ...environment } })
}

const TYPES = { '.html': 'text/html', '.txt': 'text/plain; charset=utf-8', '.xml': 'application/atom+xml',
  '.png': 'image/png', '.wav': 'audio/wav' }
function serve () {
  return new Promise(resolve => {
    const server = http.createServer((request, answer) => {
      const file = path.join(sites, path.normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)))
      if (!fs.existsSync(file) || fs.statSync(file).isDirectory()) return answer.writeHead(404).end()
      answer.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' })
      answer.end(fs.readFileSync(file))
    })
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

const { browser, axeSource } = await launch(folder)
make(sites, {})
const server = await serve()
const base = `http://127.0.0.1:${server.address().port}/`

// ---- pages ----

const tree = (at, under = '') => fs.readdirSync(path.join(at, under), { withFileTypes: true }).flatMap(e =>
  e.isDirectory() ? tree(at, path.join(under, e.name)) : [path.join(under, e.name)]).sort()
const read = name => fs.readFileSync(path.join(sites, name), 'utf8')
const allPages = () => tree(sites).filter(f => f.endsWith('.html'))

// One context for each kind of window, and one window in it that goes from page to page: opening new ones took longer than
// what is done in them.
const windows = new Map()
async function windowOf (kind) {
  const key = JSON.stringify(kind)
  if (!windows.has(key)) {
    const context = await browser.newContext({ ...kind, reducedMotion: 'reduce' })
    windows.set(key, { context, page: await watched(context) })
  }
  return windows.get(key)
}

// A new window, whose `seen` collects what its page complains of and asks for.
async function watched (context) {
  const page = await context.newPage()
  page.seen = { requests: [], complaints: [] }
  page.on('request', r => page.seen.requests.push(r.url()))
  page.on('console', m => ['error', 'warning'].includes(m.type()) && page.seen.complaints.push(m.text()))
  page.on('pageerror', e => page.seen.complaints.push(String(e)))
  page.on('dialog', d => { page.seen.complaints.push(`a dialog: ${d.message()}`); d.dismiss() })
  return page
}

// Opens a page and runs. `fresh`: in a window that nothing was shown in before and nothing will be.
async function visit (name, options, run) {
  const { width = 1280, height = 900, scheme = 'light', scale = 1, open = false, origin = base, fresh = false } = options
  const kept = await windowOf({ viewport: { width, height }, colorScheme: scheme, deviceScaleFactor: scale })
  const page = fresh ? await watched(kept.context) : kept.page
  page.seen = { requests: [], complaints: [] }
  await page.goto(origin + name)
  if (open) await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true }))
  try {
    return await run(page, page.seen)
  } finally {
    if (fresh) await page.close()
  }
}

// Sizes are not judged on the hostile page: there every word of a paragraph is a link, which no sentence is.
async function judge (page) {
  await page.evaluate(axeSource)
  const result = await page.evaluate(tags => globalThis.axe.run(document, { runOnly: tags }), AA)
  return result.violations.flatMap(v => page.url().includes('/hostile/') && v.id === 'target-size' ? [] : v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`))
}

// ---- accessibility ----

// What is unfolded is seen folded too, all but how a fold itself looks: that needs few pages.
for (const [what, options, pages] of [
  ['light, all unfolded', { open: true }, PAGES],
  ['dark, at 320 pixels, all unfolded', { width: 320, height: 640, scheme: 'dark', open: true }, PAGES],
  ['dark, folded', { scheme: 'dark' }, PAGES.slice(0, 3)],
  ['at 320 pixels, folded', { width: 320, height: 640 }, PAGES.slice(0, 3)]
]) {
  test(`no violation of WCAG 2.2 AA: ${what}`, async () => {
    const problems = []
    for (const name of pages) {
      await visit(name, options, async page => problems.push(...(await judge(page)).map(p => `${name}: ${p}`)))
    }
    must(problems.length === 0, problems.join('\n'))
  })
}

test('the judge would see a violation', async () => {
  await visit(PAGES[0], {}, async page => {
    await page.evaluate(() => document.querySelector('img').removeAttribute('alt'))
    must((await judge(page)).some(p => p.startsWith('image-alt')), 'an image without alt passed')
  })
})

// ---- reflow ----

const tooWide = page => page.evaluate(() => {
  const most = document.documentElement.clientWidth
  const out = document.documentElement.scrollWidth > most ? [`the page is ${document.documentElement.scrollWidth} wide`] : []
  for (const e of document.querySelectorAll('body *')) {
    const r = e.getBoundingClientRect()
    if (r.width && !e.closest('.strip, .unseen, .skip') && (r.right > most + 0.5 || r.left < -0.5)) {
      out.push(`${e.tagName} ${e.className}: ${r.left} to ${r.right} of ${most}`)
    }
  }
  return out
})

for (const [what, options] of [
  ['320 pixels', { width: 320, height: 640, open: true }],
  ['1280 pixels at 400 %', { width: 320, height: 225, scale: 4, open: true }],
  ['1280 pixels', { open: true }]
]) {
  test(`nothing is wider than the window: ${what}`, async () => {
    for (const name of PAGES) await visit(name, options, async page => same(await tooWide(page), [], name))
  })
}

test('nothing is cut off or wider with the text spaced as WCAG 1.4.12 has it', async () => {
  for (const name of PAGES) {
    await visit(name, { width: 320, height: 640, open: true }, async page => {
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}')
        document.adoptedStyleSheets = [sheet]
      })
      same(await tooWide(page), [], name)
    })
  }
})

test('a line of text has some 66 characters', async () => {
  await visit(PAGES[0], {}, async page => {
    const measure = await page.evaluate(() => {
      const p = document.querySelector('#text > p')
      const line = parseFloat(getComputedStyle(p).lineHeight)
      return p.textContent.length / Math.round(p.getBoundingClientRect().height / line)
    })
    must(measure > 50 && measure < 75, `${measure} characters a line`)
  })
})

// ---- requests, errors, policy ----

async function playAll (page) {
  await page.evaluate(async () => {
    for (const i of document.images) i.scrollIntoView()
    await Promise.all([...document.images].map(i => i.decode()))
    for (const a of document.querySelectorAll('audio')) await a.play()
  })
}

for (const [what, origin] of [['served', base], ['from a folder', `file://${sites}/`]]) {
  test(`nothing is asked for but the page and its own pictures and sound: ${what}`, async () => {
    for (const name of PAGES) {
      await visit(name, { origin, fresh: true }, async (page, seen) => {
        await playAll(page)
        const beside = `${origin}${path.dirname(name)}/`
        const wrong = seen.requests.filter(u => u !== origin + name && !u.startsWith('data:') &&
          !(u.startsWith(beside) && /^(picture|sound)-\d+\.(png|wav)$/.test(u.slice(beside.length))))
        same(wrong, [], name)
        same(seen.complaints, [], name)
        if (name.endsWith('one-file.html')) same(seen.requests.filter(u => !u.startsWith('data:')), [origin + name], name)
      })
    }
  })
}

test('no page sets a cookie or stores anything', async () => {
  await visit(PAGES[0], {}, async page => {
    same(await page.context().cookies(), [], 'cookies')
    same(await page.evaluate(() => [localStorage.length, document.cookie]), [0, ''], 'storage')
  })
})

test('the policy stops scripts, styles and addresses of others', async () => {
  await visit(PAGES[0], {}, async page => {
    const blocked = await page.evaluate(async () => {
      const seen = []
      document.addEventListener('securitypolicyviolation', e => seen.push(e.effectiveDirective))
      const script = document.createElement('script')
      script.textContent = 'globalThis.ran = 1'
      const picture = document.createElement('img')
      picture.src = 'http://127.0.0.1:9/x.png'
      const style = document.createElement('style')
      style.textContent = 'body{display:none}'
      document.body.append(script, picture, style)
      await fetch('http://127.0.0.1:9/').catch(() => {})
      await new Promise(resolve => setTimeout(resolve, 100))
      return { seen: [...new Set(seen)].sort(), ran: globalThis.ran }
    })
    same(blocked.seen, ['connect-src', 'img-src', 'script-src-elem', 'style-src-elem'], 'stopped')
    must(!blocked.ran, 'a script ran')
  })
})

// What is asked of every page there is, found in one visit of each.
let facts
async function allFacts () {
  if (facts) return facts
  facts = []
  for (const name of allPages()) {
    await visit(name, {}, async (page, seen) => facts.push({
      name,
      seen,
      ...await page.evaluate(() => ({
        runs: [
          ...[...document.scripts].filter(s => s.type !== 'application/ld+json').map(s => s.outerHTML),
          ...[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]
            .filter(a => a.name.startsWith('on') || /^\s*(javascript|vbscript):/i.test(a.value))
            .map(a => `${e.tagName} ${a.name}=${a.value}`)),
          ...[...document.querySelectorAll('iframe,object,embed,form,base')].map(e => e.tagName)],
        links: [...document.querySelectorAll('[href],[src]')].map(e => e.getAttribute('href') ?? e.getAttribute('src')),
        ids: [...document.querySelectorAll('[id]')].map(e => e.id)
      }))
    }))
  }
  return facts
}

test('there is nothing in any page that could run', async () => {
  for (const { name, runs, seen } of await allFacts()) {
    same(runs, [], name)
    same(seen.complaints, [], name)
  }
})

// ---- keyboard ----

// Tabs through the page; what had the focus, in order, as places among all elements.
async function tabStops (page) {
  const stops = []
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press('Tab')
    const [at, first] = await page.evaluate(() => [[...document.querySelectorAll('*')].indexOf(document.activeElement),
      document.activeElement === document.body])
    if (first || (stops.length > 1 && at === stops[0])) break
    stops.push(at)
  }
  return stops
}

test('the keyboard alone reaches everything, and what it reaches is seen', async () => {
  for (const name of PAGES) {
    await visit(name, { open: true }, async page => {
      const stops = new Set(await tabStops(page))
      const missed = await page.evaluate(stops => [...document.querySelectorAll('*')]
        .map((e, i) => [e, i]).filter(([e, i]) => e.matches('a[href],summary,.strip,audio') && !stops.includes(i))
        .map(([e]) => e.outerHTML.slice(0, 120)), [...stops])
      same(missed, [], name)
    })
  }
})

test('what has the focus has an outline', async () => {
  await visit(PAGES[0], {}, async page => {
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab')
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle)
      must(outline !== 'none', await page.evaluate(() => document.activeElement.outerHTML.slice(0, 100)))
    }
  })
})

test('the first stop skips to the text', async () => {
  await visit(PAGES[0], {}, async page => {
    await page.keyboard.press('Tab')
    same(await page.evaluate(() => document.activeElement.getAttribute('href')), '#text', 'first stop')
    must(await page.evaluate(() => document.activeElement.getBoundingClientRect().top >= 0), 'the link is not seen')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    must(await page.evaluate(() => !!document.activeElement.closest('#text')), 'the next stop is not in the text')
  })
})

test('a note opens by keyboard, and by its mark', async () => {
  await visit(PAGES[0], {}, async page => {
    await page.focus('#k3 > summary')
    await page.keyboard.press('Enter')
    must(await page.isVisible('#k3 .claim'), 'it stayed shut')
    await page.focus('a[href="#k6"]')
    await page.keyboard.press('Enter')
    must(await page.evaluate(() => {
      const r = document.querySelector('#k6').getBoundingClientRect()
      return r.top >= 0 && r.top < innerHeight
    }), 'the mark does not lead to its note')
  })
})

for (const [name, key] of [[PAGES[0], 'ArrowRight'], [PAGES[2], 'ArrowLeft']]) {
  test(`a slide show is moved by keyboard: ${name}`, async () => {
    await visit(name, {}, async page => {
      const shown = () => page.evaluate(() => {
        const strip = document.querySelector('.strip')
        const middle = strip.getBoundingClientRect().left + strip.clientWidth / 2
        return [...strip.children].findIndex(f => f.getBoundingClientRect().left <= middle && f.getBoundingClientRect().right >= middle)
      })
      const place = () => page.evaluate(() => document.querySelector('.strip').scrollLeft)
      const settle = async wanted => { // there, and at rest: what moves still is not moved elsewhere
        let before = NaN, rested = 0
        for (let i = 0; i < 300 && rested < 4; i++) {
          await page.waitForTimeout(100)
          const now = await place()
          rested = now === before && await shown() === wanted ? rested + 1 : 0
          before = now
        }
        return shown()
      }
      await page.focus('.strip')
      same(await shown(), 0, 'before')
      for (let i = 0; i < 12 && await shown() === 0; i++) { // once, and again only where that moved nothing
        await page.keyboard.press(key)
        for (let k = 0; k < 30 && await shown() === 0; k++) await page.waitForTimeout(100)
      }
      same(await settle(1), 1, 'after the arrow')
      await page.focus('.steps a:nth-of-type(1)')
      await page.keyboard.press('Enter')
      same(await settle(0), 0, 'after the first link')
      await page.focus('.steps a:last-of-type')
      await page.keyboard.press('Enter')
      const last = await page.evaluate(() => document.querySelector('.strip').children.length - 1)
      same(await settle(last), last, 'after the last link')
    })
  })
}

test('the sound plays by keyboard', async () => {
  await visit(PAGES[0], {}, async page => {
    await page.focus('audio')
    await page.keyboard.press('Space')
    await page.waitForFunction(() => document.querySelector('audio').currentTime > 0, null, { timeout: 5000 })
  })
})

test('the language switch leads to the other languages and back', async () => {
  await visit(PAGES[0], {}, async page => {
    same(await page.$$eval('.languages a', all => all.map(a => [a.lang, a.textContent])), [['ru', 'Русский'], ['fa', 'فارسی']], 'offered')
    await page.focus('.languages a[hreflang=fa]')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/kittiwake-fa/index.html')
    same(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ['fa', 'rtl'], 'there')
    await page.focus('.languages a[hreflang=en]')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/kittiwake/index.html')
  })
})

// ---- looks ----

test('right to left is right to left', async () => {
  await visit(PAGES[2], {}, async page => {
    const edges = await page.evaluate(() => {
      const range = document.createRange()
      range.selectNodeContents(document.querySelector('#text > p'))
      const lines = [...range.getClientRects()], body = document.querySelector('#text').getBoundingClientRect()
      return [body.right - Math.max(...lines.map(r => r.right)), getComputedStyle(document.body).direction]
    })
    must(edges[0] < 2 && edges[1] === 'rtl', JSON.stringify(edges))
  })
})

test('dark is dark', async () => {
  const paper = async scheme => visit(PAGES[0], { scheme }, page => page.evaluate(() =>
    getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).map(Number)))
  must((await paper('light')).every(c => c > 240) && (await paper('dark')).every(c => c < 40), 'the paper')
})

test('words in another language than the page say so', async () => {
  await visit('full/bare/index.html', {}, async page => {
    same(await page.$eval('.skip span', e => e.lang), 'en', 'furniture')
    same(await page.$eval('.denial bdi', e => e.lang), 'gsw', 'a name in it')
    same(await page.$eval('.notice', e => e.lang), 'en', 'the notice')
  })
})

test('print shows the notes, and none of what paper cannot do', async () => {
  await visit(PAGES[0], { fresh: true }, async page => {
    await page.emulateMedia({ media: 'print' })
    const seen = await page.evaluate(() => ['.claim', '.transcript p', '.notice li', '.skip', 'audio', '.steps'].map(s =>
      document.querySelector(s).getBoundingClientRect().height > 0))
    same(seen, [true, true, true, false, false, false], 'seen')
    must((await page.pdf({ format: 'A4' })).length > 10000, 'no PDF')
  })
})

// ---- files ----

test('tidy finds no fault', () => {
  // Debian's tidy is older than these two attributes; all else counts.
  const unknown = /attribute "(loading|decoding)" *$/
  for (const name of allPages()) {
    const tidy = spawnSync('tidy', ['-errors', '-quiet', '-utf8', '--drop-empty-elements', 'no', path.join(sites, name)],
      { encoding: 'utf8' })
    same(tidy.stderr.split('\n').filter(l => l && !unknown.test(l)), [], name)
    must(tidy.status < 2, `${name}: tidy ended with ${tidy.status}`)
  }
})

test(`a page of 1000 words without pictures has at most ${MOST_BYTES} bytes compressed`, async () => {
  const name = 'plain/kittiwake/index.html'
  const words = await visit(name, {}, page => page.evaluate(() =>
    [...document.querySelectorAll('#text > :not(.notes)')].map(e => e.textContent).join(' ').split(/\s+/).length))
  must(words >= 1000, `${words} words`)
  const bytes = zlib.gzipSync(read(name), { level: 6 }).length
  must(bytes <= MOST_BYTES, `${bytes} bytes`)
  console.log(`# ${words} words, ${bytes} bytes`)
})

test('every link leads to something in the site', async () => {
  for (const { name, links, ids } of await allFacts()) {
    for (const link of links.filter(l => !/^(data|https?):/.test(l))) {
      const [file, id] = link.split('#')
      const at = path.join(path.dirname(name), file)
      if (file) must(fs.existsSync(path.join(sites, at)) && at.split('/')[0] === name.split('/')[0], `${name}: ${link}`)
      if (id && !file) must(ids.includes(id), `${name}: ${link}`)
      if (id && file) must((await allFacts()).find(f => f.name === at).ids.includes(id), `${name}: ${link}`)
    }
  }
})

test('links outwards tell nothing of where they stand', async () => {
  await visit(PAGES[0], {}, async page => {
    const links = await page.$$eval('a[href^=http]', all => all.map(a => a.rel))
    must(links.length > 0 && links.every(r => r === 'noreferrer noopener'), JSON.stringify(links))
    same(await page.$eval('meta[name=referrer]', m => m.content), 'no-referrer', 'referrer')
  })
})

test('the structured data can be read, whatever is in it', async () => {
  for (const name of ['full/kittiwake/index.html', 'plain/kittiwake/index.html', 'hostile/kittiwake/index.html', 'full/bare/index.html']) {
    await visit(name, {}, async page => {
      const data = JSON.parse(await page.$eval('script[type="application/ld+json"]', s => s.textContent))
      const kinds = data['@graph'].map(g => g['@type'])
      same(kinds[0], 'NewsArticle', name)
      same(data['@graph'][0].headline, await page.$eval('h1', h => h.textContent), `${name}: headline`)
      const notes = await page.$$eval('.notes details', all => all.length)
      same(kinds.filter(k => k === 'ClaimReview').length, notes, `${name}: reviews`)
    })
  }
})

test('the feed is well-formed Atom', () => {
  for (const name of tree(sites).filter(f => f.endsWith('feed.xml'))) {
    const lint = spawnSync('xmllint', ['--noout', path.join(sites, name)], { encoding: 'utf8' })
    same([lint.status, lint.stderr], [0, ''], name)
    const ids = [...read(name).matchAll(/<id>([^<]*)<\/id>/g)].map(m => m[1])
    must(ids.length > 0 && new Set(ids).size === ids.length && ids.every(i => /^urn:uuid:[0-9a-f-]{36}$/.test(i)), `${name}: ${ids}`)
    for (const need of ['<title>', '<updated>', '<author>']) must(read(name).includes(need), `${name}: ${need}`)
    for (const [, time] of read(name).matchAll(/<(?:updated|published)>([^<]*)</g)) {
      must(!Number.isNaN(Date.parse(time)) && /^\d{4}-\d\d-\d\dT00:00:00Z$/.test(time), `${name}: ${time}`)
    }
  }
})

test('the list of hashes is right and complete', () => {
  for (const site of fs.readdirSync(sites)) {
    const cwd = path.join(sites, site)
    execFileSync('sha256sum', ['--strict', '--quiet', '-c', 'SHA256SUMS'], { cwd })
    const listed = read(`${site}/SHA256SUMS`).trim().split('\n').map(l => l.slice(66))
    same(listed, tree(cwd).filter(f => f !== 'SHA256SUMS').sort(), site)
  }
})

test('the same articles give the same bytes in another place, time zone and language', () => {
  const again = path.join(folder, 'again')
  make(again, { TZ: 'Asia/Tehran', LC_ALL: 'tr_TR.UTF-8', LANG: 'fa_IR', HOME: '/nowhere' })
  same(tree(again), tree(sites), 'files')
  for (const f of tree(sites)) must(fs.readFileSync(path.join(again, f)).equals(fs.readFileSync(path.join(sites, f))), f)
})

await runAll()
await browser.close()
server.close()
