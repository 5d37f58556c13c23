// A record: what it is, its text or transcript to be read and marked, its sound and film to be heard and typed, its pages as
// pictures, the statements made of it, and what its file would give away.
import { html, useEffect, useMemo, useRef, useState } from '../vendor/preact-htm.js'
import { address, getSession, post, useAnswer } from '../api.js'
import { date, has, number, t } from '../words.js'
import { Answer, Problem, Waiting, toast } from '../ui.js'
import { Foreign, WorkState, useWork } from '../keptwork.js'
import { Statement, Voice } from '../parts.js'
import { takeFiles } from '../dropping.js'
import { Listening } from '../listening.js'
import { Marking } from '../marking.js'
import { Measure, readLocator, timesLocator, writeTime } from '../places.js'
import { Reading, placeOf } from '../reading.js'
import { RecordForm } from '../recordform.js'
import { fromWebVtt, looksTimed, readLines, speakersOf, toWebVtt } from '../transcribing.js'

export const title = args => args.id

// ---- what it is ----

const Fact = ({ label, children }) => children ? html`<div><dt>${label}</dt><dd>${children}</dd></div>` : null

const Facts = ({ record: r }) => html`<dl class="facts">
  <${Fact} label=${t('record.f.on')}>${r.on && date(r.on)}</${Fact}>
  <${Fact} label=${t('record.f.from')}>${r.from && html`<${Voice} of=${r.from} />`}</${Fact}>
  <${Fact} label=${t('record.f.by')}>${r.by && html`<${Voice} of=${r.by} />`}</${Fact}>
  <${Fact} label=${t('record.vouched')}>${r.vouched?.length > 0 && r.vouched.map((v, i) => html`${i > 0 && ', '}<${Voice} of=${v} />`)}</${Fact}>
  <${Fact} label=${t('record.f.url')}>${r.url && html`<code>${r.url}</code>`}</${Fact}>
  <${Fact} label=${t('record.f.note')}>${r.note}</${Fact}>
</dl>`

// ---- what its file would give away ----

// What every file of its kind says. All else is told as what it would give away: a reader of files may learn new facts, and
// none of them may be passed over because nobody thought of it here.
const PLAIN = /^(media|width|height|milliseconds|format|pages|encoding|orientation|film|sound|cover|sheet)$/
const factsOf = record => (record.evidence?.metadata ?? []).filter(m => m.name !== 'note')
/** What whoever read the file noted about it: it is damaged, it is locked. */
const notesOf = record => (record.evidence?.metadata ?? []).filter(m => m.name === 'note').map(m => m.value)
const factName = name => has(`fact.${name}`) ? t(`fact.${name}`) : name.replaceAll('-', ' ')

function Evidence ({ record }) {
  const e = record.evidence
  if (!e) return null
  const telling = factsOf(record).filter(m => !PLAIN.test(m.name))
  const rest = factsOf(record).filter(m => PLAIN.test(m.name))
  const list = items => html`<dl class="metadata">${items.map(m => html`<div><dt>${factName(m.name)}</dt><dd>${m.value}</dd></div>`)}</dl>`
  return html`<section class="side-part"><h2>${t('evidence.title')}</h2>
    <dl class="facts">
      <${Fact} label=${t('evidence.name')}>${e.name}</${Fact}>
      <${Fact} label=${t('evidence.size')}>${e.bytes != null && t('size.bytes', { n: e.bytes })}</${Fact}>
      <${Fact} label=${t('evidence.taken')}>${e.taken && date(e.taken.slice(0, 16))}</${Fact}>
      <${Fact} label="SHA-256">${e.sha256 && html`<code class="hash">${e.sha256}</code>`}</${Fact}>
      <${Fact} label=${t('evidence.derived')}>${e.derived?.length > 0 && e.derived.map(d => t('evidence.derived.by', { what: d.what, by: d.by })).join('; ')}</${Fact}>
    </dl>
    <h3>${t('evidence.away')}</h3>
    ${telling.length ? html`<p class="small quiet">${t('evidence.away.what')}</p>${list(telling)}` : html`<p class="small quiet">${t('evidence.away.none')}</p>`}
    ${rest.length > 0 && html`<details><summary>${t('evidence.rest', { n: rest.length })}</summary>${list(rest)}</details>`}
    <p><a class="button" href=${address('record/file', { id: record.id })} download=${e.name}>${t('evidence.download')}</a></p>
  </section>`
}

// ---- what was said in it ----

