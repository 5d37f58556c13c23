// Journeys through the desk in a real browser, as TAP: journeys.mjs BEAROUT EXAMPLES FOLDER
//
// BEAROUT makes a case in FOLDER from the harbour example and serves it; playwright-core drives Debian's Chromium, axe-core judges.
// One browser for all. Each module in journeys/ exports a function that is given what `tools` holds and names its tests; they
// run in the order of the files' names. Whatever the page complains of, and whatever it asks of anybody else, fails the test
// in which it happened. ONLY=board runs what matches; SHOTS=FOLDER keeps a picture of each view in both themes.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch, must, runAll, same, test as named } from '../browser/driver.mjs'

const [bearout, examples, folder] = process.argv.slice(2).map(p => path.resolve(p))
const here = path.dirname(fileURLToPath(import.meta.url))
const AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const PASSPHRASE = 'wait for the tide'
const PATIENCE = 30000 // milliseconds: the machine may be busy

let from = ''
const test = (name, run) => named(`${from}: ${name}`, run)

// ---- a case, and a desk ----

// Runs bearout; the passphrase is on descriptor 3.
function run (...args) {
  const secret = path.join(folder, 'passphrase')
  fs.writeFileSync(secret, PASSPHRASE + '\n')
  const fd = fs.openSync(secret, 'r')
  const done = spawnSync(bearout, [...args, '--passphrase-fd', '3'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', fd], cwd: folder })
  fs.closeSync(fd)
  must(done.status === 0, `bearout ${args.join(' ')}: ${done.stderr}`)
  return done.stdout
}

// A case of its own in FOLDER: {file, add(text)}. `text` null: there is no file yet.
function makeCase (name, text) {
  const file = path.join(folder, name + '.bearout')
  for (const f of fs.readdirSync(folder)) if (f.startsWith(name + '.bearout')) fs.rmSync(path.join(folder, f), { recursive: true, force: true })
  const add = words => {
    const from = path.join(folder, name + '.bo')
    fs.writeFileSync(from, words)
    run('add', file, from)
  }
  if (text !== null) {
    run('new', file)
    if (text) add(text)
  }
  return { file, add }
}

// `bearout desk` on a case: {link (works once), base, child, ended (a promise), stop()}.
const running = new Set()
process.on('exit', () => { for (const child of running) child.kill() }) // one that went on would meddle with the next run's file
function serve (file, ...more) {
  const child = spawn(bearout, ['desk', file, '--no-open', ...more], { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder })
  running.add(child)
  let said = ''
  const ended = new Promise(resolve => child.on('exit', (code, signal) => { running.delete(child); resolve({ code, signal, said }); if (signal !== 'SIGTERM' && signal !== 'SIGKILL') console.log(`# bearout desk ended with ${code ?? signal}: ${said.replace(/\n/g, '\n# ')}`) }))
  const link = new Promise((resolve, reject) => {
    const hear = data => {
      said += data
      const found = /http:\/\/[^\s"]+\/open\?key=[^\s"]+/.exec(said)
      if (found) resolve(found[0])
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    ended.then(() => reject(new Error(`bearout desk ended: ${said}`)))
  })
  const stop = (signal = 'SIGTERM') => { child.kill(signal); return ended }
  return link.then(l => ({ link: l, base: new URL('/', l).href, child, ended, stop }))
}

const harbour = fs.readFileSync(path.join(examples, 'harbour.bo'), 'utf8')
const { browser, axeSource } = await launch(folder)

// ---- windows ----

// A browser of one's own (cookies apart) with one window at the desk: {page, context, seen, at(address), quiet()}. `open`: the
// case is unlocked. quiet() fails on whatever was complained of or asked of others since; `allow` are complaints expected. (favicon.ico is asked for by
// Chromium itself, now and then, though the page names its icon.)
async function window (desk, { width = 1280, height = 860, theme = 'light', open = true, locale = 'en-GB', context = null, link = desk.link, allow = [] } = {}) {
  const own = context ?? await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce', locale })
  own.setDefaultTimeout(PATIENCE)
  const page = await own.newPage()
  const seen = { complaints: [], strangers: [] }
  page.on('request', r => !/^(data|blob):/.test(r.url()) && !r.url().startsWith(desk.base) && seen.strangers.push(r.url()))
  page.on('console', m => ['error', 'warning'].includes(m.type()) && seen.complaints.push(`${m.text()} ${m.location().url}`))
  page.on('pageerror', e => seen.complaints.push(String(e.stack ?? e)))
  page.on('dialog', d => { seen.complaints.push(`a dialog: ${d.message()}`); d.dismiss().catch(() => {}) })
  await page.goto(context ? desk.base : link)
  const w = {
    page, context: own, seen,
    // To a view; waits until its heading stands and nothing is asked for any more.
    at: async address => {
      await page.evaluate(a => { location.hash = a }, address)
      await page.waitForFunction(() => document.querySelector('main h1'), null, { timeout: PATIENCE })
      await w.still()
    },
    still: () => page.waitForFunction(() => !document.querySelector('.waiting'), null, { timeout: PATIENCE }).then(() => page.waitForTimeout(60)),
    quiet: () => {
      const wrong = seen.complaints.filter(c => !/favicon\.ico$/.test(c) && !allow.some(a => a.test(c)))
      const strangers = seen.strangers.splice(0)
      seen.complaints.length = 0
      same([wrong, strangers], [[], []], 'complaints, and requests to others')
    },
    unlock: async (passphrase = PASSPHRASE) => {
      await page.waitForSelector('input[type=password], main h1')
      if (await page.$('input[type=password]')) {
        await page.fill('input[type=password]', passphrase)
        await page.keyboard.press('Enter')
      }
      await page.waitForSelector('.masthead', { timeout: PATIENCE })
    },
    close: () => own.close()
  }
  if (open) await w.unlock()
  return w
}

// What axe finds against WCAG 2.2 AA, a line each.
async function axe (page, what = '', rules = null) {
  await page.evaluate(source => { if (!globalThis.axe) (0, eval)(source) }, axeSource).catch(() => page.addScriptTag({ content: axeSource }))
  const found = await page.evaluate(only => globalThis.axe.run(document, { runOnly: only, resultTypes: ['violations'] }), rules ? { type: 'rule', values: rules } : AA)
  same(found.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => `${n.target} ${n.failureSummary.split('\n')[1] ?? ''}`).join(' | ')}`), [], `axe ${what}`)
}
// Nothing reaches over the right edge of the window.
async function fits (page, what = '') {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(-3).map(e => e.outerHTML.slice(0, 90)))
  same(wide, [], `wider than the window ${what}`)
}

// A view as it should always be: in both themes by axe, at three widths without scrolling sideways, quiet. Keeps pictures.
async function judge (w, name, address) {
  const { page } = w
  await w.at(address)
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await axe(page, `${name}, ${theme}`, theme === 'dark' ? ['color-contrast'] : null) // only colours are other ones
    if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `${name}-${theme}.png`), fullPage: true })
  }
  for (const width of [768, 320]) {
    await page.setViewportSize({ width, height: 860 })
    await page.waitForTimeout(50)
    await fits(page, `${name} at ${width}`)
    if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `${name}-${width}.png`), fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 860 })
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  w.quiet()
}

// ---- all of it ----

const tools = { test, must, same, run, makeCase, serve, window, axe, fits, judge, harbour, examples, folder, browser, PASSPHRASE, PATIENCE }
for (const file of fs.readdirSync(path.join(here, 'journeys')).filter(f => f.endsWith('.mjs')).sort()) {
  from = file.replace(/\.mjs$/, '')
  await (await import(path.join(here, 'journeys', file))).default(tools)
}
const failed = await runAll()
await browser.close()
fs.rmSync(path.join(folder, 'passphrase'), { force: true })
process.exitCode = failed ? 1 : 0
