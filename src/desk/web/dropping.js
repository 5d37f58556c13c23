// Files that are dropped on the window, or chosen: one after another into the vault (/api/evidence), with how far it is.
// A file that is refused holds up no other. The page never reads a file: the browser sends it as it is.
import { html, useEffect, useState } from './vendor/preact-htm.js'
import { address, announce, get, getSession, Refusal } from './api.js'
import { to } from './routes.js'
import { currentLanguage, t } from './words.js'

const SHOWN = 30_000 // milliseconds that a file stays listed which is in the case

let files = [] // {id, name, size, sent, state: 'waiting' | 'sending' | 'reading' | 'done' | 'failed', error, record, into, outcome, notes}
let last = 0
let running = false
const watchers = new Set()
const tell = () => { for (const watch of watchers) watch([...files]) }
const alter = (file, change) => { Object.assign(file, change); tell() }

/** Takes files into the case; `into` is the record that a single one belongs to, if it has one. */
export function takeFiles (list, into = '') {
  const given = [...list].map(file => ({ id: ++last, file, name: file.name, size: file.size, sent: 0, state: 'waiting', into }))
  files = [...files.filter(f => f.state !== 'done'), ...given]
  tell()
  if (!running) run()
}

async function run () {
  running = true
  for (let next; (next = files.find(f => f.state === 'waiting'));) {
    alter(next, { state: 'sending' })
    try {
      const answer = await send(next)
      const outcome = answer.taken?.[0]?.outcome === 'same' ? 'same' : 'done'
      alter(next, { state: 'done', record: answer.record, outcome, inside: (answer.taken?.length ?? 1) - 1, file: null })
      tellNotes(next)
      announce({ epoch: getSession().epoch, revision: answer.revision ?? Math.max(getSession().revision ?? 0, ...(answer.entries ?? [])) })
    } catch (error) {
      alter(next, { state: 'failed', error })
    }
  }
  running = false
}

// What was noted when it was read, that it is damaged or locked, stays listed until it is put away. The file is in the case
// all the same, and no other waits for this.
async function tellNotes (file) {
  const record = await get('record', { id: file.record }).catch(() => null)
  const notes = (record?.evidence?.metadata ?? []).filter(m => m.name === 'note').map(m => m.value)
  if (notes.length) alter(file, { notes })
  else setTimeout(() => clear(file), SHOWN)
}

// XMLHttpRequest: fetch() cannot say how much of a body was sent.
function send (next) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    next.request = request
    request.open('POST', address('evidence', { name: next.name, record: next.into }))
    request.setRequestHeader('Content-Type', next.file.type || 'application/octet-stream')
    request.setRequestHeader('Accept-Language', currentLanguage())
    request.setRequestHeader('X-Bearout', getSession().token ?? '')
    request.upload.onprogress = e => alter(next, { sent: e.loaded, state: e.loaded >= e.total ? 'reading' : 'sending' })
    request.onerror = () => reject(new Refusal(0, { what: t('error.unreachable'), mend: t('error.unreachable.mend') }))
    request.onabort = () => reject(new Refusal(0, { what: t('drop.stopped') }))
    request.onload = () => {
      let body = null
      try { body = JSON.parse(request.responseText) } catch { /* answered below */ }
      if (request.status >= 200 && request.status < 300 && body) resolve(body)
      else reject(new Refusal(request.status, request.status === 404 ? { what: t('drop.no.vault') }
        : request.status === 409 && next.into ? { ...body?.error, mend: t('drop.own.record') } : body?.error ?? {}, body?.faults))
    }
    request.send(next.file)
  })
}
function clear (file) {
  file.request?.abort()
  files = files.filter(f => f !== file)
  tell()
}

const size = bytes => bytes < 1e6 ? t('size.kb', { n: Math.max(1, Math.round(bytes / 1e3)) }) : bytes < 1e9 ? t('size.mb', { n: Math.round(bytes / 1e5) / 10 }) : t('size.gb', { n: Math.round(bytes / 1e7) / 100 })

const One = ({ file: f }) => html`<li class=${`drop-file drop-${f.state}`}>
  <span class="drop-name">${f.state === 'done' && f.record ? html`<a href=${to('record', f.record)}>${f.name}</a>` : f.name}</span>
  <span class="quiet">${f.state === 'failed' ? '' : f.state === 'sending' ? t('drop.sent', { done: size(f.sent), of: size(f.size) }) : t('drop.' + (f.outcome ?? f.state))}${f.inside > 0 ? `, ${t('drop.inside', { n: f.inside })}` : ''}</span>
  <button type="button" class="icon" aria-label=${t('remove', { name: f.name })} onClick=${() => clear(f)}>×</button>
  ${(f.state === 'sending' || f.state === 'reading') && html`<progress aria-label=${f.name} max=${f.size || 1} ...${f.state === 'sending' ? { value: f.sent } : {}}></progress>`}
  ${f.notes?.map(note => html`<p class="drop-note">${note}</p>`)}
  ${f.error && html`<p class="error">${f.error.what} ${f.error.mend ?? ''}</p>`}
</li>`

/** Stands in the shell while a case is open: catches what is dropped, and shows what is on its way. */
export function Dropping () {
  const [list, set] = useState(files)
  const [over, setOver] = useState(false)
  useEffect(() => { watchers.add(set); return () => watchers.delete(set) }, [])
  useEffect(() => {
    let depth = 0
    const carries = e => [...e.dataTransfer?.types ?? []].includes('Files')
    const on = {
      dragenter: e => { if (carries(e)) { e.preventDefault(); depth++; setOver(true) } },
      dragover: e => { if (carries(e)) e.preventDefault() },
      dragleave: e => { if (carries(e) && --depth <= 0) { depth = 0; setOver(false) } },
      drop: e => {
        if (!carries(e)) return
        e.preventDefault()
        depth = 0
        setOver(false)
        const into = e.target.closest?.('[data-record]')?.dataset.record ?? ''
        takeFiles(e.dataTransfer.files, e.dataTransfer.files.length === 1 ? into : '')
      }
    }
    for (const [name, run] of Object.entries(on)) window.addEventListener(name, run)
    return () => { for (const [name, run] of Object.entries(on)) window.removeEventListener(name, run) }
  }, [])
  useEffect(() => {
    const busy = list.some(f => ['waiting', 'sending', 'reading'].includes(f.state))
    if (!busy) return
    const stay = e => { e.preventDefault() }
    window.addEventListener('beforeunload', stay)
    return () => window.removeEventListener('beforeunload', stay)
  }, [list])
  return html`${over && html`<div class="drop-over" aria-hidden="true"><p>${t('drop.here')}</p></div>`}
    ${list.length > 0 && html`<section class="drop-list" aria-label=${t('drop.title')} aria-live="polite"><h2>${t('drop.title')}</h2><ul>${list.map(f => html`<${One} key=${f.id} file=${f} />`)}</ul></section>`}`
}
