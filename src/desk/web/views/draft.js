// An article: written beside the claims that it may cite, with what the gate refuses shown at the sentence as it is written, the
// very page that would go out, and its publication. Nothing here decides what may be said: the gate does, on the server.
import { html, useEffect, useMemo, useRef, useState } from '../vendor/preact-htm.js'
import { announce, getSession, loadSession, post, useAnswer, useLate } from '../api.js'
import { to } from '../routes.js'
import { sentence, t } from '../words.js'
import { Dialog, Field, Problem, Waiting } from '../ui.js'
import { titleOf } from '../citing.js'
import { Editor, stretchesOf } from '../editor.js'
import { Foreign, WorkState, useWork } from '../keptwork.js'
import { useKeys } from '../keys.js'

export const title = args => args.name

// ---- the gate, as it is written ----

function useGate (name, text, correction) {
  const late = useLate(text, 600)
  const [state, set] = useState({ answers: [], judged: null, preview: '', refused: false, error: null, slow: false, busy: true })
  useEffect(() => {
    if (late === null) return
    if (!late.trim()) return set({ answers: [], judged: late, preview: '', refused: false, error: null, slow: false, busy: false })
    const control = new AbortController()
    const slow = setTimeout(() => set(s => ({ ...s, slow: true })), 300)
    set(s => ({ ...s, busy: true }))
    post('gate', { name, text: late, ...(correction ? { correction } : {}) }, { signal: control.signal }).then(
      a => set({ answers: a.answers ?? [], judged: late, preview: a.preview ?? '', refused: !!a.refused, error: null, slow: false, busy: false }),
      error => {
        if (error.name === 'AbortError') return
        // A draft that cannot be read has faults, with places like any refusal.
        const answers = (error.faults ?? []).map(f => ({ kind: 'refused', check: 'draft', ...f }))
        set({ answers, judged: late, preview: '', refused: true, error: answers.length ? null : error, slow: false, busy: false })
      }).finally(() => clearTimeout(slow))
    return () => { clearTimeout(slow); control.abort() }
  }, [name, late, correction])
  return { ...state, busy: state.busy || late !== text }
}

// The gate names the command line's option where the page has a field.
const mendOf = a => /--correction/.test(a.mend ?? '') ? t('publish.correction.wanted') : sentence(a.mend)

const Answered = ({ answer: a, index, active, onGo }) => html`<li class=${`gate-answer gate-${a.kind} ${active === index ? 'active' : ''}`}>
  <button type="button" class="gate-place" onClick=${() => onGo(index)} disabled=${!a.line}>
    <span class="gate-kind">${t(a.kind === 'warning' ? 'gate.warning' : 'gate.refused')}</span> <span>${t('gate.check.' + a.check)}</span>
    ${a.line ? html` <span class="quiet">${t('gate.line', { n: a.line })}</span>` : ''}</button>
  ${a.quote && html`<p class="quote">${a.quote}</p>`}
  <p>${sentence(a.what)}</p>${a.mend && html`<p class="quiet">${mendOf(a)}</p>`}
</li>`

function Refusals ({ gate, active, onGo }) {
  const refused = gate.answers.filter(a => a.kind !== 'warning').length
  const warned = gate.answers.length - refused
  return html`<div class="gate-list" aria-live="polite">
    <p class=${refused ? 'gate-sum gate-sum-no' : gate.judged?.trim() ? 'gate-sum' : 'gate-sum quiet'}>${gate.judged === null ? t('gate.busy') : !gate.judged.trim() ? t('gate.nothing')
      : [refused ? t('gate.refusals', { n: refused }) : t('gate.passes'), warned && t('gate.warnings', { n: warned })].filter(Boolean).join(' ')}</p>
    <${Problem} error=${gate.error} />
    <ol>${gate.answers.map((a, i) => html`<${Answered} key=${i} answer=${a} index=${i} active=${active} onGo=${onGo} />`)}</ol>
  </div>`
}

// ---- what may be cited ----

