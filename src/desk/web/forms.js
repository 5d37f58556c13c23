// Small forms that make one entry, or a few that belong together: a claim, a statement, a question put, a voice, terms. What
// is typed is kept in the case until it is taken; its faults are told as it is typed; what was taken can be undone.
import { html, useEffect, useRef, useState } from './vendor/preact-htm.js'
import { moved, newId, take, useCheck, voicesNamed } from './changes.js'
import { Foreign, WorkState, useKept } from './keptwork.js'
import { Basis, basisReady } from './marking.js'
import { asPick, declared, recordsOrNew, voicesOrNew } from './naming.js'
import * as notation from './notation.js'
import { TERMS } from './parts.js'
import { go, to } from './routes.js'
import { Combobox, Dialog, Faults, Field, Picks, Problem, Waiting } from './ui.js'
import { useKeys } from './keys.js'
import { t, today } from './words.js'

const keptName = (...parts) => parts.join('.').slice(0, 64)

// A form in a dialog. `compose(values)` promises {text, …}, or null while something is missing that `missing(values)` names;
// `done(values, composed)` is what is said when it was taken, `then(composed)` what comes after.
function EntryForm ({ title, name, plain, compose, missing, done, then, submit, onClose, children }) {
  const [values, change, work] = useKept(name, plain)
  const [composed, setComposed] = useState(null)
  const [problem, setProblem] = useState(null)
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const state = JSON.stringify(values)
  const lacks = values ? missing(values) : ''
  useEffect(() => {
    let gone = false
    if (!values || lacks) { setComposed(null); return }
    const timer = setTimeout(() => compose(values).then(c => !gone && setComposed(c), () => {}), 150)
    return () => { gone = true; clearTimeout(timer) }
  }, [state, lacks])
  const check = useCheck(composed?.text ?? null)
  async function save (event) {
    event?.preventDefault()
    setTried(true)
    if (lacks || busy) return
    setBusy(true)
    setProblem(null)
    try {
      const ready = await compose(values)
      await take(ready.text, done(values, ready))
      await work.finish()
      onClose()
      then?.(ready)
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  useKeys([{ keys: 'Ctrl+Enter', words: submit, run: save, modal: true }])
  const form = useRef(null)
  useEffect(() => form.current?.querySelector('input, textarea, select')?.focus(), [!values])
  const moves = moved(check.changes)
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <${Waiting} on=${busy} />
    ${values && html`<form class="form" ref=${form} onSubmit=${save} novalidate>
      ${children(values, change, tried ? lacks : '')}
      ${tried && lacks && html`<p class="error" role="alert">${t(lacks)}</p>`}
      <div class="form-says" aria-live="polite">
        ${check.faults.length > 0 && html`<${Faults} faults=${check.faults} />`}
        ${moves.length > 0 && html`<p class="moves">${moves.join(' ')}</p>`}
      </div>
      ${composed && html`<details class="notation"><summary>${t('form.notation')}</summary><pre>${composed.text}</pre></details>`}
      <${Problem} error=${problem} />
      <${Foreign} work=${work} />
      <div class="form-end"><button type="submit" class="primary" disabled=${busy}>${submit}</button>
        <button type="button" onClick=${onClose}>${t('close')}</button>
        ${state !== JSON.stringify(plain) && html`<button type="button" class="link" onClick=${() => work.finish().then(onClose)}>${t('form.discard')}</button>`}
        <${WorkState} work=${work} /></div>
    </form>`}
  </${Dialog}>`
}

const typed = change => field => event => change({ [field]: event.target.value })
const More = ({ open, children }) => html`<details class="more" open=${open}><summary>${t('form.more')}</summary><div class="form">${children}</div></details>`

// ---- a claim ----

const claimFields = (v, change, set) => html`
  <${Field} label=${t('claim.sentence')} hint=${t('claim.sentence.hint')} rows="2" value=${v.sentence} onInput=${set('sentence')} required=${true} />
  <${Picks} label=${t('claim.accuses')} hint=${t('claim.accuses.hint')} picked=${v.accuses} source=${voicesOrNew} onChange=${accuses => change({ accuses })} />
  <${More} open=${!!(v.on || v.place || v.count || v.note)}>
    <div class="form-pair"><${Field} label=${t('claim.on')} hint=${t('date.hint')} value=${v.on} onInput=${set('on')} />
      <${Field} label=${t('claim.place')} value=${v.place} onInput=${set('place')} />
      <${Field} label=${t('claim.count')} hint=${t('claim.count.hint')} value=${v.count} onInput=${set('count')} /></div>
    <${Field} label=${t('note')} rows="2" value=${v.note} onInput=${set('note')} />
  </${More}>`
async function composeClaim (v, id) {
  const names = await declared(v.accuses.map(a => ['voice', a]))
  const own = id ?? await newId('claim', v.sentence)
  return { id: own, text: names.text + notation.claim({ ...v, id: own, accuses: v.accuses.map(a => names.id('voice', a)), amends: !!id }) }
}
const claimLacks = v => v.sentence.trim() ? '' : 'claim.lacks'

export const NewClaim = ({ onClose }) => html`<${EntryForm} title=${t('claim.new')} name="form.claim" submit=${t('claim.add')} onClose=${onClose}
  plain=${{ sentence: '', accuses: [], on: '', place: '', count: '', note: '' }} missing=${claimLacks} compose=${v => composeClaim(v)}
  done=${() => t('claim.added')} then=${c => go(to('claim', c.id))}>${(v, change) => claimFields(v, change, typed(change))}</${EntryForm}>`

export const AmendClaim = ({ claim, onClose }) => html`<${EntryForm} title=${t('claim.amend')} name=${keptName('form.amend', claim.id)} submit=${t('save')} onClose=${onClose}
  plain=${{ sentence: claim.sentence, accuses: (claim.accuses ?? []).map(asPick).filter(Boolean), on: claim.on ?? '', place: claim.place ?? '', count: claim.count ?? '', note: claim.note ?? '' }}
  missing=${claimLacks} compose=${v => composeClaim(v, claim.id)} done=${() => t('claim.amended')}>${(v, change) => claimFields(v, change, typed(change))}</${EntryForm}>`

// ---- a statement about a claim ----

export const NewStatement = ({ claim, verb, voice, onClose }) => {
  const lacks = v => !v.voice ? 'statement.lacks.voice' : !basisReady(v.basis) ? 'statement.lacks.basis' : ''
  const compose = async v => {
    const names = await declared([['voice', v.voice], ...v.basis.chain.map(c => ['voice', c]), ['record', v.basis.paper], ['record', v.record]])
    return { text: names.text + notation.statement({ ...v, claim: claim.id, voice: names.id('voice', v.voice), chain: v.basis.chain.map(c => names.id('voice', c)),
      ground: v.basis.ground, paper: names.id('record', v.basis.paper), record: names.id('record', v.record) }) }
  }
  const plain = { verb, voice: voice ?? null, basis: { chain: [], ground: 'unstated', paper: null }, words: '', record: null, locator: '', on: '', inPart: false, note: '' }
  return html`<${EntryForm} title=${t(verb === 'deny' ? 'statement.deny' : 'statement.add')} name=${keptName(`form.${verb}`, claim.id)} submit=${t('statement.save')}
    onClose=${onClose} plain=${plain} missing=${lacks} compose=${compose} done=${() => t('statement.added')}>${(v, change) => {
    const set = typed(change)
    return html`
      <p class="reading form-about">${claim.sentence}</p>
      <${Combobox} label=${t('statement.voice.' + verb)} value=${v.voice?.label ?? ''} source=${voicesOrNew} onPick=${picked => change({ voice: picked })} />
      <div class="field"><span class="kicker">${t('statement.basis')}</span><${Basis} voice=${v.voice} value=${v.basis} onChange=${basis => change({ basis })} /></div>
      <${Field} label=${t('statement.words')} hint=${t('statement.words.hint')} rows="2" value=${v.words} onInput=${set('words')} />
      <div class="form-pair"><${Combobox} label=${t('statement.record')} value=${v.record?.label ?? ''} source=${recordsOrNew} onPick=${record => change({ record })}
          onText=${text => !text.trim() && change({ record: null, locator: '' })} />
        <${Field} label=${t('statement.locator')} hint=${t('statement.locator.hint')} value=${v.locator} disabled=${!v.record} onInput=${set('locator')} /></div>
      <${More} open=${!!(v.on || v.inPart || v.note)}>
        <${Field} label=${t('statement.on')} hint=${t('date.hint')} value=${v.on} onInput=${set('on')} />
        <label class="check"><input type="checkbox" checked=${v.inPart} onChange=${e => change({ inPart: e.target.checked })} /> ${t('statement.part.choose')}</label>
        <${Field} label=${t('note')} rows="2" value=${v.note} onInput=${set('note')} />
      </${More}>`
  }}</${EntryForm}>`
}

// ---- a question put ----

const inTwoWeeks = () => new Date(Date.now() + 14 * 86400e3).toISOString().slice(0, 10)
// `claims`: which may be asked about, [{id, sentence}…]; one question for each that stays chosen.
export const PutQuestion = ({ voice, claims, onClose }) => {
  const plain = { voice: voice ? asPick(voice) : null, claims: claims.map(c => c.id), on: today(), by: inTwoWeeks(), record: null }
  const compose = async v => {
    const names = await declared([['voice', v.voice], ['record', v.record]])
    return { text: names.text + claims.filter(c => v.claims.includes(c.id)).map(c =>
      notation.ask({ voice: names.id('voice', v.voice), claim: c.id, on: v.on, by: v.by, record: names.id('record', v.record) })).join('') }
  }
  const lacks = v => !v.voice ? 'ask.lacks.voice' : !v.claims.length ? 'ask.lacks.claim' : ''
  return html`<${EntryForm} title=${t('ask.put')} name=${keptName('form.ask', voice?.id ?? '_', claims[0]?.id ?? '')} submit=${t('ask.save')} onClose=${onClose}
    plain=${plain} missing=${lacks} compose=${compose} done=${v => t('ask.done', { n: v.claims.length })}>${(v, change) => {
    const set = typed(change)
    return html`
      <${Combobox} label=${t('ask.voice')} value=${v.voice?.label ?? ''} source=${voicesNamed} onPick=${picked => change({ voice: picked })} />
      <fieldset class="ask-claims"><legend>${t('ask.claims')}</legend>${claims.map(c => html`<label class="check"><input type="checkbox" checked=${v.claims.includes(c.id)}
        onChange=${e => change({ claims: e.target.checked ? [...v.claims, c.id] : v.claims.filter(id => id !== c.id) })} /> <span class="reading">${c.sentence}</span></label>`)}</fieldset>
      <div class="form-pair"><${Field} label=${t('ask.on')} value=${v.on} onInput=${set('on')} /><${Field} label=${t('ask.by')} value=${v.by} onInput=${set('by')} /></div>
      <${Combobox} label=${t('ask.record')} hint=${t('ask.record.hint')} value=${v.record?.label ?? ''} source=${recordsOrNew} onPick=${record => change({ record })} />`
  }}</${EntryForm}>`
}

// ---- a voice, and what it was promised ----

const termOptions = () => TERMS.map(term => [term, t('term.' + term)])
function TermFields ({ v, change }) {
  const set = typed(change)
  return html`
    <${Field} label=${t('terms.term')} options=${termOptions()} value=${v.term} onChange=${set('term')} hint=${t(`term.${v.term}.means`)} />
    <div class="form-pair"><${Field} label=${t('terms.on')} value=${v.termOn} onInput=${set('termOn')} /><${Field} label=${t('terms.until')} hint=${t('terms.until.hint')} value=${v.until} onInput=${set('until')} /></div>
    <div class="form-pair"><${Combobox} label=${t('terms.record')} hint=${t('terms.record.hint')} value=${v.record?.label ?? ''} source=${recordsOrNew} onPick=${record => change({ record })} />
      <${Field} label=${t('statement.locator')} value=${v.locator} disabled=${!v.record} onInput=${set('locator')} /></div>
    <${Field} label=${t('terms.words')} hint=${t('terms.words.hint')} value=${v.words} disabled=${!v.record} onInput=${set('words')} />
    <${Field} label=${t('terms.as')} hint=${t('terms.as.hint')} value=${v.as} onInput=${set('as')} />`
}
const plainTerms = () => ({ term: 'off-record', termOn: today(), until: '', record: null, locator: '', words: '', as: '' })
const composeTerms = (id, v, names) => notation.terms({ voice: id, term: v.term, on: v.termOn, until: v.until, as: v.as,
  record: names.id('record', v.record), locator: v.locator, words: v.words })

export const NewTerms = ({ voice, onClose }) => html`<${EntryForm} title=${t('terms.add')} name=${keptName('form.terms', voice.id)} submit=${t('save')} onClose=${onClose}
  plain=${plainTerms()} missing=${() => ''} done=${() => t('terms.added')}
  compose=${async v => { const names = await declared([['record', v.record]]); return { text: names.text + composeTerms(voice.id, v, names) } }}>
  ${(v, change) => html`<p class="reading form-about">${voice.name}</p><${TermFields} v=${v} change=${change} />`}</${EntryForm}>`

export const NewVoice = ({ onClose }) => html`<${EntryForm} title=${t('voice.new')} name="form.voice" submit=${t('voice.add')} onClose=${onClose}
  plain=${{ name: '', of: [], knownAs: '', contact: '', promised: true, ...plainTerms() }} missing=${v => v.name.trim() ? '' : 'voice.lacks'} done=${() => t('voice.added')}
  then=${c => go(to('voice', c.id))}
  compose=${async v => {
    const names = await declared([...v.of.map(o => ['voice', o]), ['record', v.promised ? v.record : null]])
    const id = await newId('voice', v.name)
    return { id, text: names.text + notation.voice({ id, name: v.name, of: v.of.map(o => names.id('voice', o)), knownAs: v.knownAs.split('\n').filter(n => n.trim()), contact: v.contact }) +
      (v.promised ? composeTerms(id, v, names) : '') }
  }}>${(v, change) => {
  const set = typed(change)
  return html`
    <${Field} label=${t('voice.name')} hint=${t('voice.name.hint')} value=${v.name} onInput=${set('name')} />
    <${Picks} label=${t('voice.of')} hint=${t('voice.of.hint')} picked=${v.of} source=${voicesOrNew} onChange=${of => change({ of })} />
    <div class="form-pair"><${Field} label=${t('voice.known')} hint=${t('voice.known.hint')} rows="2" value=${v.knownAs} onInput=${set('knownAs')} />
      <${Field} label=${t('voice.contact')} hint=${t('voice.contact.hint')} rows="2" value=${v.contact} onInput=${set('contact')} /></div>
    <label class="check"><input type="checkbox" checked=${v.promised} onChange=${e => change({ promised: e.target.checked })} /> ${t('voice.promised')}</label>
    ${v.promised && html`<${TermFields} v=${v} change=${change} />`}`
}}</${EntryForm}>`
