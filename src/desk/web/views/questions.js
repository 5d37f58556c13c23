// Questions put: who was asked for a reply, on what, when, and what came back. Those that are overdue come first, then who is
// blamed and was never asked.
import { html, useState } from '../vendor/preact-htm.js'
import { useAnswer } from '../api.js'
import { take } from '../changes.js'
import { PutQuestion } from '../forms.js'
import { useKept } from '../keptwork.js'
import { claimsOrNew, declared, recordsOrNew, voicesOrNew } from '../naming.js'
import { ask, retract, statement } from '../notation.js'
import { Claim, Paper, Voice } from '../parts.js'
import { date, t, today } from '../words.js'
import { Answer, Combobox, Dialog, Empty, Field, Problem } from '../ui.js'

export const title = () => t('nav.questions')

const inTwoWeeks = () => new Date(Date.now() + 14 * 864e5).toISOString().slice(0, 10)

// ---- putting one ----

function AskForm ({ onClose }) {
  const [values, change, work] = useKept('form.question', { voice: null, claim: null, on: today(), by: inTwoWeeks(), record: null })
  const [error, setError] = useState(null)
  if (!values) return null
  async function save (event) {
    event.preventDefault()
    setError(null)
    try {
      const { text, id } = await declared([['voice', values.voice], ['claim', values.claim], ['record', values.record]])
      await take(text + ask({ voice: id('voice', values.voice), claim: id('claim', values.claim), on: values.on, by: values.by, record: id('record', values.record) }),
        t('questions.put.done', { voice: values.voice.label }))
      await work.finish()
      onClose()
    } catch (refused) { setError(refused) }
  }
  return html`<${Dialog} title=${t('questions.put')} onClose=${onClose}><form class="form" onSubmit=${save}>
    <p class="quiet">${t('questions.put.what')}</p>
    <${Combobox} label=${t('questions.whom')} value=${values.voice?.label ?? ''} source=${voicesOrNew} onPick=${voice => change({ voice })} />
    <${Combobox} label=${t('questions.on.what')} value=${values.claim?.label ?? ''} source=${claimsOrNew} onPick=${claim => change({ claim })} />
    <div class="form-pair">
      <${Field} label=${t('questions.asked.on')} type="date" required value=${values.on} onInput=${e => change({ on: e.target.value })} />
      <${Field} label=${t('questions.due')} type="date" value=${values.by} onInput=${e => change({ by: e.target.value })} />
    </div>
    <${Combobox} label=${t('questions.letter')} hint=${t('questions.letter.hint')} value=${values.record?.label ?? ''} source=${recordsOrNew}
      onPick=${record => change({ record })} onText=${typed => !typed && change({ record: null })} />
    <${Problem} error=${error} />
    <div class="form-end"><button type="submit" class="primary" disabled=${!values.voice || !values.claim}>${t('questions.put')}</button>
      <button type="button" onClick=${onClose}>${t('cancel')}</button></div>
  </form></${Dialog}>`
}

// ---- what came back ----

const REPLIES = ['nothing', 'deny', 'say']

// The question is said again with its answer, in place of the first; a denial or an admission is a statement of its own.
async function answered (q, v) {
  const { text, id } = await declared([['record', v.record]])
  const record = id('record', v.record) || q.record?.id
  const locator = v.record ? '' : q.locator
  const said = v.reply === 'nothing' ? '' : statement({ verb: v.reply, voice: q.voice.id, claim: q.claim.id, ground: 'unstated', record, words: v.words, on: v.answered })
  return text + retract(q.entry) + ask({ voice: q.voice.id, claim: q.claim.id, on: q.on, by: q.by, record, locator, answered: v.answered }) + said
}

