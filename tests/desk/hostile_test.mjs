// A page of another origin in the browser that the desk is open in, as TAP: hostile_test.mjs BEAROUT EXAMPLE FOLDER
//
// It has the desk's address, and tries to read and to change: by form, fetch, rebinding, framing, events, web sockets, scripts,
// pictures and windows. Nothing of the case may reach it, and nothing in the case may change.
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { launch, must, runAll, test } from '../browser/driver.mjs'

const [bearout, example, folder] = process.argv.slice(2).map(p => path.resolve(p))
const evilHosts = '--host-resolver-rules=MAP evil.example 127.0.0.1, MAP rebound.example 127.0.0.1'
const { browser } = await launch(folder, [evilHosts])
const file = path.join(folder, 'hostile.bearout')
fs.rmSync(file, { force: true })
const pass = ['--passphrase-fd', '0']
execFileSync(bearout, ['new', file, ...pass], { input: 'words\n' })
const text = path.join(folder, 'text.bo')
fs.copyFileSync(example, text)
execFileSync(bearout, ['add', file, text, ...pass], { input: 'words\n' })

const desk = spawn(bearout, ['desk', file, '--no-open', ...pass], { stdio: ['pipe', 'pipe', 'inherit'] })
desk.stdin.write('words\n')
process.on('exit', () => desk.kill('SIGKILL')) // also where a test throws: else whoever waits for our output waits for the desk's
const link = await new Promise(resolve => {
  let said = ''
  desk.stdout.on('data', d => { said += d; if (said.includes('\n')) resolve(said.split('\n')[0]) })
})
const port = Number(new URL(link).port)
const home = `http://127.0.0.1:${port}`

// Where the hostile page stands, and what it sends home.
const caught = []
const evil = http.createServer((request, answer) => {
  if (request.url.startsWith('/caught')) caught.push(decodeURIComponent(request.url))
  answer.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' })
  answer.end('<!doctype html><title>hostile</title><body>')
})
await new Promise(resolve => evil.listen(0, '127.0.0.1', resolve))
const evilPort = evil.address().port
const context = await browser.newContext()
const page = await context.newPage()
await page.goto(link)
await page.waitForURL(home + '/**')
await page.waitForSelector('h1') // the page has found its place: no address changes under what is asked next
const session = () => page.evaluate(() => fetch('/api/session').then(a => a.json()))
const before = await session()
const SECRETS = ['Kittiwake', before.token, 'boarded', 'gangways']

// Runs in a page of the other origin; what it answers must hold nothing of the case.
async function attack (origin, run, more = {}) {
  const other = await context.newPage()
  await other.goto(origin)
  const told = await other.evaluate(run, { home, port, token: before.token, ...more }).catch(e => String(e.message ?? e))
  await other.waitForTimeout(150)
  for (const p of context.pages()) if (p !== page) await p.close()
  const seen = JSON.stringify(told) ?? ''
  for (const secret of SECRETS) must(!seen.includes(secret), `it was told ${secret}: ${seen.slice(0, 200)}`)
  const now = await session()
  must(now.revision === before.revision && now.state === 'open', `it changed the case: ${now.revision}, ${now.state}`)
  return told
}
const ORIGINS = { 'another site': `http://evil.example:${evilPort}/`, 'another port of this machine': `http://127.0.0.1:${evilPort}/` }

test('the desk itself is let in, and its link leaves the address', async () => {
  must(before.state === 'open' && !page.url().includes('key='), page.url())
})
for (const [where, origin] of Object.entries(ORIGINS)) {
  test(`fetch from ${where}`, () => attack(origin, async ({ home, token }) => {
    const out = []
    for (const mode of ['cors', 'no-cors']) {
      for (const credentials of ['include', 'omit']) {
        for (const [path, init] of [['/', {}], ['/api/session', {}], ['/api/claims', {}],
          ['/api/take', { method: 'POST', body: '{"text":"voice evil \\"Evil\\""}' }],
          ['/api/take', { method: 'POST', body: '{"text":"voice evil \\"Evil\\""}', headers: { 'Content-Type': 'application/json', 'X-Bearout': token } }],
          ['/api/lock', { method: 'POST', body: '{}' }]]) {
          out.push(await fetch(home + path, { ...init, mode, credentials }).then(a => a.text(), e => e.name))
        }
      }
    }
    return out
  }))
  test(`a form from ${where}`, () => attack(origin, ({ home }) => {
    for (const enctype of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const form = document.createElement('form')
      Object.assign(form, { method: 'POST', action: home + '/api/take', enctype, target: '_blank' })
      form.innerHTML = '<input name=\'{"text":"voice evil \\"Evil\\"","a":"\' value=\'"}\'>'
      document.body.append(form)
      form.submit()
    }
  }))
  test(`frames and windows from ${where}`, () => attack(origin, async ({ home }) => {
    const out = []
    for (const path of ['/', '/api/claims', '/api/session']) {
      const frame = document.createElement('iframe')
      frame.src = home + path
      document.body.append(frame)
      await new Promise(resolve => { frame.onload = resolve; setTimeout(resolve, 1500) })
      try { out.push(frame.contentDocument?.documentElement?.outerHTML ?? 'nothing') } catch (e) { out.push(e.name) }
      const opened = window.open(home + path)
      await new Promise(resolve => setTimeout(resolve, 300))
      try { out.push(opened?.document?.documentElement?.outerHTML ?? 'nothing') } catch (e) { out.push(e.name) }
    }
    return out
  }))
  test(`scripts, pictures, styles, events and sockets from ${where}`, () => attack(origin, async ({ home, port }) => {
    const out = []
    window.onerror = what => out.push(String(what))
    for (const [kind, attribute] of [['script', 'src'], ['img', 'src'], ['link', 'href'], ['object', 'data'], ['video', 'src']]) {
      for (const path of ['/api/session', '/api/claims', '/app.js']) {
        const e = document.createElement(kind)
        if (kind === 'link') e.rel = 'stylesheet'
        e[attribute] = home + path
        out.push(await new Promise(resolve => {
          e.onload = () => resolve(`${kind} ${path} loaded`)
          e.onerror = () => resolve('error')
          setTimeout(() => resolve('nothing'), 400)
          document.body.append(e)
        }))
      }
    }
    if (out.some(o => o.includes('loaded') && !o.startsWith('object'))) throw new Error('Kittiwake: ' + out.filter(o => o.includes('loaded')))
    out.push(await new Promise(resolve => {
      const events = new EventSource(home + '/api/events', { withCredentials: true })
      events.onmessage = e => resolve('Kittiwake ' + e.data)
      events.onopen = () => resolve('Kittiwake: open')
      events.onerror = () => resolve('error')
      setTimeout(() => resolve('nothing'), 800)
    }))
    out.push(await new Promise(resolve => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/api/events`)
      socket.onopen = () => resolve('Kittiwake: open')
      socket.onerror = () => resolve('error')
    }))
    out.push(navigator.sendBeacon(home + '/api/lock', '{}'))
    return out
  }))
}
test('rebinding: a name of another that leads to this machine', () => attack(`http://rebound.example:${port}/`, async () => {
  const out = [document.documentElement.outerHTML]
  for (const path of ['/', '/api/session', '/api/claims', '/app.js']) out.push(await fetch(path, { credentials: 'include' }).then(a => a.text(), e => e.name))
  out.push(await fetch('/api/take', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"text":"voice evil \\"Evil\\""}' }).then(a => a.text(), e => e.name))
  return out
}))
test('nothing was sent home', async () => must(caught.length === 0, caught.join()))

await runAll()
await browser.close()
desk.kill('SIGINT')
evil.close()
