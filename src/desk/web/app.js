// The shell: the masthead, the sections, the view at the address, the door when the case is not open, messages, shortcuts.
import { html, render, useEffect, useRef, useState, useErrorBoundary } from './vendor/preact-htm.js'
import { getSession, listen, listenNoMore, loadSession, lock, onProgress, useSession } from './api.js'
import { DOOR, ROUTES, go, parseAddress, to } from './routes.js'
import { LANGUAGES, currentLanguage, t } from './words.js'
import { choose, loadSettings, startSettings, useSettings } from './settings.js'
import { listKeys, useKeys } from './keys.js'
import { Dialog, Empty, Keys, Messages, Problem, Waiting, toast } from './ui.js'
import { SearchBox } from './searchbox.js'
import { Dropping } from './dropping.js'

const BRAND = 'Bearout'
const SECTIONS = ROUTES.filter(r => r.nav)

// ---- the address ----

function useAddress () {
  const [at, set] = useState(location.hash)
  useEffect(() => {
    const moved = () => set(location.hash)
    window.addEventListener('hashchange', moved)
    return () => window.removeEventListener('hashchange', moved)
  }, [])
  return parseAddress(at || '#/claims')
}

// The module of a view, fetched once.
const loaded = new Map()
function useModule (route) {
  const [, redraw] = useState(0)
  const [error, fail] = useState(null)
  const name = route?.name
  useEffect(() => {
    fail(null)
    if (!route || loaded.has(name)) return
    let gone = false
    route.load().then(module => { loaded.set(name, module); if (!gone) redraw(n => n + 1) }, problem => !gone && fail(problem))
    return () => { gone = true }
  }, [name])
  return { module: loaded.get(name), error }
}

// Calls back with the view's heading as soon as it stands there. What it returns gives up waiting.
function whenHeaded (run) {
  let frame
  const look = () => {
    const heading = document.querySelector('main h1')
    if (heading) run(heading)
    else frame = requestAnimationFrame(look)
  }
  frame = requestAnimationFrame(look)
  return () => cancelAnimationFrame(frame)
}

function View ({ at }) {
  const { module, error } = useModule(at.route)
  const [broken, mend] = useErrorBoundary(problem => console.error(problem))
  const place = JSON.stringify([at.route.name, at.args])
  const first = useRef(true)
  useEffect(() => { if (broken) mend() }, [place])
  useEffect(() => {
    if (!module) return
    const session = getSession()
    const call = words => { document.title = [words, session.title, BRAND].filter(Boolean).join(' · ') }
    call(module.title(at.args))
    const arrived = !first.current
    first.current = false
    if (arrived) window.scrollTo(0, 0)
    return whenHeaded(heading => {
      if (at.route.args) call(heading.textContent)
      heading.setAttribute('tabindex', '-1')
      const nowhere = [document.body, document.querySelector('main'), null].includes(document.activeElement) || document.activeElement.closest('.masthead')
      if (arrived && nowhere) heading.focus({ preventScroll: true })
    })
  }, [place, module, currentLanguage()])
  if (error) return html`<${Problem} error=${{ what: t('view.missing'), mend: t('error.unreachable.mend') }} />`
  if (broken) return html`<${Problem} error=${{ what: t('view.broken'), where: broken.message, mend: t('view.broken.mend') }} retry=${mend} />`
  return module ? html`<${module.default} key=${place} args=${at.args} query=${at.query} />` : html`<${Waiting} on=${false} />`
}

// ---- the masthead ----

function Menu () {
  const settings = useSettings()
  const [open, set] = useState(false)
  const box = useRef(null)
  useEffect(() => {
    if (!open) return
    const away = e => { if (!box.current?.contains(e.target)) set(false) }
    document.addEventListener('mousedown', away)
    return () => document.removeEventListener('mousedown', away)
  }, [open])
  return html`<div class="menu" ref=${box} onKeyDown=${e => e.key === 'Escape' && open && (e.preventDefault(), set(false), box.current.querySelector('button').focus())}>
    <button type="button" class="quiet-button" aria-expanded=${String(open)} aria-controls="menu" onClick=${() => set(!open)}>${t('menu')}</button>
    ${open && html`<div class="menu-box" id="menu">
      <fieldset class="segments"><legend>${t('theme')}</legend>
        ${['system', 'light', 'dark'].map(theme => html`<label><input type="radio" name="theme" value=${theme} checked=${settings.theme === theme}
          onChange=${() => choose({ theme })} /><span>${t('theme.' + theme)}</span></label>`)}</fieldset>
      <fieldset class="segments"><legend>${t('language')}</legend>
        ${LANGUAGES.map(([tag, name]) => html`<label lang=${tag}><input type="radio" name="language" value=${tag} checked=${currentLanguage() === tag}
          onChange=${() => choose({ language: tag })} /><span>${name}</span></label>`)}</fieldset>
      <label class="check"><input type="checkbox" checked=${settings.shortcuts} onChange=${e => choose({ shortcuts: e.target.checked })} /> ${t('shortcuts.on')}</label>
    </div>`}
  </div>`
}