function Claims ({ onCite, cited }) {
  const [q, setQ] = useState('')
  const [print, setPrint] = useState('')
  const late = useLate(q)
  const answer = useAnswer('claims', { q: late, print, limit: 60, sort: '-standing' })
  return html`<section class="draft-claims" aria-label=${t('draft.claims')}>
    <div class="draft-claims-head"><${Field} label=${t('draft.claims')} type="search" placeholder=${t('draft.claims.find')} value=${q} onInput=${e => setQ(e.target.value)} />
    <fieldset class="segments small-segments"><legend class="hidden">${t('draft.print')}</legend>${['', 'fact', 'allegation'].map(p => html`<label><input type="radio" name="draft-print" checked=${print === p}
      onChange=${() => setPrint(p)} /><span>${t(p ? 'print.' + p : 'records.all')}</span></label>`)}</fieldset></div>
    <${Problem} error=${answer.error} retry=${answer.again} />
    <ul>${answer.data?.claims.map(c => html`<li key=${c.id} class="cite-row">
      <button type="button" class="cite" onClick=${() => onCite(`[${c.id}]`)} title=${t('draft.cite.this', { id: c.id })}>
        <span class="cite-sentence">${c.sentence}</span>
        <span class="cite-how"><code>${c.id}</code> <span class=${`print-${c.print}`}>${t('print.' + c.print)}</span> ${cited.has(c.id) && html`<span class="quiet"> · ${t('draft.cited')}</span>`}${c.print === 'not-yet' && c.why && html`<span class="quiet"> · ${c.why}</span>`}</span></button>
      <a class="cite-open" href=${to('claim', c.id)} aria-label=${t('draft.open.claim', { claim: c.sentence })}>→</a></li>`)}</ul>
    ${answer.data && answer.data.claims.length === 0 && html`<p class="quiet none">${t('nothing.found')}</p>`}
  </section>`
}

// ---- publishing ----

function Publish ({ name, text, correction, onClose, done, keep }) {
  const [folder, setFolder] = useState('site')
  const [state, set] = useState({ busy: false, error: null, result: null })
  async function publish (event) {
    event.preventDefault()
    set({ busy: true, error: null, result: null })
    try {
      await keep()
      const result = await post('publish', { drafts: [{ name, text }], to: folder, ...(correction ? { correction } : {}) })
      set({ busy: false, error: null, result })
      if (!result.refused) done()
      announce({ epoch: getSession().epoch, revision: result.revision ?? -1 })
      loadSession()
    } catch (error) { set({ busy: false, error, result: null }) }
  }
  const { result } = state
  return html`<${Dialog} title=${t('publish.title')} onClose=${onClose}>
    ${result && !result.refused ? html`<div class="form"><p><strong>${t('publish.done', { to: result.published?.to ?? folder })}</strong></p>
        <p>${t('publish.done.files', { n: result.published?.files ?? 0 })} ${t('size.bytes', { n: result.published?.bytes ?? 0 })}.</p>
        <p class="quiet">${t('publish.done.next')}</p>
        <div class="form-end"><button type="button" class="primary" data-focus onClick=${onClose}>${t('close')}</button></div></div>`
      : html`<form class="form" onSubmit=${publish}>
        <p>${t('publish.what', { title: titleOf(text) || name })}</p>
        <${Field} label=${t('publish.to')} hint=${t('publish.to.hint')} required value=${folder} onInput=${e => setFolder(e.target.value)} />
        ${correction && html`<p class="quiet">${t('publish.correction')}: ${correction}</p>`}
        ${result?.refused && html`<div class="problem" role="alert"><p><strong>${t('publish.refused')}</strong></p><ul class="plain-list">${result.answers.filter(a => a.kind !== 'warning').map(a => html`<li>${sentence(a.what)} <span class="quiet">${mendOf(a)}</span></li>`)}</ul></div>`}
        <${Problem} error=${state.error} />
        <${Waiting} on=${state.busy} label=${t('publish.busy')} />
        <div class="form-end"><button type="submit" class="primary" disabled=${state.busy}>${t('publish.do')}</button>
          <button type="button" onClick=${onClose}>${t('cancel')}</button></div>
      </form>`}
  </${Dialog}>`
}

// ---- all of it ----

const PANES = ['refusals', 'preview']