function AnswerForm ({ question: q, onClose }) {
  const [v, change, work] = useKept(`form.answer.${q.entry}`, { answered: today(), reply: 'deny', words: '', record: null })
  const [error, setError] = useState(null)
  if (!v) return null
  async function save (event) {
    event.preventDefault()
    setError(null)
    try {
      await take(await answered(q, v), t('questions.answered.done', { voice: q.voice.name }), { undoable: false })
      await work.finish()
      onClose()
    } catch (refused) { setError(refused) }
  }
  return html`<${Dialog} title=${t('questions.answer')} onClose=${onClose}><form class="form" onSubmit=${save}>
    <p>${q.voice.name}: <em>${q.claim.sentence}</em></p>
    <${Field} label=${t('questions.answered.on')} type="date" required value=${v.answered} onInput=${e => change({ answered: e.target.value })} />
    <fieldset class="segments"><legend>${t('questions.reply')}</legend>${REPLIES.map(r => html`<label><input type="radio" name="reply" checked=${v.reply === r}
      onChange=${() => change({ reply: r })} /><span>${t('questions.reply.' + r)}</span></label>`)}</fieldset>
    ${v.reply !== 'nothing' && html`<${Field} label=${t('questions.words')} hint=${t('questions.words.hint')} rows="3" value=${v.words} onInput=${e => change({ words: e.target.value })} />`}
    <${Combobox} label=${t('questions.reply.record')} hint=${t('questions.reply.record.hint')} value=${v.record?.label ?? q.record?.title ?? ''} source=${recordsOrNew}
      onPick=${record => change({ record })} onText=${typed => !typed && change({ record: null })} />
    <${Problem} error=${error} />
    <div class="form-end"><button type="submit" class="primary">${t('questions.answer.keep')}</button><button type="button" onClick=${onClose}>${t('cancel')}</button></div>
  </form></${Dialog}>`
}

// ---- the list ----

const Question = ({ question: q, onAnswer }) => html`<li class=${`question question-${q.state}`}>
  <div class="question-state">${q.state === 'overdue' ? html`<strong class="overdue">${t('questions.overdue')}</strong>` : t('questions.state.' + q.state)}</div>
  <div class="question-main"><p><${Voice} of=${q.voice} /> <span class="quiet">${t('questions.was.asked')}</span></p>
    <p class="question-claim"><${Claim} of=${q.claim} /></p>
    <p class="quiet small">${[q.on && t('questions.put.on', { date: date(q.on) }), q.by && t('questions.due.on', { date: date(q.by) }), q.answered && t('questions.came.on', { date: date(q.answered) })].filter(Boolean).join(' · ')}
      ${q.record && html` · <${Paper} of=${q.record} at=${q.locator} />`}</p></div>
  <div>${q.state !== 'answered' && html`<button type="button" onClick=${() => onAnswer(q)}>${t('questions.answer')}</button>`}</div>
</li>`

function NotAsked ({ hearing, onAsk }) {
  if (!hearing?.length) return null
  return html`<section class="not-asked"><h2>${t('questions.not.asked')}</h2><p class="quiet">${t('questions.not.asked.what')}</p>
    <ul class="question-list">${hearing.map(h => html`<li class="question" key=${h.voice.id}>
      <div class="question-state">${t('questions.state.unasked')}</div>
      <div class="question-main"><p><${Voice} of=${h.voice} /></p>${h.claims.map(c => html`<p class="question-claim"><${Claim} of=${c} /></p>`)}</div>
      <div><button type="button" onClick=${() => onAsk(h)}>${t('questions.put')}</button></div>
    </li>`)}</ul></section>`
}

export default function Questions ({ query }) {
  const answer = useAnswer('questions')
  const next = useAnswer('next')
  const [form, setForm] = useState(query.new === '1')
  const [asking, setAsking] = useState(null)
  const [answering, setAnswering] = useState(null)
  const count = (list, state) => list.filter(q => q.state === state).length
  return html`
    <div class="view-head"><div><h1>${t('nav.questions')}</h1>
      ${answer.data?.questions.length > 0 && html`<p>${t('questions.count', { n: answer.data.questions.length })} ${count(answer.data.questions, 'overdue') > 0 && t('questions.count.overdue', { n: count(answer.data.questions, 'overdue') })}</p>`}</div>
      <button type="button" class="primary" onClick=${() => setForm(true)}>${t('questions.put')}</button></div>
    <${Answer} of=${answer}>${data => data.questions.length
      ? html`<ul class="question-list">${data.questions.map(q => html`<${Question} key=${q.entry} question=${q} onAnswer=${setAnswering} />`)}</ul>`
      : html`<${Empty} title=${t('questions.empty')}><p>${t('questions.empty.what')}</p></${Empty}>`}</${Answer}>
    <${NotAsked} hearing=${next.data?.hearing} onAsk=${setAsking} />
    ${form && html`<${AskForm} onClose=${() => setForm(false)} />`}
    ${asking && html`<${PutQuestion} voice=${asking.voice} claims=${asking.claims} onClose=${() => setAsking(null)} />`}
    ${answering && html`<${AnswerForm} question=${answering} onClose=${() => setAnswering(null)} />`}`
}