const placed = s => {
  const place = readLocator(s.locator)
  return place?.kind === 'bytes' ? place.first : place?.kind === 'pages' ? place.first * 1e4 : place?.kind === 'times' ? place.from : Infinity
}
function Statements ({ statements, active, onJump, shows, media }) {
  const ordered = useMemo(() => [...statements].sort((a, b) => placed(a) - placed(b) || a.entry - b.entry), [statements])
  return html`<section class="side-part"><h2>${t('record.said', { n: statements.length })}</h2>
    ${ordered.length ? html`<ol class="said-list">${ordered.map(s => html`<${Statement} key=${s.entry} of=${s} claim=${true} acts=${shows(s) && html`<button type="button" class="link"
          aria-pressed=${String(s.entry === active)} onClick=${() => onJump(s)}>${t(media && readLocator(s.locator)?.kind === 'times' ? 'said.place.sound' : 'said.place.text')}</button>`} />`)}</ol>`
      : html`<p class="quiet">${t('record.said.none')}</p>`}</section>`
}

// ---- its pages as pictures ----

function Pages ({ id, count, page, onPage }) {
  const [state, set] = useState('waiting')
  useEffect(() => set('waiting'), [page])
  return html`<figure class="page-picture">
    <div class="row-of"><button type="button" disabled=${page <= 1} onClick=${() => onPage(page - 1)}>${t('page.back')}</button>
      <span>${t('record.page.of', { n: page, of: number(count) })}</span>
      <button type="button" disabled=${page >= count} onClick=${() => onPage(page + 1)}>${t('page.on')}</button></div>
    <${Waiting} on=${state === 'waiting'} label=${t('record.page', { n: page })} />
    ${state === 'failed' ? html`<p class="quiet none">${t('record.page.none')}</p>`
      : html`<img key=${page} src=${address('record/page', { id, page })} alt=${t('record.page.alt', { n: page })} onLoad=${() => set('there')} onError=${() => set('failed')} />`}
  </figure>`
}

// ---- typing what was said ----

function Typing ({ record, known, speakers, sound, seconds, onDone }) {
  const work = useWork(`form.transcript.${record.id}`)
  const [error, setError] = useState(null)
  const field = useRef(null)
  const text = work.text === '' && known ? known : work.text
  const insert = words => {
    const f = field.current
    f.setRangeText(words, f.selectionStart, f.selectionEnd, 'end')
    work.put(f.value)
  }
  const keys = event => {
    const s = sound?.current
    const control = event.ctrlKey || event.metaKey
    if (s && event.key === 'Enter' && !control && !event.shiftKey) {
      event.preventDefault()
      const lineStart = field.current.value.lastIndexOf('\n', field.current.selectionStart - 1) + 1
      const line = field.current.value.slice(lineStart, field.current.selectionStart)
      insert((line.trim() || lineStart > 0 ? '\n' : '') + writeTime(s.time) + ' ')
    } else if (s && (event.key === 'Escape' || (control && event.key === ' '))) {
      event.preventDefault()
      s.toggle()
    } else if (s && control && event.key === ',') {
      event.preventDefault()
      s.back()
    } else if (s && control && event.key === '.') {
      event.preventDefault()
      s.slower()
    } else if (control && event.key === 'Enter') {
      event.preventDefault()
      save()
    }
  }
  const pasted = event => { // what another program made comes with times of its own
    const words = event.clipboardData?.getData('text/plain') ?? ''
    if (!looksTimed(words)) return
    event.preventDefault()
    insert(fromWebVtt(words))
  }
  async function save () {
    setError(null)
    try {
      await post('transcript', { record: record.id, text: toWebVtt(field.current.value, seconds, speakers) })
      await work.finish()
      toast(t('transcript.saved'))
      onDone(true)
    } catch (refused) { setError(refused.status === 404 ? { what: t('transcript.no.vault'), mend: t('transcript.kept') } : refused) }
  }
  const ready = work.text !== null
  const lines = ready ? readLines(text).length : 0
  useEffect(() => { if (ready) field.current?.focus() }, [ready])
  return html`<section class="typing" aria-label=${t('transcript.title')}>
    <div class="typing-head"><h2>${t('transcript.title')}</h2><${WorkState} work=${work} /></div>
    <${Foreign} work=${work} />
    <textarea ref=${field} class="typing-text" rows="14" aria-label=${t('transcript.title')} aria-describedby="typing-hint" spellcheck=${true} disabled=${!ready}
      placeholder=${t(sound ? 'transcript.placeholder' : 'transcript.placeholder.text')} value=${text ?? ''} onInput=${e => work.put(e.target.value)} onPaste=${pasted} onKeyDown=${keys}></textarea>
    <p class="hint" id="typing-hint">${t(sound ? 'transcript.hint' : 'transcript.hint.text')}</p>
    <${Problem} error=${error ?? (work.state === 'failed' ? work.error : null)} />
    <div class="form-end"><button type="button" class="primary" onClick=${save} disabled=${!lines}>${t('transcript.save')} <kbd>Ctrl ↵</kbd></button>
      <button type="button" onClick=${() => onDone(false)}>${t('transcript.later')}</button>
      <span class="quiet">${t('transcript.lines', { n: lines })}</span></div>
  </section>`
}