export default function Draft ({ args }) {
  const name = args.name
  const work = useWork(name)
  const articles = useAnswer('articles')
  const article = articles.data?.articles.find(a => a.slug === name)
  const correction = useWork(article ? `form.correction.${name}` : null)
  const corrected = useLate((correction.text ?? '').trim(), 600)
  const gate = useGate(name, work.text, corrected)
  const [pane, setPane] = useState('refusals')
  const [active, setActive] = useState(null)
  const [publishing, setPublishing] = useState(false)
  const editor = useRef(null)
  const text = work.text ?? ''
  const language = /^language:\s*(\S+)/m.exec(text)?.[1] ?? (getSession().language || undefined)
  const stretches = useMemo(() => stretchesOf(text, gate.answers, gate.judged, language), [text, gate.answers, gate.judged, language])
  const cited = useMemo(() => new Set([...text.matchAll(/(?<![\\!])\[([a-z0-9][a-z0-9._-]*)[^\]\n]*\]/g)].map(m => m[1])), [text])
  const refused = gate.answers.filter(a => a.kind !== 'warning').length
  const may = gate.judged === text && text.trim() && !gate.refused && !gate.error
  const goTo = index => {
    setActive(index)
    const stretch = stretches.find(s => s.answer === index)
    if (stretch) editor.current.goTo(stretch.from, stretch.to)
  }
  const onCaret = at => {
    const inside = stretches.find(s => s.from <= at && at <= s.to)
    setActive(inside ? inside.answer : null)
  }
  const step = by => {
    if (!gate.answers.length) return
    const next = active === null ? (by > 0 ? 0 : gate.answers.length - 1) : (active + by + gate.answers.length) % gate.answers.length
    goTo(next)
  }
  useKeys([
    { keys: 'Ctrl+.', words: t('draft.keys.next'), run: () => step(1) },
    { keys: 'Ctrl+,', words: t('draft.keys.previous'), run: () => step(-1) }
  ])
  useEffect(() => { if (work.text !== null) editor.current?.focus() }, [work.text !== null])
  return html`
    <div class="view-head draft-head"><div><p class="kicker"><a href=${to('drafts')}>${t('nav.drafts')}</a> / ${name}</p><h1>${titleOf(text) || name}</h1></div>
      <div class="row-of"><${WorkState} work=${work} />
        <button type="button" class="primary" disabled=${!may} onClick=${() => setPublishing(true)}>${t(article ? 'publish.again' : 'publish.title')}</button></div></div>
    <${Foreign} work=${work} />
    <${Problem} error=${work.state === 'failed' ? work.error : null} />
    <div class="draft-columns">
      <${Claims} onCite=${citation => editor.current.cite(citation)} cited=${cited} />
      <div class="draft-text">
        ${article && html`<${Field} label=${t('publish.correction')} hint=${t('publish.correction.hint')} rows="2" class="draft-correction" value=${correction.text ?? ''} onInput=${e => correction.put(e.target.value)} />`}
        ${work.text === null ? html`<${Waiting} on=${true} />` : html`
        <${Editor} text=${text} onText=${work.put} stretches=${stretches} active=${active} onCaret=${onCaret} handle=${editor} language=${language} label=${t('draft.text')} describedBy="draft-hint" />
        <p class="hint" id="draft-hint">${t('draft.hint')}</p>`}
      </div>
      <section class="draft-gate" aria-label=${t('gate.title')}>
        <div class="tabs" role="tablist" aria-label=${t('gate.title')} onKeyDown=${e => {
            if (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight') return
            const next = PANES[(PANES.indexOf(pane) + 1) % 2]
            setPane(next)
            document.getElementById(`tab-${next}`)?.focus()
          }}>
          ${PANES.map(p => html`<button type="button" role="tab" id=${`tab-${p}`} aria-selected=${String(pane === p)} aria-controls="draft-pane" tabindex=${pane === p ? 0 : -1}
            onClick=${() => setPane(p)}>${t('draft.pane.' + p)}${p === 'refusals' && refused > 0 ? html` <span class="count">${refused}</span>` : ''}</button>`)}
        </div>
        <div class="gate-waiting"><${Waiting} on=${gate.slow} label=${t('gate.busy')} /></div>
        <div role="tabpanel" id="draft-pane" aria-labelledby=${`tab-${pane}`} tabindex="0">
          ${pane === 'refusals' ? html`<${Refusals} gate=${gate} active=${active} onGo=${goTo} />`
            : gate.preview ? html`<iframe class="preview" sandbox="" title=${t('draft.preview')} srcdoc=${gate.preview}></iframe>`
            : html`<p class="quiet none">${t('draft.preview.none')}</p>`}
        </div>
      </section>
    </div>
    ${publishing && html`<${Publish} name=${name} text=${text} correction=${corrected} keep=${work.keep} done=${correction.finish} onClose=${() => setPublishing(false)} />`}`
}
