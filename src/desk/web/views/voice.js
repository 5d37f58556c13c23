// A voice: what it was promised and how that changed, what it said, what rests on it, whom it was reached through. What is
// protected about it is shown after a deliberate click, and hidden again after a moment or when the window is left.
import { html, useEffect, useState } from '../vendor/preact-htm.js'
import { post, useAnswer } from '../api.js'
import { NewTerms, PutQuestion } from '../forms.js'
import { useKeys } from '../keys.js'
import { Claim, Level, Paper, Several, Statement, Term, Voice as VoiceLink, placeWords } from '../parts.js'
import { to } from '../routes.js'
import { Answer, Problem, announceWords } from '../ui.js'
import { date, has, t } from '../words.js'
import { Question } from './claim.js'
import { Lock } from './voices.js'

export const title = ({ id }) => id
const SHOWN_FOR = 20 // seconds

function Secrets ({ id, secrets }) {
  const [strings, set] = useState(null)
  const [left, setLeft] = useState(0)
  const [problem, setProblem] = useState(null)
  const hide = () => { set(null); setLeft(0) }
  useEffect(() => {
    if (!strings) return
    const hidden = () => { hide(); announceWords(t('secrets.hidden')) }
    const until = performance.now() + SHOWN_FOR * 1000
    const timer = setInterval(() => {
      const rest = Math.ceil((until - performance.now()) / 1000)
      if (rest > 0) setLeft(rest); else hidden()
    }, 250)
    const away = () => document.visibilityState === 'hidden' && hidden()
    window.addEventListener('blur', hidden)
    document.addEventListener('visibilitychange', away)
    return () => {
      clearInterval(timer)
      window.removeEventListener('blur', hidden)
      document.removeEventListener('visibilitychange', away)
    }
  }, [strings])
  useEffect(() => hide, [id])
  const kinds = Object.entries(secrets ?? {}).filter(([, n]) => n > 0)
  if (!kinds.length) return html`<p class="quiet">${t('secrets.none')}</p>`
  const reveal = () => post('reveal', { voice: id }).then(answer => { setProblem(null); set(answer.strings); setLeft(SHOWN_FOR) }, setProblem)
  return html`<div class="secrets">
    ${strings ? html`<dl class="revealed">${strings.map(s => html`<div><dt>${t('secret.' + s.kind)}</dt><dd><bdi>${s.text}</bdi></dd></div>`)}</dl>
      <p><button type="button" onClick=${hide}>${t('secrets.hide')}</button> <span class="quiet small">${t('secrets.left', { n: left })}</span></p>`
      : html`<ul class="lines">${kinds.map(([kind, n]) => html`<li><${Lock} /> ${t('secret.' + kind)} <span class="quiet">${t('number', { n })}</span></li>`)}</ul>
      <p><button type="button" onClick=${reveal}>${t('secrets.reveal')}</button></p><p class="quiet small">${t('secrets.hint', { n: SHOWN_FOR })}</p>`}
    <${Problem} error=${problem} /></div>`
}

const Terms = ({ terms }) => html`<ol class="terms-history">${[...terms].reverse().map((p, i) => html`<li key=${p.entry} class=${i === 0 ? 'terms-now' : ''}>
  <p><${Term} term=${p.term} />${p.on && html` <span class="quiet">${t('terms.since', { on: date(p.on) })}</span>`}${p.loosens && html` <span class="tag">${t('terms.loosens')}</span>`}</p>
  ${p.words && html`<blockquote class="quote"><bdi>${p.words}</bdi></blockquote>`}
  ${p.record && html`<p class="where"><${Paper} of=${p.record} at=${p.locator} />${placeWords(p.locator) && `, ${placeWords(p.locator)}`}</p>`}
  ${p.needsPlace && html`<p class="notice small">${t('terms.needs.place')}</p>`}
  ${p.as && html`<p class="where">${t('terms.as.words', { as: p.as })}</p>`}
  ${p.until && html`<p class="where">${t('voice.until', { until: date(p.until) })}</p>`}
  ${p.only?.length > 0 && html`<p class="where">${t('terms.only')} ${p.only.map((c, j) => html`${j > 0 && ', '}<a href=${to('claim', c.id ?? c)}>${c.sentence ?? c}</a>`)}</p>`}
</li>`)}</ol>`

