// The pieces that every view is made of: fields, completion, dialogs, messages, lists. They know nothing of a case.
import { html, useEffect, useLayoutEffect, useRef, useState } from './vendor/preact-htm.js'
import { sentence, t } from './words.js'
import { useKeys } from './keys.js'

let last = 0
export function useId (stem = 'u') {
  const id = useRef(null)
  id.current ??= `${stem}-${++last}`
  return id.current
}

// ---- messages ----

let messages = []
const listeners = new Set()
const tell = () => { for (const listener of listeners) listener([...messages]) }

const LATER = 4000 // milliseconds after which another view is no longer part of what was said

// Says something for a while. With `action` ({label, run}) it stays until it is dismissed, another comes, or one goes on to
// another view; not at once, for an action may itself lead to one.
export function toast (text, { action, error = false } = {}) {
  const message = { id: ++last, text, action, error, since: performance.now() }
  messages = [...messages.filter(m => !m.action), message].slice(-3)
  tell()
  if (!action && !error) setTimeout(() => dismiss(message.id), 6000)
  return message.id
}
export function dismiss (id) {
  messages = messages.filter(m => m.id !== id)
  tell()
}
// Says it to those who listen alone: what changed on the page without a move of the focus.
let speak = () => {}
export const announceWords = text => speak(text)

export function Messages () {
  const [shown, set] = useState(messages)
  const [spoken, say] = useState('')
  useEffect(() => {
    listeners.add(set)
    speak = say
    const goOn = () => { for (const m of messages) if (m.action && performance.now() - m.since > LATER) dismiss(m.id) }
    window.addEventListener('hashchange', goOn)
    return () => { listeners.delete(set); window.removeEventListener('hashchange', goOn) }
  }, [])
  return html`
    <div class="hidden" role="status" aria-live="polite">${spoken}</div>
    <div class="toasts" role="status" aria-live="polite" aria-relevant="additions">
      ${shown.map(m => html`<div class=${'toast' + (m.error ? ' toast-error' : '')} key=${m.id}>
        <span>${m.text}</span>
        ${m.action && html`<button type="button" class="link" onClick=${() => { dismiss(m.id); m.action.run() }}>${m.action.label}</button>`}
        <button type="button" class="icon" aria-label=${t('dismiss')} onClick=${() => dismiss(m.id)}>×</button>
      </div>`)}
    </div>`
}

// What went wrong, where, and what to do about it. `error` is a Refusal, or null.
export function Problem ({ error, retry }) {
  if (!error) return null
  return html`<div class="problem" role="alert">
    <p><strong>${error.what ?? error.message}</strong></p>
    ${error.where && html`<p class="quiet">${error.where}</p>`}
    ${error.mend && html`<p>${error.mend}</p>`}
    ${retry && html`<p><button type="button" onClick=${retry}>${t('again')}</button></p>`}
  </div>`
}
// The faults of a text that is typed. `wide`: with their place.
export const Faults = ({ faults = [], wide = false, id }) => html`<ul class="faults" id=${id} role="status">
  ${faults.slice(0, 5).map(f => html`<li>${wide && html`<span class="quiet">${t('fault.place', { line: f.line, column: f.column })} </span>`}
    ${sentence(f.what)}${f.mend && html` <span class="quiet">${sentence(f.mend)}</span>`}</li>`)}</ul>`

// A thin line while something takes over 0.3 s. `progress`: {done, of} if it is known.
export function Waiting ({ on, label, progress }) {
  if (!on) return null
  return html`<div class="waiting" role="progressbar" aria-label=${label ?? t('waiting')}
    ...${progress?.of ? { 'aria-valuenow': progress.done, 'aria-valuemax': progress.of, 'aria-valuemin': 0 } : {}}>
    <span class=${progress?.of ? 'waiting-part' : 'waiting-all'} style=${progress?.of ? { width: `${100 * progress.done / progress.of}%` } : {}}></span></div>`
}
// Nothing here yet: what it is for, and the first step.
export const Empty = ({ title, children }) => html`<div class="empty"><h2>${title}</h2>${children}</div>`

// What an answer of useAnswer() is: waiting, a problem, or children(data). What is there stays while it is asked again.
export const Answer = ({ of, children }) => html`
  <${Waiting} on=${of.slow} />
  <${Problem} error=${of.error} retry=${of.again} />
  ${of.data && children(of.data)}`

// ---- fields ----

