// Time: what is said to have happened, and what the desk did, day by day.
import { html, useEffect, useState } from '../vendor/preact-htm.js'
import { useAnswer, useLate } from '../api.js'
import { go, to } from '../routes.js'
import { Answer, Empty, Pager } from '../ui.js'
import { date, t } from '../words.js'

export const title = () => t('nav.timeline')
const LIMIT = 200

const year = on => String(on).slice(0, 4)
const within = on => { // what is left of a date below its year
  const whole = date(on)
  return String(on).length > 4 ? whole.replace(new RegExp(`[\\s,]*${year(on)}(\\s*г\\.)?`), '') : ''
}
const where = { claim: 'claim', record: 'record', statement: 'claim' }

const Event = ({ of }) => html`<li class=${`event event-${of.kind}`}><span class="event-on"><time datetime=${of.on}>${within(of.on) || t('timeline.year')}</time></span>
  <span class="event-what"><a href=${to(where[of.kind] ?? 'claim', of.id)}><bdi>${of.sentence}</bdi></a> <span class="quiet small">${t('timeline.' + of.kind)}${of.place && ` · ${of.place}`}</span></span></li>`

function Happened ({ events }) {
  const years = []
  for (const event of events) {
    if (years.at(-1)?.year !== year(event.on)) years.push({ year: year(event.on), events: [] })
    years.at(-1).events.push(event)
  }
  return html`<div class="years">${years.map(y => html`<section key=${y.year} class="year"><h3>${y.year}</h3><ol>${y.events.map(e => html`<${Event} key=${e.kind + e.id + e.on} of=${e} />`)}</ol></section>`)}</div>`
}

const parts = d => [['said', 'work.said'], ['claims', 'work.claims'], ['voices', 'work.voices'], ['records', 'work.records']].filter(([k]) => d[k] > 0).map(([k, words]) => t(words, { n: d[k] })).join(', ')
function Work ({ days }) {
  const most = Math.max(1, ...days.map(d => d.entries))
  return html`<ol class="work">${days.map(d => html`<li key=${d.day}><time datetime=${d.day}>${date(d.day)}</time>
    <span class="work-bar" aria-hidden="true"><span style=${{ width: `${Math.max(2, 100 * d.entries / most)}%` }}></span></span>
    <span class="work-n">${t('work.entries', { n: d.entries })}</span><span class="quiet small work-parts">${parts(d)}</span></li>`)}</ol>`
}

export default function Timeline ({ query }) {
  const [typed, setTyped] = useState(query.q ?? '')
  const q = useLate(typed)
  const offset = +query.from || 0
  const answer = useAnswer('timeline', { q, offset, limit: LIMIT })
  useEffect(() => { if (q !== (query.q ?? '')) go(to('timeline', { q }), { replace: true }) }, [q])
  return html`<div class="view-head"><div><h1>${t('nav.timeline')}</h1><p>${t('timeline.what')}</p></div>
      <div class="field board-find"><label class="hidden" for="find-time">${t('timeline.find')}</label><input id="find-time" type="search" autocomplete="off" placeholder=${t('timeline.find')} value=${typed} onInput=${e => setTyped(e.target.value)} /></div></div>
    <${Answer} of=${answer}>${data => html`<div class="timeline">
      <section aria-labelledby="happened"><h2 id="happened">${t('timeline.happened')}</h2>
        ${data.happened.length ? html`<${Happened} events=${data.happened} />` : q ? html`<p class="none">${t('timeline.none')}</p>` : html`<${Empty} title=${t('timeline.empty')}><p>${t('timeline.empty.what')}</p></${Empty}>`}
        ${(offset > 0 || data.happened.length === LIMIT) && html`<${Pager} offset=${offset} limit=${LIMIT} total=${data.matching ?? offset + data.happened.length + (data.happened.length === LIMIT ? 1 : 0)}
          onTo=${from => go(to('timeline', { q, from: from || '' }))} />`}</section>
      <section aria-labelledby="worked"><h2 id="worked">${t('timeline.work')}</h2>${data.work.length ? html`<${Work} days=${data.work} />` : html`<p class="quiet">${t('timeline.work.none')}</p>`}
        <p class="small"><a href=${to('diary')}>${t('timeline.diary')}</a></p></section>
    </div>`}</${Answer}>`
}