function Masthead ({ session, at, onHelp }) {
  const current = at?.route.under ?? at?.route.name
  return html`<header class="masthead">
    <div class="masthead-top">
      <a class="case-title" href=${to('claims')}>${session.title || session.file || BRAND}</a>
      <${SearchBox} />
      <div class="masthead-actions">
        <button type="button" class="quiet-button" onClick=${onHelp} aria-label=${t('keys.title')} title=${t('keys.title')}>?</button>
        <${Menu} />
        <button type="button" class="quiet-button" onClick=${() => lock().catch(e => toast(e.what, { error: true }))}>${t('lock')}</button>
      </div>
    </div>
    <nav class="sections" aria-label=${t('sections')}><ul>
      ${SECTIONS.map(s => html`<li key=${s.name}><a href=${to(s.name)} aria-current=${current === s.name ? (at.route.name === s.name ? 'page' : 'true') : undefined}>${t(s.nav)}</a></li>`)}
    </ul></nav>
  </header>`
}

const Shortcuts = ({ onClose }) => {
  const settings = useSettings()
  return html`<${Dialog} title=${t('keys.title')} onClose=${onClose}>
  <dl class="shortcuts">${listKeys().map(k => html`<div key=${k.keys + k.words}><dt><${Keys} keys=${k.keys} /></dt><dd>${k.words}</dd></div>`)}</dl>
  <label class="check"><input type="checkbox" checked=${settings.shortcuts} onChange=${e => choose({ shortcuts: e.target.checked })} /> ${t('shortcuts.on')}</label>
</${Dialog}>`
}

// ---- all of it ----

function Progress () {
  const [now, set] = useState(null)
  useEffect(() => { // what says nothing more for a while is over, whether its end was told or not
    let quiet = 0
    const stop = onProgress(p => {
      clearTimeout(quiet)
      set(p.of && p.done >= p.of ? null : p)
      quiet = setTimeout(() => set(null), 2000)
    })
    return () => { clearTimeout(quiet); stop() }
  }, [])
  return html`<${Waiting} on=${!!now} label=${now?.what} progress=${now} />`
}

function OpenDesk ({ session }) {
  const at = useAddress()
  const [help, setHelp] = useState(false)
  const main = useRef(null)
  useKeys([
    { keys: '?', words: t('keys.help'), run: () => setHelp(true) },
    ...SECTIONS.map(s => ({ keys: `g ${s.key}`, words: t(s.nav), run: () => go(to(s.name)) }))
  ])
  return html`
    <button type="button" class="skip" onClick=${() => main.current.focus()}>${t('skip')}</button>
    <${Masthead} session=${session} at=${at} onHelp=${() => setHelp(true)} />
    <${Progress} />
    <main id="text" tabindex="-1" ref=${main}>
      ${at ? html`<${View} at=${at} />` : html`<${Empty} title=${t('nowhere')}><p><a href=${to('claims')}>${t('nowhere.mend')}</a></p></${Empty}>`}
    </main>
    <${Dropping} />
    ${help && html`<${Shortcuts} onClose=${() => setHelp(false)} />`}`
}

function Door ({ session }) {
  const { module, error } = useModule(DOOR)
  useEffect(() => { document.title = [module?.title({}), BRAND].filter(Boolean).join(' · ') }, [module])
  if (error) return html`<main class="door"><${Problem} error=${{ what: t('view.missing'), mend: t('error.unreachable.mend') }} /></main>`
  return html`<main class="door">${module && html`<${module.default} session=${session} />`}</main>`
}

function Desk () {
  const session = useSession()
  useSettings() // drawn anew in another language
  useEffect(() => {
    if (session.state === 'open') {
      listen()
      loadSettings()
    } else listenNoMore()
  }, [session.state])
  let inside
  if (session.state === 'open') inside = html`<${OpenDesk} session=${session} />`
  else if (session.state === 'locked' || session.state === 'none') inside = html`<${Door} session=${session} />`
  else if (session.state === 'waiting') inside = null
  else {
    inside = html`<main class="door"><h1>${BRAND}</h1><${Problem} error=${session.state === 'stranger'
      ? { what: t('stranger'), mend: t('stranger.mend') } : session.error} retry=${loadSession} /></main>`
  }
  return html`${inside}<${Messages} />`
}

await startSettings()
await loadSession()
render(html`<${Desk} />`, document.getElementById('desk'))