const Part = ({ title: words, n, none, actions, children }) => html`<section class="part"><div class="part-head"><h2>${words}${n !== undefined && html` <span class="part-n">${n}</span>`}</h2>${actions}</div>
  ${n === 0 ? html`<p class="quiet">${none}</p>` : children}</section>`
const People = ({ of, words }) => of?.length > 0 && html`<div><dt>${words}</dt><dd><${Several} of=${of} as=${VoiceLink} /></dd></div>`

function Shown ({ voice, open }) {
  return html`<article class="voice-view">
    <header class="claim-head"><p class="claim-standing"><${Term} term=${voice.term} />${has(`term.${voice.term}.means`) && html`<span class="quiet">${t(`term.${voice.term}.means`)}</span>`}</p>
      <h1><bdi>${voice.name}</bdi></h1>
      <div class="claim-under"><dl class="claim-facts">
        <${People} of=${voice.of} words=${t('voice.of')} /><${People} of=${voice.same} words=${t('voice.same')} />
        <${People} of=${voice.through} words=${t('voice.through')} /><${People} of=${voice.tells} words=${t('voice.tells')} />
        ${voice.impugned?.length > 0 && html`<div><dt>${t('voice.impugned')}</dt><dd>${voice.impugned.map((i, n) => html`${n > 0 && ' · '}<${Claim} of=${i.by} />`)}</dd></div>`}
      </dl><div class="row-of claim-acts"><button type="button" onClick=${() => open('terms')}>${t('terms.add')}</button>
        ${voice.accused?.length > 0 && html`<button type="button" onClick=${() => open('ask')}>${t('ask.put')}</button>`}
        <a class="button" href=${to('what-if', { off: voice.id })}>${t('voice.whatif')}</a></div></div>
    </header>
    <div class="claim-body">
      <div class="claim-said">
        <${Part} title=${t('voice.rests')} n=${voice.rests.length} none=${t('voice.rests.none')}><ul class="lines rests">${voice.rests.map(c => html`<li key=${c.id}><${Level} level=${c.level} />
          <span><${Claim} of=${c} />${c.alone && html` <span class="tag">${t('voice.alone')}</span>`}</span></li>`)}</ul></${Part}>
        <${Part} title=${t('voice.statements')} n=${voice.statements.length} none=${t('voice.statements.none')}><ul class="statements">${voice.statements.map(s => html`<${Statement} key=${s.entry} of=${s} claim=${true} self=${s.voice.id === voice.id} />`)}</ul></${Part}>
      </div>
      <aside class="claim-aside" aria-label=${t('voice.aside')}>
        <${Part} title=${t('voice.terms')} n=${voice.terms.length} none=${t('voice.terms.none')}><${Terms} terms=${voice.terms} /></${Part}>
        <${Part} title=${t('voice.protected')}><${Secrets} id=${voice.id} secrets=${voice.secrets} /></${Part}>
        ${voice.accused?.length > 0 && html`<${Part} title=${t('voice.accused')} n=${voice.accused.length}><ul class="lines">${voice.accused.map(c => html`<li key=${c.id}><${Claim} of=${c} /></li>`)}</ul></${Part}>`}
        ${voice.asked?.length > 0 && html`<${Part} title=${t('voice.asked')} n=${voice.asked.length}><ul class="lines">${voice.asked.map(q => html`<${Question} key=${q.entry} of=${q} />`)}</ul></${Part}>`}
      </aside>
    </div></article>`
}

export default function Voice ({ args }) {
  const answer = useAnswer('voice', { id: args.id })
  const [form, open] = useState(null)
  const voice = answer.data && { accused: [], asked: [], rests: [], statements: [], terms: [], ...answer.data }
  useKeys([{ keys: 'e', words: t('terms.add'), run: () => voice && open('terms') }])
  // `secrets` of the answer is counts by kind.
  return html`<p class="back"><a href=${to('voices')}>${t('nav.voices')}</a></p>
    <${Answer} of=${answer}>${() => html`<${Shown} voice=${voice} open=${open} />`}</${Answer}>
    ${voice && form === 'terms' && html`<${NewTerms} voice=${voice} onClose=${() => open(null)} />`}
    ${voice && form === 'ask' && html`<${PutQuestion} voice=${voice} claims=${voice.accused} onClose=${() => open(null)} />`}`
}
