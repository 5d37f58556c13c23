// A first case, step by step: what a voice, a claim and a statement are, each entered here, until something stands and can be
// written about. Each step shows what is there already, so it can be left and come back to.
import { html, useEffect, useState } from '../vendor/preact-htm.js'
import { useAnswer, useSession } from '../api.js'
import { take } from '../changes.js'
import { useKept } from '../keptwork.js'
import { claimsOrNew, declared, recordsOrNew, voicesOrNew } from '../naming.js'
import { ask, entry, quote, statement, terms } from '../notation.js'
import { Basis, basisReady } from '../marking.js'
import { to } from '../routes.js'
import { t, today } from '../words.js'
import { Combobox, Field, Problem } from '../ui.js'

export const title = () => t('first.title')

// A form of a step: its fields are kept, its entries are taken, and it is empty again. `compose(values)` promises a text.
function useStep (name, plain, compose, said) {
  const [values, change, work] = useKept(`form.first.${name}`, plain)
  const [error, setError] = useState(null)
  const [busy, setBusy] = useState(false)
  async function submit (event) {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await take(await compose(values), said(values))
      work.put('')
      onwards()
    } catch (refused) { setError(refused) }
    setBusy(false)
  }
  return { values: values ?? plain, change, error, submit, busy }
}

// A step that is the next one stands open; one that is done, or comes later, is opened by its line `more`.
const Step = ({ n, title, state, children, what, more, so }) => html`<li class=${`step ${state}`}>
  <div class="step-head"><span class="step-n" aria-hidden="true">${state === 'done' ? '✓' : n}</span><h2>${title}</h2>${state === 'done' && html`<span class="quiet">${t('first.done')}</span>`}</div>
  <p class="step-what">${what}</p>${so}
  ${state === 'now' || !more ? children : html`<details class="step-more"><summary>${more}</summary>${children}</details>`}</li>`

// After a step was done, to the first field of the next one that is not. Which one that is may be known already, or come with
// later answers: until a key or a pointer is used, the focus follows.
let moving = false
const stay = () => { moving = false }
const follow = () => {
  if (moving && !document.activeElement?.closest('.step.now')) {
    document.querySelector('.step.now input, .step.now textarea, .step.now button, .step.now a')?.focus()
  }
}
function onwards () {
  moving = true
  for (const used of ['keydown', 'pointerdown']) window.addEventListener(used, stay, { once: true, capture: true })
  follow()
}

function Case ({ state }) {
  const session = useSession()
  const step = useStep('case', { title: '', language: '' }, async v => entry(['case', quote(v.title.trim())], { language: v.language.trim() }), v => t('first.case.done', { title: v.title }))
  return html`<${Step} n="1" title=${t('first.case')} what=${t('first.case.what')} state=${state}>
    ${session.title ? html`<p><strong>${session.title}</strong></p>` : html`<form class="form" onSubmit=${step.submit}>
      <${Field} label=${t('first.case.title')} value=${step.values.title} onInput=${e => step.change({ title: e.target.value })} placeholder=${t('first.case.example')} />
      <${Field} label=${t('first.case.language')} hint=${t('first.case.language.hint')} value=${step.values.language} onInput=${e => step.change({ language: e.target.value })} />
      <${Problem} error=${step.error} />
      <div class="form-end"><button type="submit" class="primary" disabled=${step.busy || !step.values.title.trim()}>${t('first.next')}</button></div></form>`}
  </${Step}>`
}