// ---- a transcript that another program made ----

/** A file of WebVTT, SubRip or a recogniser's JSON. The server reads it and says every fault. */
function Bring ({ record, onDone }) {
  const input = useRef(null)
  const [error, setError] = useState(null)
  async function bring (event) {
    const [file] = event.target.files
    setError(null)
    try {
      const { lines } = await post('transcript', { record: record.id, text: await file.text() })
      toast(t('transcript.brought', { n: lines }))
      onDone()
    } catch (refused) { setError(refused) }
    input.current.value = ''
  }
  return html`<button type="button" onClick=${() => input.current.click()}>${t('transcript.bring')}</button>
    <input type="file" hidden ref=${input} tabindex="-1" aria-hidden="true" class="transcript-file" accept=".vtt,.srt,.json,text/vtt,application/json" onChange=${bring} />
    <${Problem} error=${error} />`
}

// ---- all of it ----

/** The text to be read: a transcript's times are taken out of its lines, so that its words stand alone. */
function readable (answer) {
  if (!answer) return null
  if (!looksTimed(answer.text)) return { measure: new Measure(answer.text), pages: answer.pages ?? [], times: answer.times ?? [], kind: answer.kind }
  const times = []
  let text = ''
  const lines = readLines(fromWebVtt(answer.text))
  lines.forEach((line, i) => {
    if (line.from !== null) times.push({ at: text.length, from: line.from, to: lines.slice(i + 1).find(l => l.from !== null)?.from ?? null })
    text += line.text + '\n'
  })
  return { measure: new Measure(text), pages: [], times, kind: 'transcript', typed: fromWebVtt(answer.text), speakers: speakersOf(answer.text) }
}

