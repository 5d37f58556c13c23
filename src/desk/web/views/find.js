// Everything that was said or written and holds the words sought: each hit with its passage and its place.
import { html, useEffect, useRef, useState } from '../vendor/preact-htm.js'
import { useAnswer, useLate } from '../api.js'
import { go, to } from '../routes.js'
import { Answer, Waiting, announceWords, useRows } from '../ui.js'
import { t } from '../words.js'

export const title = () => t('find.title')
const KINDS = ['', 'claim', 'statement', 'record', 'transcript', 'voice']

function openOf (hit) {
  if (hit.kind === 'voice' || hit.kind === 'claim') return to(hit.kind, hit.id)
  if (hit.kind === 'statement') return to('claim', hit.claim?.id ?? hit.id)
  const at = hit.seconds !== undefined && hit.seconds !== null ? Math.floor(hit.seconds) : null
  const clock = at === null ? null : [at / 3600, at / 60 % 60, at % 60].map(n => String(Math.floor(n)).padStart(2, '0')).join(':')
  return to('record', hit.id, { at: clock ?? (hit.length ? `@${hit.at}+${hit.length}` : hit.page ? `p.${hit.page}` : '') })
}
const place = hit => hit.seconds != null ? new Date(hit.seconds * 1000).toISOString().slice(11, 19) : hit.page ? t('place.pages', { pages: hit.page }) : ''
// A name that is itself what was found stands once, marked.
function Hit ({ hit }) {
  const marked = hit.passage?.map(p => p.hit ? html`<mark>${p.text}</mark>` : p.text)
  const same = hit.passage?.map(p => p.text).join('') === hit.title
  return html`<li class="row hit"><p class="kicker">${t('find.kind.' + hit.kind)}${place(hit) && ` · ${place(hit)}`}</p>
  <h2><a data-row href=${openOf(hit)}><bdi>${same ? marked : hit.title || hit.id}</bdi></a></h2>
  ${!same && html`<p class="passage"><bdi>${marked}</bdi></p>`}</li>`
}

export default function Find ({ query }) {
  const [typed, setTyped] = useState(query.q ?? '')
  const list = useRef(null)
  const q = useLate(typed)
  const kinds = query.kinds ?? ''
  const answer = useAnswer(q.trim() ? 'find' : null, { q, kinds, limit: 100 })
  useEffect(() => setTyped(query.q ?? ''), [query.q])
  useEffect(() => { if (q !== (query.q ?? '')) go(to('find', { q, kinds }), { replace: true }) }, [q])
  useEffect(() => { if (answer.data) announceWords(t('find.count', { n: answer.data.total })) }, [answer.data])
  useRows(list)
  return html`<div ref=${list}><div class="view-head"><h1>${t('find.title')}</h1></div>
    <div class="board-tools"><div class="field find-field"><label class="hidden" for="find-all">${t('find.words')}</label>
      <input id="find-all" type="search" autocomplete="off" placeholder=${t('find.words')} value=${typed} onInput=${e => setTyped(e.target.value)} /></div>
    <fieldset class="segments"><legend class="hidden">${t('find.kinds')}</legend>${KINDS.map(k => html`<label><input type="radio" name="kinds" checked=${kinds === k} onChange=${() => go(to('find', { q, kinds: k }), { replace: true })} /><span>${t('find.kinds.' + (k || 'all'))}</span></label>`)}</fieldset></div>
    ${!q.trim() ? html`<p class="reading quiet">${t('find.hint')}</p>` : html`<${Answer} of=${answer}>${data => html`
      ${data.ready === false && html`<p class="notice" role="status">${t('find.reading', { done: data.progress?.[0] ?? 0, of: data.progress?.[1] ?? 0 })}</p><${Waiting} on=${true} progress=${{ done: data.progress?.[0], of: data.progress?.[1] }} />`}
      <p class="quiet find-count">${t('find.count', { n: data.total })}</p>
      <ol class="hits">${data.hits.map((hit, i) => html`<${Hit} key=${i + hit.kind + hit.id} hit=${hit} />`)}</ol>`}</${Answer}>`}</div>`
}