// A label, one control, a hint and an error that belong together. The control is an <input> made of the other properties,
// a <textarea> with `rows`, or a <select> with `options` [[value, label]…].
export function Field ({ label, hint, error, options, rows, class: name = '', inputRef, ...rest }) {
  const id = useId('f')
  const described = [hint && `${id}-h`, error && `${id}-e`].filter(Boolean).join(' ') || undefined
  const common = { id, ref: inputRef, 'aria-describedby': described, 'aria-invalid': error ? 'true' : undefined, ...rest }
  return html`<div class=${`field ${name}`}>
    <label for=${id}>${label}</label>
    ${options
      ? html`<select ...${common}>${options.map(([value, words]) => html`<option value=${value} selected=${value === rest.value}>${words}</option>`)}</select>`
      : rows ? html`<textarea rows=${rows} ...${common}></textarea>` : html`<input type="text" autocomplete="off" ...${common} />`}
    ${hint && html`<p class="hint" id=${id + '-h'}>${hint}</p>`}
    ${error && html`<p class="error" id=${id + '-e'}>${error}</p>`}
  </div>`
}

// Completion as one types (the combobox pattern of ARIA). `source(q, signal)` promises [{id, label, sub, fresh}…], best
// first; `onPick(item)` is told what was chosen, `onText(text)` what is typed. Enter takes the marked one, the first
// unless another is; Escape closes the list, and then does what it does outside.
export function Combobox ({ label, hint, error, value = '', source, onPick, onText, placeholder, autoFocus, class: name = '', hideLabel, inputRef, keepOpen, onKeyDown }) {
  const id = useId('c')
  const own = useRef(null)
  const input = inputRef ?? own
  const [text, setText] = useState(value)
  const [items, setItems] = useState(null)
  const [mark, setMark] = useState(0)
  const asked = useRef(null)
  const early = useRef(false) // Enter was pressed before what was typed last had its answer
  useEffect(() => setText(value), [value])
  useEffect(() => { if (autoFocus) input.current?.focus() }, [])
  const open = items !== null

  const close = () => { asked.current?.abort(); asked.current = null; early.current = false; setItems(null) }
  async function ask (q) {
    asked.current?.abort()
    early.current = false
    const control = asked.current = new AbortController()
    let found = []
    try {
      found = await source(q, control.signal)
    } catch (failure) {
      if (failure.name === 'AbortError') return
    }
    if (control.signal.aborted) return
    asked.current = null
    if (early.current && found.length) return pick(found[0])
    early.current = false
    setItems(found)
    setMark(0)
  }
  function pick (item) {
    if (!item) return
    close()
    setText(keepOpen ? '' : item.label)
    onPick(item)
  }
  function key (event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) return ask(text)
      if (items.length) setMark((mark + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length)
    } else if (event.key === 'Enter' && text && asked.current) { // what is listed answers what was typed before
      event.preventDefault()
      event.stopPropagation()
      early.current = true
    } else if (event.key === 'Enter' && open && items[mark]) {
      event.preventDefault()
      event.stopPropagation()
      pick(items[mark])
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      event.stopPropagation()
      close()
    } else onKeyDown?.(event)
  }
  useLayoutEffect(() => { if (open) document.getElementById(`${id}-${mark}`)?.scrollIntoView({ block: 'nearest' }) }, [mark, open])
  return html`<div class=${`field combobox ${name}`}>
    <label for=${id} class=${hideLabel ? 'hidden' : ''}>${label}</label>
    <input id=${id} ref=${input} type="text" role="combobox" autocomplete="off" spellcheck=${false} value=${text} placeholder=${placeholder}
      aria-expanded=${String(open)} aria-controls=${open ? id + '-list' : undefined} aria-autocomplete="list"
      aria-activedescendant=${open && items.length ? `${id}-${mark}` : undefined}
      aria-invalid=${error ? 'true' : undefined} aria-describedby=${[hint && id + '-h', error && id + '-e'].filter(Boolean).join(' ') || undefined}
      onInput=${e => { setText(e.target.value); onText?.(e.target.value); ask(e.target.value) }}
      onFocus=${() => !open && ask(text === value && value ? '' : text)} onBlur=${() => early.current ? setItems(null) : close()} onKeyDown=${key} />
    ${open && html`<ul class="choices" id=${id + '-list'} role="listbox" aria-label=${label}>
      ${items.length === 0 && html`<li class="quiet" role="option" aria-disabled="true" aria-selected="false">${t('nothing.found')}</li>`}
      ${items.map((item, i) => html`<li role="option" id=${`${id}-${i}`} key=${item.id + i} aria-selected=${String(i === mark)} class=${i === mark ? 'marked' : ''}
        onMouseDown=${e => { e.preventDefault(); pick(item) }}>
        <span class=${item.fresh ? 'fresh' : ''}>${item.label}</span>${(item.sub ?? item.id) && html`<span class="quiet"> ${item.sub ?? item.id}</span>`}</li>`)}
    </ul>`}
    ${hint && html`<p class="hint" id=${id + '-h'}>${hint}</p>`}
    ${error && html`<p class="error" id=${id + '-e'}>${error}</p>`}
  </div>`
}