function Body ({ record, query, again }) {
  const id = record.id
  const type = (record.held && (record.evidence?.media ?? record.media)) || ''
  const media = /^(audio|video)\//.test(type) ? type : null
  const text = useAnswer(record.text ? 'record/text' : null, { id })
  const peaks = useAnswer(media ? 'record/peaks' : null, { id })
  const read = useMemo(() => readable(text.data), [text.data])
  const [chosen, setChosen] = useState(null)
  const [stretch, setStretch] = useState(null)
  const [marking, setMarking] = useState(null) // a place
  const [active, setActive] = useState(null)
  const [typing, setTyping] = useState(false)
  const [pictures, setPictures] = useState(/^image\//.test(type))
  const wanted = useMemo(() => readLocator(query.at), [query.at]) // the place that the address names
  const [page, setPage] = useState(wanted?.kind === 'pages' ? wanted.first : 1)
  const sound = useRef(null)
  const drawable = /^image\/(png|jpeg|gif|webp)$/.test(type) // by the browser; others are drawn as pages
  const pageCount = drawable ? 0 : record.evidence?.pages ?? 0
  const found = wanted?.kind === 'bytes' ? { at: wanted.first, length: wanted.length } : null
  const back = useRef(null)

  const mark = place => { back.current = document.activeElement; setMarking(place) }
  const markChosen = stretch => stretch && read && mark(placeOf(read.measure, read.pages, read.times, stretch))
  const choose = (stretch, how) => {
    setChosen(stretch)
    if (how === 'mouse' && stretch) markChosen(stretch)
    else if (!stretch) setMarking(null)
  }
  // The words of a stretch of time are those that the transcript has in it.
  const markTime = () => {
    if (!stretch) return
    const inside = read?.times.filter(l => l.from >= stretch.from - 0.5 && l.from < stretch.to) ?? []
    const words = inside.map(l => read.measure.text.slice(l.at, read.measure.text.indexOf('\n', l.at))).join(' ')
    mark({ locator: timesLocator(stretch.from, stretch.to), words, shown: '' })
  }
  const closed = () => {
    setMarking(null)
    const target = document.querySelector('.reader-text') ?? back.current
    target?.focus?.({ preventScroll: true })
  }
  const jump = s => {
    const place = readLocator(s.locator)
    setActive(null)
    requestAnimationFrame(() => setActive(s.entry))
    if (place?.kind === 'times') sound.current?.seek(place.from)
    if (place?.kind === 'pages') { setPage(place.first); if (!read) setPictures(true) }
  }
  const shows = s => {
    const kind = readLocator(s.locator)?.kind
    return kind === 'times' ? !!media || (!!read && !!s.words) : kind === 'pages' ? !!read || pageCount > 0 : !!read && (kind === 'bytes' || !!s.words)
  }
  const language = getSession().language || undefined
  return html`<div class="record-columns">
    <div class="record-body">
      ${media && html`<${Listening} id=${id} media=${media} peaks=${peaks.data} seconds=${record.evidence?.seconds} statements=${record.statements ?? []}
        stretch=${stretch} onStretch=${setStretch} onMark=${markTime} handle=${sound} start=${wanted?.kind === 'times' ? wanted.from : null} />`}
      ${notesOf(record).length > 0 && html`<ul class="read-notes" aria-label=${t('evidence.notes')}>${notesOf(record).map(n => html`<li>${n}</li>`)}</ul>`}
      ${pageCount > 0 && html`<fieldset class="segments"><legend class="hidden">${t('record.shown.as')}</legend>
        ${[false, true].map(p => html`<label><input type="radio" name="shown" checked=${pictures === p} onChange=${() => setPictures(p)} /><span>${t(p ? 'record.as.pages' : 'record.as.text')}</span></label>`)}</fieldset>`}
      ${drawable && html`<img class="record-image" src=${address('record/file', { id })} alt=${t('record.image.alt', { title: record.title })} />`}
      ${pictures && pageCount > 0 ? html`<${Pages} id=${id} count=${pageCount} page=${page} onPage=${setPage} />`
        : typing ? html`<${Typing} record=${record} known=${read?.typed ?? (read?.kind === 'transcript' ? read.measure.text : '')} speakers=${read?.speakers} sound=${media ? sound : null}
            seconds=${peaks.data?.seconds ?? record.evidence?.seconds ?? 0} onDone=${saved => { setTyping(false); if (saved) { again(); text.again() } }} />`
        : html`
          <${Waiting} on=${text.slow} /><${Problem} error=${text.error} retry=${text.again} />
          ${read ? html`
            <p class="hint" id="reader-hint">${t('record.hint')}</p>
            <${Reading} ...${read} statements=${record.statements ?? []} language=${language} chosen=${chosen} onChoose=${choose} onMark=${() => markChosen(chosen)}
              onEntry=${entry => { setActive(entry); document.getElementById(`entry-${entry}`)?.scrollIntoView({ block: 'nearest' }) }} active=${active} found=${found}
              page=${wanted?.kind === 'pages' ? wanted.first : 0} onPage=${n => { setPage(n); if (pageCount) setPictures(true) }} onTime=${s => sound.current?.seek(s)} />`
            : !record.text && html`<${NoText} record=${record} media=${media} onType=${() => setTyping(true)} onMark=${() => mark({ locator: '', words: '', shown: '' })} />`}
          ${(media || read?.kind === 'transcript') && html`<div class="row-of transcript-acts"><button type="button" onClick=${() => setTyping(true)}>${t(read ? 'transcript.change' : 'transcript.type')}</button>
            <${Bring} record=${record} onDone=${() => { again(); text.again() }} /></div>`}`}
    </div>
    <aside class="record-side">
      <${Statements} statements=${record.statements ?? []} active=${active} onJump=${jump} shows=${shows} media=${media} />
      <${Evidence} record=${record} />
    </aside>
    ${marking && html`<${Marking} record=${record} place=${marking} onClose=${closed} onDone=${() => { closed(); again() }} />`}
  </div>`
}

// Nothing to read yet: what can be done.
function NoText ({ record, media, onType, onMark }) {
  const input = useRef(null)
  return html`<div class="no-text">
    <p>${t(record.held ? 'record.no.text' : 'record.not.held')}</p>
    <div class="row-of">
      ${!record.held && html`<button type="button" onClick=${() => input.current.click()}>${t('record.add.file')}</button>
        <input type="file" hidden ref=${input} tabindex="-1" onChange=${e => { takeFiles(e.target.files, record.id); e.target.value = '' }} />`}
      ${record.held && !media && html`<button type="button" onClick=${onType}>${t('transcript.type.text')}</button>`}
      <button type="button" class="primary" onClick=${onMark}>${t('record.say')}</button>
    </div></div>`
}

export default function Record ({ args, query }) {
  const answer = useAnswer('record', { id: args.id })
  const [form, setForm] = useState(false)
  return html`<${Answer} of=${answer}>${record => html`<article class="record" data-record=${record.held ? undefined : record.id}>
    <div class="view-head"><div><p class="kicker">${t('kind.' + record.kind)} <span class="record-id">${record.id}</span></p><h1>${record.title || record.id}</h1></div>
      <div class="row-of"><button type="button" onClick=${() => setForm(true)}>${t('record.amend')}</button></div></div>
    <${Facts} record=${record} />
    <${Body} record=${record} query=${query} again=${answer.again} />
    ${form && html`<${RecordForm} given=${record} onClose=${() => setForm(false)} onDone=${() => { setForm(false); answer.again() }} />`}
  </article>`}</${Answer}>`
}