function Claim ({ counts, state }) {
  const step = useStep('claim', { sentence: '', accuses: null }, async v => {
    const { text, id } = await declared([['voice', v.accuses], ['claim', { fresh: true, label: v.sentence.trim() }]])
    // The claim is the last that is declared: whom it blames goes under it.
    return text + (v.accuses ? `    accuses ${id('voice', v.accuses)}\n` : '')
  }, v => t('first.claim.done', { claim: v.sentence }))
  return html`<${Step} n="2" title=${t('first.claim')} what=${t('first.claim.what')} state=${state} more=${t(counts.claims ? 'first.claim.more' : 'first.claim.add')}
    so=${counts.claims > 0 && html`<p><a href=${to('claims')}>${t('first.claims.see', { n: counts.claims })}</a></p>`}>
    <form class="form" onSubmit=${step.submit}>
      <${Field} label=${t('first.claim.sentence')} hint=${t('first.claim.hint')} rows="2" value=${step.values.sentence} onInput=${e => step.change({ sentence: e.target.value })} />
      <${Combobox} label=${t('first.claim.accuses')} hint=${t('first.claim.accuses.hint')} value=${step.values.accuses?.label ?? ''} source=${voicesOrNew}
        onPick=${accuses => step.change({ accuses })} onText=${typed => !typed && step.change({ accuses: null })} />
      <${Problem} error=${step.error} />
      <div class="form-end"><button type="submit" class="primary" disabled=${step.busy || !step.values.sentence.trim()}>${t('first.claim.add')}</button></div></form>
  </${Step}>`
}

function Statement ({ counts, state }) {
  const plain = { voice: null, claim: null, verb: 'say', basis: { chain: [], ground: 'saw', paper: null }, record: null, words: '' }
  const step = useStep('statement', plain, async v => {
    const { text, id } = await declared([['voice', v.voice], ['claim', v.claim], ['record', v.record], ['record', v.basis.paper], ...v.basis.chain.map(c => ['voice', c])])
    return text + statement({ verb: v.verb, voice: id('voice', v.voice), claim: id('claim', v.claim), chain: v.basis.chain.map(c => id('voice', c)), ground: v.basis.ground,
      paper: id('record', v.basis.paper), record: id('record', v.record), words: v.words })
  }, v => t(v.verb === 'say' ? 'mark.done' : 'mark.done.deny', { voice: v.voice.label, claim: v.claim.label }))
  const v = step.values
  return html`<${Step} n="3" title=${t('first.statement')} what=${t('first.statement.what')} state=${state} more=${t(counts.statements ? 'first.statement.more' : 'first.statement.add')}
    so=${counts.statements > 0 && html`<p>${t('first.statements', { n: counts.statements })}</p>`}>
    <form class="form form-wide" onSubmit=${step.submit}>
      <div class="form-pair">
        <${Combobox} label=${t('mark.voice')} hint=${t('first.voice.hint')} value=${v.voice?.label ?? ''} source=${voicesOrNew} onPick=${voice => step.change({ voice })} />
        <${Combobox} label=${t('mark.claim')} value=${v.claim?.label ?? ''} source=${claimsOrNew} onPick=${claim => step.change({ claim })} />
      </div>
      <fieldset class="segments"><legend>${t('mark.verb')}</legend>${['say', 'deny'].map(verb => html`<label><input type="radio" name="first-verb" checked=${v.verb === verb}
        onChange=${() => step.change({ verb })} /><span>${t('mark.verb.' + verb)}</span></label>`)}</fieldset>
      <div class="field"><span class="field-label">${t('mark.basis')}</span><${Basis} voice=${v.voice} value=${v.basis} onChange=${basis => step.change({ basis })} /></div>
      <${Field} label=${t('first.words')} hint=${t('first.words.hint')} rows="2" value=${v.words} onInput=${e => step.change({ words: e.target.value })} />
      <${Combobox} label=${t('first.record')} hint=${t('first.record.hint')} value=${v.record?.label ?? ''} source=${recordsOrNew}
        onPick=${record => step.change({ record })} onText=${typed => !typed && step.change({ record: null })} />
      <${Problem} error=${step.error} />
      <div class="form-end"><button type="submit" class="primary" disabled=${step.busy || !v.voice || !v.claim || !basisReady(v.basis)}>${t('first.statement.add')}</button></div></form>
  </${Step}>`
}