// Several picked one after another. `picked`: [{id, label}…].
export function Picks ({ label, hint, picked, onChange, source, error }) {
  const add = item => onChange([...picked.filter(p => p.id !== item.id), item])
  return html`<div class="picks">
    <${Combobox} label=${label} hint=${hint} error=${error} value="" keepOpen=${true} source=${async (q, signal) =>
      (await source(q, signal)).filter(item => !picked.some(p => p.id === item.id))} onPick=${add} />
    ${picked.length > 0 && html`<ul class="chips" aria-label=${label}>${picked.map(p => html`<li key=${p.id} class="chip">${p.label}
      <button type="button" class="icon" aria-label=${t('remove', { name: p.label })} onClick=${() => onChange(picked.filter(q => q.id !== p.id))}>×</button></li>`)}</ul>`}
  </div>`
}

// ---- dialogs ----

// A modal dialog; Escape and × close it. The focus goes to the first field, and back where it was.
export function Dialog ({ title, onClose, children, wide = false }) {
  const box = useRef(null)
  const id = useId('d')
  useLayoutEffect(() => {
    const before = document.activeElement
    const dialog = box.current
    dialog.showModal()
    const first = dialog.querySelector('[data-focus], .dialog-body input, .dialog-body textarea, .dialog-body select, .dialog-body button')
    first?.focus()
    return () => {
      dialog.close() // nothing outside can have the focus before
      if (before?.isConnected) before.focus()
    }
  }, [])
  return html`<dialog ref=${box} class=${wide ? 'wide' : ''} aria-labelledby=${id} onCancel=${e => { e.preventDefault(); onClose() }}
    onMouseDown=${e => e.target === box.current && !box.current.querySelector('input, textarea') && onClose()}>
    <div class="dialog-head"><h2 id=${id}>${title}</h2><button type="button" class="icon" aria-label=${t('close')} onClick=${onClose}>×</button></div>
    <div class="dialog-body">${children}</div></dialog>`
}

// ---- lists ----

// “1–100 of 312,004” with steps back and on. `onTo(offset)`.
export function Pager ({ offset, limit, total, onTo }) {
  if (total <= limit && !offset) return null
  const last = Math.floor(Math.max(total - 1, 0) / limit) * limit
  return html`<nav class="pager" aria-label=${t('pages')}>
    <button type="button" disabled=${offset <= 0} onClick=${() => onTo(0)}>${t('page.first')}</button>
    <button type="button" disabled=${offset <= 0} onClick=${() => onTo(Math.max(0, offset - limit))}>${t('page.back')}</button>
    <span class="pager-at">${t('page.of', { from: Math.min(offset + 1, total), to: Math.min(offset + limit, total), n: total })}</span>
    <button type="button" disabled=${offset >= last} onClick=${() => onTo(offset + limit)}>${t('page.on')}</button>
    <button type="button" disabled=${offset >= last} onClick=${() => onTo(last)}>${t('page.last')}</button>
  </nav>`
}

// j and k (and ↓ ↑ from inside) move among the links marked [data-row] in `within` (a ref), Enter opens as it does on any link.
export function useRows (within) {
  const step = by => {
    const rows = [...within.current?.querySelectorAll('[data-row]') ?? []]
    const at = rows.findIndex(row => row === document.activeElement || row.closest('.row, tr, li')?.contains(document.activeElement))
    const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, at + by))]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  useKeys([{ keys: 'j', words: t('keys.down'), run: () => step(1) }, { keys: 'k', words: t('keys.up'), run: () => step(-1) }])
}
export const Keys = ({ keys }) => html`<span class="keys">${keys.split(' ').map(k => html`<kbd>${k}</kbd> `)}</span>`
