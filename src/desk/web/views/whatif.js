// What if somebody is wrong throughout: voices are switched off, and the board shows at once what is left, weakest first, beside
// what is now. The address holds who is off, so that a what-if can be bookmarked and shown.
import { html, useRef } from '../vendor/preact-htm.js'
import { useAnswer } from '../api.js'
import { voicesNamed } from '../changes.js'
import { Denial, LEVELS, Level, Move, Print, Shape } from '../parts.js'
import { go, to } from '../routes.js'
import { Answer, Combobox, Empty, Pager, useRows } from '../ui.js'
import { t } from '../words.js'

export const title = () => t('nav.whatif')
const LIMIT = 100
const SHOWN = 14

// ---- who is off ----

const names = new Map() // of voices that were picked by name: the answer lists only the weakest
const Switch = ({ voice, off, onSwitch }) => html`<li class="switch"><label><input type="checkbox" role="switch" checked=${!off} onChange=${() => onSwitch(voice.id)} />
  <span class="switch-track" aria-hidden="true"></span><span class="switch-words"><bdi class="switch-name">${voice.name}</bdi>
  ${voice.falls !== undefined && html`<span class="quiet small">${t('whatif.falls', { n: voice.falls })}</span>`}</span></label></li>`

function Switches ({ off, set }) {
  const weakest = useAnswer('weakest', { limit: SHOWN })
  const flip = id => set(off.includes(id) ? off.filter(o => o !== id) : [...off, id])
  const pick = ({ id, label }) => { names.set(id, label); set([...new Set([...off, id])]) }
  return html`<section class="switches" aria-label=${t('whatif.who')}>
    <h2>${t('whatif.who')}</h2><p class="quiet small">${t('whatif.who.hint')}</p>
    <${Combobox} label=${t('whatif.other')} value="" keepOpen=${true} source=${voicesNamed} onPick=${pick} />
    <${Answer} of=${weakest}>${data => {
      const known = new Map(data.voices.map(v => [v.id, v]))
      const others = off.filter(id => !known.has(id)).map(id => ({ id, name: names.get(id) ?? id }))
      return html`<ul>${[...others, ...data.voices].map(v => html`<${Switch} key=${v.id} voice=${v} off=${off.includes(v.id)} onSwitch=${flip} />`)}</ul>`
    }}</${Answer}>
    ${off.length > 0 && html`<button type="button" onClick=${() => set([])}>${t('whatif.none.off')}</button>`}
  </section>`
}

// ---- what is left ----

// The four counts now and without them, one bar above the other.
function Compare ({ now, then }) {
  const bar = (summary, words) => {
    const total = LEVELS.reduce((sum, l) => sum + (summary[l] ?? 0), 0)
    return html`<tr><th scope="row">${words}</th>${LEVELS.map(l => html`<td class="figure">${t('number', { n: summary[l] ?? 0 })}</td>`)}
      <td class="compare-bar"><span class="bar" aria-hidden="true">${total > 0 && LEVELS.map(l => summary[l] > 0 && html`<span class=${`bar-${l}`} style=${{ flexGrow: summary[l] }}></span>`)}</span></td></tr>`
  }
  return html`<table class="compare"><caption class="hidden">${t('whatif.compare')}</caption><thead><tr><td></td>${LEVELS.map(l => html`<th scope="col" class="figure"><${Shape} level=${l} /> ${t('level.' + l)}</th>`)}<td></td></tr></thead>
    <tbody>${bar(now, t('whatif.now'))}${then && bar(then, t('whatif.then'))}</tbody></table>`
}

const Row = ({ claim }) => {
  const { was } = claim
  const moves = was && was.level !== claim.level
  return html`<li class=${`row whatif-row${was ? ' moved' : ''}`}>
    <div class="whatif-level">${moves ? html`<${Move} from=${was.level} to=${claim.level} />` : html`<${Level} level=${claim.level} />`}</div>
    <div class="whatif-claim"><a data-row href=${to('claim', claim.id)}><bdi>${claim.sentence}</bdi></a>
      <p class="quiet small">${was && was.figures !== claim.figures ? t('whatif.figures', { from: was.figures, to: claim.figures }) : claim.figures} <${Denial} denial=${claim.denial} /></p></div>
    <div class="whatif-print">${was && was.print !== claim.print && html`<s class="quiet"><span class="hidden">${t('whatif.was')} </span>${t('print.' + was.print)}</s> `}<${Print} print=${claim.print} /></div>
  </li>`
}

export default function WhatIf ({ query }) {
  const list = useRef(null)
  const off = (query.off ?? '').split(',').filter(Boolean)
  const all = query.all === '1' || !off.length
  const offset = +query.from || 0
  const set = voices => go(to('what-if', { off: voices.join(','), all: query.all }), { replace: true })
  const board = useAnswer('claims', { without: off.join(','), sort: 'standing', offset: all ? offset : 0, limit: all ? LIMIT : 1 })
  const changes = useAnswer(all ? null : 'without', { voices: off.join(','), offset, limit: LIMIT })
  const now = useAnswer('claims', { limit: 1 })
  useRows(list)
  const rows = data => html`<ul class="whatif-list">${data.map(c => html`<${Row} key=${c.id} claim=${c} />`)}</ul>`
  const turn = from => { go(to('what-if', { ...query, from: from || '' })); window.scrollTo(0, 0) }
  return html`<div class="view-head"><div><h1>${t('nav.whatif')}</h1><p>${t('whatif.what')}</p></div></div>
    <div class="whatif">
      <${Switches} off=${off} set=${set} />
      <section class="whatif-board" ref=${list} aria-label=${t('whatif.left')}>
        ${now.data && now.data.total > 0 && html`<${Compare} now=${now.data.summary} then=${off.length ? board.data?.summary : null} />`}
        ${off.length > 0 && html`<div class="segments whatif-which" role="group" aria-label=${t('whatif.show')}>
          ${[['', 'whatif.only'], ['1', 'whatif.all']].map(([value, words]) => html`<label><input type="radio" name="whatif-all" checked=${(query.all ?? '') === value}
            onChange=${() => go(to('what-if', { off: off.join(','), all: value }), { replace: true })} /><span>${t(words)}</span></label>`)}</div>`}
        ${all ? html`<${Answer} of=${board}>${data => data.total === 0 ? html`<${Empty} title=${t('whatif.empty')}><p>${t('whatif.empty.what')}</p></${Empty}>`
            : html`${rows(data.claims)}<${Pager} offset=${offset} limit=${LIMIT} total=${data.matching} onTo=${turn} />`}</${Answer}>`
          : html`<${Answer} of=${changes}>${data => html`<p class="whatif-total" role="status">${data.total ? t('whatif.changes', { n: data.total }) : t('whatif.changes.none')}</p>
              ${rows(data.changes.map(c => ({ ...c.to, id: c.id, sentence: c.sentence, was: c.from })))}
              <${Pager} offset=${offset} limit=${LIMIT} total=${data.total} onTo=${turn} />`}</${Answer}>`}
      </section>
    </div>`
}
