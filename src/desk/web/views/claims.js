// The board: every claim, how it stands, on whom it hangs, who denies it, what is missing and how it may be printed; filtered
// by the counts above it, sought as one types, and marked where something changed since last time.
import { html, useEffect, useRef, useState } from '../vendor/preact-htm.js'
import { getSession, useAnswer, useLate } from '../api.js'
import { keep, kept } from '../changes.js'
import { LEVELS, PRINTS, Denial, Level, Print, Several, Shape, Voice } from '../parts.js'
import { go, to } from '../routes.js'
import { Answer, Empty, Pager, announceWords, useRows } from '../ui.js'
import { useKeys } from '../keys.js'
import { t } from '../words.js'
import { NewClaim } from '../forms.js'

export const title = () => t('nav.claims')
const LIMIT = 100
const SORTS = ['order', 'standing', '-standing', 'people', '-people', 'newest']

// ---- what changed since last time ----

// The revision that was seen when the desk was last looked at, per case; read once while it is open, and moved on as the
// board is looked at (kept in the case: seen.claims). `all()` takes everything as seen now.
let since = { token: null, revision: null }
function useSeen (revision) {
  const { token } = getSession()
  const [, redraw] = useState(0)
  useEffect(() => {
    if (revision === undefined) return
    const note = () => { if (document.visibilityState === 'visible') keep('seen.claims', String(revision)).catch(() => {}) }
    if (since.token === token) return note()
    kept('seen.claims').then(text => {
      since = { token, revision: text === '' ? revision : +text || 0 }
      redraw(n => n + 1)
      note()
    }).catch(() => {})
  }, [token, revision])
  const all = () => { since = { token, revision }; redraw(n => n + 1) }
  return { since: since.token === token ? since.revision : null, all }
}

// ---- the counts, which filter ----

function Counts ({ summary, query, set }) {
  const total = LEVELS.reduce((sum, level) => sum + (summary[level] ?? 0), 0)
  const choice = (field, value, words, mark) => html`<button type="button" class="tally" aria-pressed=${String(query[field] === value)}
    onClick=${() => set({ [field]: query[field] === value ? '' : value, from: '' })}>
    <span class="tally-n">${t('number', { n: summary[value] ?? 0 })}</span><span class="tally-words">${mark}${words}</span></button>`
  return html`<div class="counts" role="group" aria-label=${t('claims.counts')}>
    <div class="counts-set counts-levels" role="group" aria-label=${t('claims.by.level')}>
      <div class="counts-row">${LEVELS.map(level => choice('level', level, t('level.' + level), html`<${Shape} level=${level} />`))}</div>
      ${total > 0 && html`<div class="bar" aria-hidden="true">${LEVELS.map(level => summary[level] > 0 && html`<span class=${`bar-${level}`} style=${{ flexGrow: summary[level] }}></span>`)}</div>`}
    </div>
    <div class="counts-set" role="group" aria-label=${t('claims.by.denial')}><div class="counts-row">${['denied', 'contested'].map(d => choice('denial', d, t('denial.' + d)))}</div>
      <p class="counts-note">${t('claims.denial.note')}</p></div>
    <div class="counts-set" role="group" aria-label=${t('claims.by.print')}><div class="counts-row">${PRINTS.map(p => choice('print', p, t('print.' + p)))}</div>
      <p class="counts-note">${t('claims.print.note')}</p></div>
  </div>`
}

// ---- the rows ----

function HangsOn ({ claim }) {
  const shown = claim.keystones.slice(0, 2)
  const more = (claim.keystonesTotal ?? claim.keystones.length) - shown.length
  if (!shown.length) return html`<span class="quiet">${claim.level === 'unheard' ? '–' : t('claims.nobody')}</span>`
  return html`<${Several} of=${shown} as=${Voice} />${more > 0 && html` <span class="quiet">${t('claims.more', { n: more })}</span>`}`
}

export const Row = ({ claim, fresh, were }) => html`<tr role="row" class="row">
  <td role="cell" class="c-level"><${Level} level=${claim.level} />${were}</td>
  <th role="rowheader" scope="row" class="c-claim"><a data-row href=${to('claim', claim.id)}><bdi>${claim.sentence}</bdi></a>${
    fresh && html` <span class="tag fresh-tag">${t('claims.changed')}</span>`}</th>
  <td role="cell" class="c-people"><span class="cell-name">${t('claims.rests')} </span>${claim.figures}</td>
  <td role="cell" class="c-hangs"><span class="cell-name">${t('claims.hangs')} </span><${HangsOn} claim=${claim} /></td>
  <td role="cell" class="c-denial"><${Denial} denial=${claim.denial} /></td>
  <td role="cell" class="c-print"><${Print} print=${claim.print} />${claim.why && html`<span class="why" title=${claim.why}>${claim.why.split(';')[0].replace(/\.$/, '')}</span>`}</td>
</tr>`

