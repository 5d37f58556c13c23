// What to do next: whom to ask and what that would raise, who has not been heard on what they are blamed for, what is overdue.
import { html, useState } from '../vendor/preact-htm.js'
import { useAnswer } from '../api.js'
import { NewStatement, PutQuestion } from '../forms.js'
import { Claim, Move, Several, Voice } from '../parts.js'
import { to } from '../routes.js'
import { asPick } from '../naming.js'
import { Answer, Empty } from '../ui.js'
import { date, t } from '../words.js'

export const title = () => t('nav.next')
const FEW = 4

// A list that says its first few, and all when asked.
function Few ({ of, row }) {
  const [all, show] = useState(false)
  const shown = all ? of : of.slice(0, FEW)
  return html`<ul class="next-claims">${shown.map(row)}${of.length > shown.length && html`<li key="more"><button type="button" class="link" onClick=${() => show(true)}>${t('claims.more', { n: of.length - shown.length })}</button></li>`}</ul>`
}
const Ask = ({ of, open }) => html`<li class="next-item"><div class="next-who"><h3><${Voice} of=${of.voice} /></h3>
    ${of.through?.length > 0 && html`<p class="quiet">${t('next.through')} <${Several} of=${of.through.slice(0, 3)} as=${Voice} /></p>`}</div>
  <div class="next-why"><p class="kicker">${t('next.raises', { n: of.raisesTotal ?? of.raises.length })}</p>
    <${Few} of=${of.raises} row=${r => html`<li key=${r.id}><${Move} from=${r.from} to=${r.to} /> <${Claim} of=${r} /></li>`} /></div>
  <div class="next-act"><button type="button" onClick=${() => open({ form: 'say', voice: of.voice, claims: of.raises })}>${t('next.heard')}</button></div></li>`
const Hearing = ({ of, open }) => html`<li class="next-item"><div class="next-who"><h3><${Voice} of=${of.voice} /></h3></div>
  <div class="next-why"><p class="kicker">${t('next.blamed', { n: of.claimsTotal ?? of.claims.length })}</p><${Few} of=${of.claims} row=${c => html`<li key=${c.id}><${Claim} of=${c} /></li>`} /></div>
  <div class="next-act"><button type="button" class="primary" onClick=${() => open({ form: 'ask', voice: of.voice, claims: of.claims })}>${t('ask.put')}</button></div></li>`
const Overdue = ({ of }) => html`<li class="next-item"><div class="next-who"><h3><${Voice} of=${of.voice} /></h3></div>
  <div class="next-why"><p><${Claim} of=${of.claim} /></p></div><div class="next-act"><span class="tag tag-late">${t('question.overdue')}</span> <span class="quiet">${of.by && t('question.by', { by: date(of.by) })}</span></div></li>`

const Block = ({ id, title: words, what, of, row, none }) => html`<section class="next-block" aria-labelledby=${id}><div class="part-head"><h2 id=${id}>${words} <span class="part-n">${of.length}</span></h2></div>
  <p class="quiet next-what">${what}</p>${of.length ? html`<ul class="next-list">${of.map(row)}</ul>` : html`<p class="none">${none}</p>`}</section>`

export default function Next () {
  const answer = useAnswer('next')
  const [form, open] = useState(null)
  const close = () => open(null)
  return html`<div class="view-head"><div><h1>${t('nav.next')}</h1><p>${t('next.what')}</p></div></div>
    <${Answer} of=${answer}>${data => !data.ask.length && !data.hearing.length && !data.overdue.length
      ? html`<${Empty} title=${t('next.empty')}><p>${t('next.empty.what')}</p><p><a href=${to('claims')}>${t('nowhere.mend')}</a></p></${Empty}>` : html`
      ${data.overdue.length > 0 && html`<${Block} id="overdue" title=${t('next.overdue')} what=${t('next.overdue.what')} of=${data.overdue} row=${q => html`<${Overdue} key=${q.entry} of=${q} />`} />`}
      <${Block} id="ask" title=${t('next.ask')} what=${t('next.ask.what')} of=${data.ask} none=${t('next.ask.none')} row=${a => html`<${Ask} key=${a.voice.id} of=${a} open=${open} />`} />
      <${Block} id="hearing" title=${t('next.hearing')} what=${t('next.hearing.what')} of=${data.hearing} none=${t('next.hearing.none')} row=${h => html`<${Hearing} key=${h.voice.id} of=${h} open=${open} />`} />
    `}</${Answer}>
    ${form?.form === 'ask' && html`<${PutQuestion} voice=${form.voice} claims=${form.claims} onClose=${close} />`}
    ${form?.form === 'say' && html`<${NewStatement} claim=${form.claims[0]} verb="say" voice=${asPick(form.voice)} onClose=${close} />`}`
}
