// The records: what the desk holds, what each is, who brought it, and what was said in it. Files are dropped anywhere on the
// window, or chosen here.
import { html, useEffect, useRef, useState } from '../vendor/preact-htm.js'
import { useAnswer, useLate } from '../api.js'
import { go, to } from '../routes.js'
import { date, t } from '../words.js'
import { Answer, Empty, Field, Pager, useRows } from '../ui.js'
import { KINDS, RecordForm } from '../recordform.js'
import { takeFiles } from '../dropping.js'

const LIMIT = 100
export const title = () => t('nav.records')

// What stands behind it: a file, its text, only a mention.
const held = r => r.held ? (r.text ? t('records.held.text') : t('records.held')) : r.text ? t('records.transcript') : t('records.not.held')

const Row = ({ record: r }) => html`<li class="record-row">
  <span class="record-kind">${t('kind.' + r.kind)}</span>
  <span class="record-main"><a class="record-title" data-row href=${to('record', r.id)}>${r.title || r.id}</a>
    <span class="quiet record-who">${[r.from && t('record.from', { name: r.from.name }), r.by && t('record.by', { name: r.by.name })].filter(Boolean).join(' · ')}</span></span>
  <span class="record-on">${date(r.on, { short: true })}</span>
  <span class="record-held quiet">${held(r)}</span>
  <span class="record-said">${r.statements ? t('records.statements', { n: r.statements }) : html`<span class="quiet">${t('records.unread')}</span>`}</span>
</li>`

const ChooseFiles = ({ primary }) => {
  const input = useRef(null)
  return html`<button type="button" class=${primary ? 'primary' : ''} onClick=${() => input.current.click()}>${t('records.files')}</button>
    <input type="file" multiple hidden ref=${input} aria-hidden="true" tabindex="-1" onChange=${e => { takeFiles(e.target.files); e.target.value = '' }} />`
}

export default function Records ({ query }) {
  const [q, setQ] = useState(query.q ?? '')
  const late = useLate(q)
  const kind = query.kind ?? ''
  const offset = Number(query.offset ?? 0)
  const [form, setForm] = useState(query.new === '1')
  const list = useRef(null)
  const answer = useAnswer('records', { q: late, kind, offset: offset || '', limit: LIMIT })
  useRows(list)
  const show = change => go(to('records', { q: late, kind, ...change }), { replace: true })
  useEffect(() => { if (late !== (query.q ?? '')) show({ q: late, offset: '' }) }, [late])
  return html`
    <div class="view-head"><div><h1>${t('nav.records')}</h1>${answer.data?.total > 0 && html`<p>${t('records.count', { n: answer.data.total })}</p>`}</div>
      ${answer.data?.total > 0 && html`<div class="row-of"><${ChooseFiles} /><button type="button" onClick=${() => setForm(true)}>${t('record.new')}</button></div>`}</div>
    <${Answer} of=${answer}>${data => data.total === 0
      ? html`<${Empty} title=${t('records.empty')}><p>${t('records.empty.what')}</p><p>${t('records.empty.first')}</p>
          <div class="form-end"><${ChooseFiles} primary=${true} /><button type="button" onClick=${() => setForm(true)}>${t('record.new')}</button></div></${Empty}>`
      : html`
        <div class="filters" role="search" aria-label=${t('filter')}>
          <${Field} label=${t('records.filter')} type="search" value=${q} onInput=${e => setQ(e.target.value)} />
          <${Field} label=${t('record.f.kind')} value=${kind} options=${[['', t('records.all')], ...KINDS.map(k => [k, t('kind.' + k)])]}
            onChange=${e => show({ kind: e.target.value, offset: '' })} />
        </div>
        ${data.matching === 0 ? html`<p class="quiet none">${t('records.none')}</p>` : html`<ul class="record-list" ref=${list}>${data.records.map(r => html`<${Row} key=${r.id} record=${r} />`)}</ul>`}
        <${Pager} offset=${offset} limit=${LIMIT} total=${data.matching} onTo=${to => show({ offset: to || '' })} />`}</${Answer}>
    ${form && html`<${RecordForm} onClose=${() => setForm(false)} onDone=${id => { setForm(false); go(to('record', id)) }} />`}`
}