export const Board = ({ claims, label, row }) => html`<table role="table" class="board" aria-label=${label}>
  <thead role="rowgroup"><tr role="row">
    ${['standing', 'claim', 'rests', 'hangs', 'denied', 'print'].map(k => html`<th role="columnheader" scope="col" class=${'h-' + k}>${t('claims.' + k)}</th>`)}
  </tr></thead>
  <tbody role="rowgroup">${claims.map(row)}</tbody></table>`

// ---- the view ----

export default function Claims ({ query }) {
  const [typed, setTyped] = useState(query.q ?? '')
  const [adding, setAdding] = useState(false)
  const q = useLate(typed)
  const list = useRef(null)
  const { q: sought = '', level, print, denial, sort, changed } = query
  const offset = +query.from || 0
  const [revision, setRevision] = useState(undefined)
  const seen = useSeen(revision)
  const answer = useAnswer('claims', { q, level, print, denial, sort, offset, limit: LIMIT, since: changed ? seen.since : null })
  const news = useAnswer(seen.since !== null && seen.since < revision ? 'claims' : null, { since: seen.since, limit: 1 })
  const set = (change, options) => go(to('claims', { ...query, q: typed, ...change }), options)
  useEffect(() => { if (q !== sought) set({ q, from: '' }, { replace: true }) }, [q])
  useEffect(() => {
    if (!answer.data) return
    setRevision(answer.data.revision)
    if (answer.data.matching !== answer.data.total) announceWords(t('claims.matching', { n: answer.data.matching }))
  }, [answer.data])
  useRows(list)
  useKeys([{ keys: 'n', words: t('claim.new'), run: () => setAdding(true) }])
  const filtered = !!(q || level || print || denial || changed)
  const clear = () => { setTyped(''); go(to('claims', { sort })) }
  const board = data => data.total === 0 ? html`<${First} onAdd=${() => setAdding(true)} />` : html`
    <${Counts} summary=${data.summary} query=${query} set=${set} />
    <div class="board-tools">
      <div class="field board-find"><label class="hidden" for="find-claims">${t('claims.find')}</label>
        <input id="find-claims" type="search" autocomplete="off" placeholder=${t('claims.find')} value=${typed} onInput=${e => setTyped(e.target.value)} /></div>
      <label class="board-sort"><span>${t('claims.sort')}</span> <select onChange=${e => set({ sort: e.target.value === 'order' ? '' : e.target.value, from: '' })}>
        ${SORTS.map(s => html`<option value=${s} selected=${s === (sort || 'order')}>${t('sort.' + s)}</option>`)}</select></label>
      ${(changed || news.data?.matching > 0) && html`<span class="board-news"><button type="button" aria-pressed=${String(!!changed)} onClick=${() => set({ changed: changed ? '' : 1, from: '' })}>
          ${t('claims.since', { n: news.data?.matching ?? 0 })}</button>
        <button type="button" class="link" onClick=${() => { seen.all(); if (changed) set({ changed: '' }) }}>${t('claims.seen')}</button></span>`}
      <span class="board-count quiet">${filtered ? t('claims.matching.of', { n: data.matching, total: data.total }) : t('claims.count', { n: data.total })}
        ${filtered && html` <button type="button" class="link" onClick=${clear}>${t('claims.clear')}</button>`}</span>
    </div>
    ${data.claims.length ? html`<${Board} label=${t('nav.claims')} claims=${data.claims} row=${c => html`<${Row} key=${c.id} claim=${c} fresh=${seen.since !== null && c.touched > seen.since} />`} />`
      : html`<p class="none">${t('claims.none')}</p>`}
    <${Pager} offset=${offset} limit=${LIMIT} total=${data.matching} onTo=${from => { set({ from: from || '' }); window.scrollTo(0, 0) }} />`
  return html`<div ref=${list} class="claims">
    <div class="view-head"><h1>${t('nav.claims')}</h1><button type="button" class="primary" onClick=${() => setAdding(true)}>${t('claim.new')}</button></div>
    <${Answer} of=${answer}>${board}</${Answer}>
    ${adding && html`<${NewClaim} onClose=${() => setAdding(false)} />`}
  </div>`
}

const First = ({ onAdd }) => html`<${Empty} title=${t('claims.empty')}><p>${t('claims.empty.what')}</p><p>${t('claims.empty.how')}</p>
  <div class="form-end"><button type="button" class="primary" onClick=${onAdd}>${t('claim.new')}</button><a class="button" href=${to('first')}>${t('claims.empty.first')}</a></div></${Empty}>`
