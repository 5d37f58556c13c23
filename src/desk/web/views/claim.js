// A claim: the sentence, its picture, who says so with the very words, who denies it, what it would take, and what was asked.
import { html, useState } from '../vendor/preact-htm.js'
import { useAnswer } from '../api.js'
import { AmendClaim, NewStatement, PutQuestion } from '../forms.js'
import { useKeys } from '../keys.js'
import { Claim as ClaimLink, Denial, Level, Print, Several, Statement, Voice } from '../parts.js'
import { Picture } from '../picture.js'
import { to } from '../routes.js'
import { take } from '../changes.js'
import { retract } from '../notation.js'
import { Answer, toast } from '../ui.js'
import { date, t } from '../words.js'

export const title = ({ id }) => id

async function withdraw (entry) {
  try {
    await take(retract(entry), t('statement.withdrawn'))
  } catch (error) {
    toast([error.what, error.mend].filter(Boolean).join(' '), { error: true })
  }
}
const Withdraw = ({ entry }) => html`<button type="button" class="link small" onClick=${() => withdraw(entry)}>${t('statement.withdraw')}</button>`

const Facts = ({ claim }) => html`<dl class="claim-facts">
  ${claim.accuses?.length > 0 && html`<div><dt>${t('claim.accuses')}</dt><dd><${Several} of=${claim.accuses} as=${Voice} /></dd></div>`}
  ${claim.on && html`<div><dt>${t('claim.on')}</dt><dd>${date(claim.on)}</dd></div>`}
  ${claim.place && html`<div><dt>${t('claim.place')}</dt><dd>${claim.place}</dd></div>`}
  ${claim.count && html`<div><dt>${t('claim.count')}</dt><dd>${String(claim.count).replace('..', '–')}</dd></div>`}
  ${claim.note && html`<div><dt>${t('note')}</dt><dd>${claim.note}</dd></div>`}
</dl>`

export const Question = ({ of }) => html`<li class=${`put-line put-${of.state}`}><span class="tag">${t('question.' + of.state)}</span> <${Voice} of=${of.voice} />
  <span class="quiet"> ${of.answered ? t('question.answered.on', { on: date(of.answered) }) : of.by ? t('question.by', { by: date(of.by) }) : of.on ? t('question.on', { on: date(of.on) }) : ''}</span></li>`

const Section = ({ title: words, n, children, actions }) => html`<section class="part"><div class="part-head"><h2>${words}${n !== undefined && html` <span class="part-n">${n}</span>`}</h2>${actions}</div>${children}</section>`

function Shown ({ claim, open }) {
  const says = [...claim.for, ...claim.inferences]
  const acts = s => html`<p class="acts"><${Withdraw} entry=${s.entry} /></p>`
  return html`<article class="claim">
    <header class="claim-head">
      <p class="claim-standing"><${Level} level=${claim.level} /><${Denial} denial=${claim.denial} /><${Print} print=${claim.print} />${claim.why && html`<span class="quiet">${claim.why}</span>`}</p>
      <h1><bdi>${claim.sentence}</bdi></h1>
      <div class="claim-under"><${Facts} claim=${claim} />
        <div class="row-of claim-acts">
          <button type="button" class="primary" onClick=${() => open('say')}>${t('statement.add')}</button>
          <button type="button" onClick=${() => open('deny')}>${t('statement.deny')}</button>
          <button type="button" onClick=${() => open('ask')}>${t('ask.put')}</button>
          <button type="button" onClick=${() => open('amend')}>${t('claim.amend')}</button>
        </div></div>
    </header>
    ${claim.graph?.nodes.length > 1 ? html`<${Picture} graph=${claim.graph} claim=${claim} />` : html`<p class="none">${t(says.length ? 'claim.nothing.part' : 'claim.nothing')}</p>`}
    <div class="claim-body">
      <div class="claim-said">
        <${Section} title=${t('claim.for')} n=${says.length}>${says.length ? html`<ul class="statements">${says.map(s => html`<${Statement} key=${s.entry} of=${s} acts=${acts(s)} />`)}</ul>`
          : html`<p class="quiet">${t('claim.for.none')}</p>`}</${Section}>
        <${Section} title=${t('claim.against')} n=${claim.against.length}>${claim.against.length ? html`<ul class="statements">${claim.against.map(s => html`<${Statement} key=${s.entry} of=${s} acts=${acts(s)} />`)}</ul>`
          : html`<p class="quiet">${t('claim.against.none')}</p>`}</${Section}>
        ${claim.contradicts?.length > 0 && html`<${Section} title=${t('claim.contradicts')}><ul class="lines">${claim.contradicts.map(c => html`<li key=${c.id}><${Level} level=${c.level} /> <${ClaimLink} of=${c} /></li>`)}</ul></${Section}>`}
        <${Section} title=${t('claim.questions')}>${claim.questions?.length ? html`<ul class="lines">${claim.questions.map(q => html`<${Question} key=${q.entry} of=${q} />`)}</ul>`
          : html`<p class="quiet">${t('claim.questions.none')}</p>`}</${Section}>
      </div>
      <aside class="claim-aside" aria-label=${t('claim.aside')}>
        ${claim.takes?.length > 0 && html`<${Section} title=${t('claim.takes')}><ul class="sentences">${claim.takes.map(p => html`<li key=${p}>${p}</li>`)}</ul></${Section}>`}
        <${Section} title=${t('claim.rests')}>${claim.explanation?.map((p, i) => html`<p class="reading" key=${i}>${p}</p>`)}${claim.rests?.length > 0 && html`<ul class="sentences">${claim.rests.map(p => html`<li key=${p} class=${p.endsWith(':') ? 'sentences-head' : ''}>${p}</li>`)}</ul>`}</${Section}>
        ${claim.keystones?.length > 0 && html`<p><a href=${to('what-if', { off: claim.keystones.map(k => k.id).join(',') })}>${t('claim.whatif')}</a></p>`}
      </aside>
    </div>
  </article>`
}

export default function Claim ({ args }) {
  const answer = useAnswer('claim', { id: args.id })
  const [form, open] = useState(null)
  const claim = answer.data
  useKeys([
    { keys: 's', words: t('statement.add'), run: () => claim && open('say') },
    { keys: 'd', words: t('statement.deny'), run: () => claim && open('deny') },
    { keys: 'a', words: t('ask.put'), run: () => claim && open('ask') },
    { keys: 'e', words: t('claim.amend'), run: () => claim && open('amend') }
  ])
  const close = () => open(null)
  return html`<p class="back"><a href=${to('claims')}>${t('nav.claims')}</a></p>
    <${Answer} of=${answer}>${data => html`<${Shown} claim=${data} open=${open} />`}</${Answer}>
    ${claim && (form === 'say' || form === 'deny') && html`<${NewStatement} key=${form} claim=${claim} verb=${form} onClose=${close} />`}
    ${claim && form === 'ask' && html`<${PutQuestion} voice=${claim.accuses?.[0]} claims=${[claim]} onClose=${close} />`}
    ${claim && form === 'amend' && html`<${AmendClaim} claim=${claim} onClose=${close} />`}`
}