const TERMS = ['on-record', 'unattributed', 'background', 'off-record']
function Terms ({ state }) {
  const step = useStep('terms', { voice: null, term: 'on-record', as: '' }, async v => {
    const { text, id } = await declared([['voice', v.voice]])
    return text + terms({ voice: id('voice', v.voice), term: v.term, on: today(), as: v.term === 'unattributed' ? v.as : '' })
  }, v => t('first.terms.done', { voice: v.voice.label }))
  const v = step.values
  return html`<${Step} n="4" title=${t('first.terms')} what=${t('first.terms.what')} state=${state} more=${t('first.terms.add')}>
    <form class="form" onSubmit=${step.submit}>
      <${Combobox} label=${t('mark.voice')} value=${v.voice?.label ?? ''} source=${voicesOrNew} onPick=${voice => step.change({ voice })} />
      <${Field} label=${t('first.terms.term')} value=${v.term} options=${TERMS.map(x => [x, t('term.what.' + x)])} onChange=${e => step.change({ term: e.target.value })} />
      ${v.term === 'unattributed' && html`<${Field} label=${t('first.terms.as')} hint=${t('first.terms.as.hint')} value=${v.as} onInput=${e => step.change({ as: e.target.value })} />`}
      <${Problem} error=${step.error} />
      <div class="form-end"><button type="submit" disabled=${step.busy || !v.voice}>${t('first.terms.add')}</button></div></form>
  </${Step}>`
}

function Asked ({ hearing, state }) {
  const [error, setError] = useState(null)
  const put = (voice, claim) => take(ask({ voice: voice.id, claim: claim.id, on: today() }), t('questions.put.done', { voice: voice.name })).catch(setError)
  return html`<${Step} n="5" title=${t('first.asked')} what=${t('first.asked.what')} state=${state}>
    ${hearing.flatMap(h => h.claims.map(c => html`<div class="first-ask" key=${h.voice.id + c.id}><p><strong>${h.voice.name}</strong> — ${c.sentence}</p>
      <button type="button" onClick=${() => put(h.voice, c)}>${t('first.asked.today')}</button></div>`))}
    <${Problem} error=${error} />
    <p><a href=${to('questions')}>${t('first.asked.see')}</a></p>
  </${Step}>`
}

function Write ({ state }) {
  const session = useSession()
  const claims = useAnswer('claims', { limit: 1 })
  const ready = (claims.data?.summary?.fact ?? 0) + (claims.data?.summary?.allegation ?? 0)
  return html`<${Step} n="6" title=${t('first.write')} what=${t('first.write.what')} state=${state}>
    <p>${t('first.write.ready', { n: ready })}</p>
    <p class="row-of"><a class="button primary" href=${to('drafts', { new: 1 })}>${t('drafts.new')}</a><a href=${to('claims')}>${t('first.claims.see', { n: session.counts?.claims ?? 0 })}</a></p>
  </${Step}>`
}

export default function First () {
  const session = useSession()
  const voices = useAnswer('voices', { limit: 200 })
  const next = useAnswer('next')
  const counts = { claims: 0, statements: 0, ...session.counts }
  const hearing = next.data?.hearing ?? []
  const done = [!!session.title, counts.claims > 0, counts.statements > 0, !!voices.data?.voices.some(v => v.termRecorded && v.id !== 'desk'),
    counts.claims > 0 && !!next.data && hearing.length === 0, false]
  const now = done.indexOf(false)
  useEffect(follow)
  const state = n => done[n] ? 'done' : n === now ? 'now' : 'later'
  return html`<div class="first"><div class="view-head"><div><h1>${t('first.title')}</h1><p>${t('first.what')}</p></div></div>
    <ol class="steps"><${Case} state=${state(0)} /><${Claim} counts=${counts} state=${state(1)} /><${Statement} counts=${counts} state=${state(2)} />
      <${Terms} state=${state(3)} /><${Asked} hearing=${hearing} state=${state(4)} /><${Write} state=${state(5)} /></ol></div>`
}
