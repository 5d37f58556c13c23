// What every test in a browser begins and ends with: test cases as TAP, what npm installs, and Debian's Chromium.
//
// playwright-core and axe-core are installed into the test's own folder from the lock file beside this one, and kept there as
// long as that is the same. Nothing else is asked of any network. ONLY=words runs the cases whose name matches.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))

// ---- TAP ----

const cases = []
const only = new RegExp(process.env.ONLY ?? '')
export const test = (name, run) => only.test(name) && cases.push({ name, run })

export function must (holds, what) {
  if (!holds) throw new Error(what)
}

export function same (got, wanted, what) {
  const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)]
  must(a === b, `${what}: ${a}, not ${b}`)
}

export function skipAll (why) {
  console.log(`1..0 # SKIP ${why}`)
  process.exit(0)
}

// Runs them in order; how many failed.
export async function runAll () {
  console.log(`1..${cases.length}`)
  let failed = 0
  for (const [i, { name, run }] of cases.entries()) {
    const start = performance.now()
    try {
      await run()
      console.log(`ok ${i + 1} - ${name} # ${Math.round(performance.now() - start)} ms`)
    } catch (error) {
      failed++
      for (const line of String(error.stack ?? error).split('\n').slice(0, 14)) console.log(`# ${line}`)
      console.log(`not ok ${i + 1} - ${name}`)
    }
  }
  return failed
}

// ---- the browser ----

function modules (folder) {
  const lock = fs.readFileSync(path.join(here, 'package-lock.json'))
  const installed = path.join(folder, 'installed-lock.json')
  fs.mkdirSync(folder, { recursive: true })
  if (!fs.existsSync(installed) || !lock.equals(fs.readFileSync(installed))) {
    for (const f of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(here, f), path.join(folder, f))
    const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8' })
    if (npm.status !== 0) skipAll(`npm could not install playwright-core and axe-core: ${(npm.stderr || '').split('\n')[0]}`)
    fs.writeFileSync(installed, lock)
  }
  return createRequire(path.join(folder, 'package.json'))
}

// {browser, axeSource}: Chromium, started with `args` besides its usual ones, and the text of axe.
export async function launch (folder, args = []) {
  const need = modules(folder)
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  if (!fs.existsSync(executablePath)) skipAll('there is no Chromium')
  const browser = await need('playwright-core').chromium.launch({
    executablePath,
    // No graphics processor: what stands in for one is slower than drawing without.
    args: ['--disable-gpu', ...args, ...(process.getuid() === 0 ? ['--no-sandbox'] : [])]
  })
  return { browser, axeSource: fs.readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8') }
}
