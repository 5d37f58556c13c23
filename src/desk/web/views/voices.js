// Voices: anyone and anything that can say. What each was promised, what it said, how much hangs on it.
import { html, useEffect, useRef, useState } from '../vendor/preact-htm.js'
import { useAnswer, useLate } from '../api.js'
import { NewVoice } from '../forms.js'
import { useKeys } from '../keys.js'
import { Term } from '../parts.js'
import { go, to } from '../routes.js'
import { Answer, Empty, Pager, useRows } from '../ui.js'
import { date, t } from '../words.js'

export const title = () => t('nav.voices')
const LIMIT = 100
const FILTERS = ['', 'heard', 'unheard', 'keystone', 'accused', 'secret']
const SORTS = ['', 'name', 'keystone', 'says']

const count = (n, words) => n > 0 && html`<span class="tells">${t(words, { n })}</span>`
const Row = ({ voice }) => html`<tr role="row" class="row">
  <th role="rowheader" scope="row" class="v-name"><a data-row href=${to('voice', voice.id)}><bdi>${voice.name}</bdi></a></th>
  <td role="cell" class="v-term"><${Term} term=${voice.term} />${!voice.termRecorded && html`<span class="why">${t('voice.term.unrecorded')}</span>`}${
    voice.until && html`<span class="why">${t('voice.until', { until: date(voice.until) })}</span>`}</td>
  <td role="cell" class="v-said">${voice.heard ? html`${count(voice.says, 'voice.says')}${count(voice.denies, 'voice.denies')}` : html`<span class="tells quiet">${t('voice.unheard')}</span>`}${count(voice.cited, 'voice.cited')}</td>
  <td role="cell" class="v-hangs">${voice.keystone > 0 ? html`<strong>${t('voice.keystone', { n: voice.keystone })}</strong>` : html`<span class="quiet">–</span>`}</td>
  <td role="cell" class="v-secrets">${voice.secrets > 0 ? html`<span class="locked"><${Lock} /> ${t('voice.secrets', { n: voice.secrets })}</span>` : html`<span class="quiet">–</span>`}</td>
</tr>`
export const Lock = () => html`<svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" class="lock"><path d="M4.500 7V5a3.500 3.500 0 0 1 7 0v2" /><rect x="2.500" y="7" width="11" height="7.500" rx="1" /></svg>`

export default function Voices ({ query }) {
  const [typed, setTyped] = useState(query.q ?? '')
  const [adding, setAdding] = useState(false)
  const list = useRef(null)
  const q = useLate(typed)
  const offset = +query.from || 0
  const { filter = '', sort = '' } = query
  const answer = useAnswer('voices', { q, filter, sort, offset, limit: LIMIT })
  const set = (change, options) => go(to('voices', { ...query, q: typed, ...change }), options)
  useEffect(() => { if (q !== (query.q ?? '')) set({ q, from: '' }, { replace: true }) }, [q])
  useRows(list)
  useKeys([{ keys: 'n', words: t('voice.new'), run: () => setAdding(true) }])
  const shown = data => data.total === 0 ? html`<${Empty} title=${t('voices.empty')}><p>${t('voices.empty.what')}</p>
      <div class="form-end"><button type="button" class="primary" onClick=${() => setAdding(true)}>${t('voice.new')}</button></div></${Empty}>` : html`
    <div class="board-tools">
      <div class="field board-find"><label class="hidden" for="find-voices">${t('voices.find')}</label>
        <input id="find-voices" type="search" autocomplete="off" placeholder=${t('voices.find')} value=${typed} onInput=${e => setTyped(e.target.value)} /></div>
      <fieldset class="segments"><legend class="hidden">${t('voices.filter')}</legend>${FILTERS.map(f => html`<label><input type="radio" name="filter" value=${f} checked=${filter === f}
        onChange=${() => set({ filter: f, from: '' })} /><span>${t('voices.filter.' + (f || 'all'))}</span></label>`)}</fieldset>
      <label class="board-sort"><span>${t('claims.sort')}</span> <select onChange=${e => set({ sort: e.target.value, from: '' })}>${SORTS.map(s =>
        html`<option value=${s} selected=${s === sort}>${t('voices.sort.' + (s || 'order'))}</option>`)}</select></label>
      <span class="board-count quiet">${t('voices.count', { n: data.matching })}</span>
    </div>
    ${data.voices.length ? html`<table role="table" class="board voices" aria-label=${t('nav.voices')}><thead role="rowgroup"><tr role="row">${['name', 'term', 'said', 'hangs', 'secrets'].map(k =>
      html`<th role="columnheader" scope="col">${t('voices.' + k)}</th>`)}</tr></thead><tbody role="rowgroup">${data.voices.map(v => html`<${Row} key=${v.id} voice=${v} />`)}</tbody></table>`
      : html`<p class="none">${t('voices.none')}</p>`}
    <${Pager} offset=${offset} limit=${LIMIT} total=${data.matching} onTo=${from => { set({ from: from || '' }); window.scrollTo(0, 0) }} />`
  return html`<div ref=${list}>
    <div class="view-head"><h1>${t('nav.voices')}</h1><button type="button" class="primary" onClick=${() => setAdding(true)}>${t('voice.new')}</button></div>
    <${Answer} of=${answer}>${shown}</${Answer}>
    ${adding && html`<${NewVoice} onClose=${() => setAdding(false)} />`}</div>`
}
