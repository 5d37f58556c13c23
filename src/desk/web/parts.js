// How the things of a case look wherever they stand: how well a claim stands (a shape and a word), denials, print, and links
// to claims, voices and records; a statement with its words and its place.
import { html } from './vendor/preact-htm.js'
import { to } from './routes.js'
import { date, has, t } from './words.js'

export const LEVELS = ['borne-out', 'attested', 'alleged', 'unheard']
export const PRINTS = ['fact', 'allegation', 'not-yet']
export const TERMS = ['on-record', 'unattributed', 'background', 'off-record']

// A disc, half a disc, a ring, a broken ring.
const SHAPES = {
  'borne-out': html`<circle cx="8" cy="8" r="7" class="full" />`,
  attested: html`<circle cx="8" cy="8" r="6.25" class="ring" /><path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" class="full" />`,
  alleged: html`<circle cx="8" cy="8" r="6.25" class="ring" />`,
  unheard: html`<circle cx="8" cy="8" r="6.25" class="ring broken" />`
}
export const Shape = ({ level }) => html`<svg class="shape" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">${SHAPES[level]}</svg>`
export const Level = ({ level }) => html`<span class=${`level level-${level}`} title=${t(`level.${level}.means`)}><${Shape} level=${level} />${t('level.' + level)}</span>`

// Denied: a stroke through a bar. Contested: with grounds, a filled one.
export const Denial = ({ denial }) => denial === 'none' ? null : html`<span class=${`denial denial-${denial}`} title=${t(`denial.${denial}.means`)}>
  <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true"><path d="M2.500 2.500l11 11M13.500 2.500l-11 11" /></svg>${t('denial.' + denial)}</span>`
export const Print = ({ print }) => html`<span class=${`may may-${print}`}>${t('print.' + print)}</span>`

// A record can stand for itself where a voice would: {"id": "record:r1"}.
export function Voice ({ of }) {
  if (!of) return null
  const record = of.id.startsWith('record:')
  return html`<a class="voice" href=${record ? to('record', of.id.slice(7)) : to('voice', of.id)}><bdi>${of.name || of.id}</bdi></a>`
}
export const Claim = ({ of }) => html`<a class="claim-link" href=${to('claim', of.id)}><bdi>${of.sentence}</bdi></a>`
export const Paper = ({ of, at }) => of && html`<a class="paper" href=${to('record', of.id, at ? { at } : {})}><bdi>${of.title || of.id}</bdi></a>`

// Several, with commas of the language: “a, b and c” as elements.
export const Several = ({ of, as: As }) => of.map((one, i) => html`${i > 0 && (i === of.length - 1 ? t('list.and') : t('list.comma'))}<${As} of=${one} />`)

// “12:15” as people write it, of a locator.
export const placeWords = locator => !locator ? '' : /^p\./.test(locator) ? t('place.pages', { pages: locator.slice(2).replace('-', '–') })
  : locator[0] === '@' ? '' : locator.replace('-', '–').replace(/^s\./, '§ ')

// A name inside of a sentence: “a captain of the Guard”, of “A captain of the Guard”.
export const inSentence = name => name?.replace(/^(A|An|The) (?=[^\s])/, article => article.toLowerCase())
const Told = ({ of }) => html`<${Voice} of=${{ ...of, name: inSentence(of.name) }} />`

// How the voice knows, as a sentence of links: “the lieutenant was told by a captain, who saw or heard it”.
// `self`: where the voice is known, and need not be said again.
function How ({ of, self }) {
  const who = !self && html`<${Voice} of=${of.voice} /> `
  const how = key => self && !who ? t(key).replace(/^— /, '') : t(key)
  if (of.verb === 'infer') return html`${who}${how('how.infers')} <${Several} of=${of.from} as=${Claim} />`
  const paper = of.paper && html` <${Paper} of=${of.paper} />`
  if (!of.chain.length) return html`${who}${how('how.' + of.ground)}${paper}`
  return html`${who}${of.chain.map((v, i) => html`${i > 0 && ' '}${i ? t('how.told.who') : how('how.told')} <${Told} of=${v} />`)}, ${t(`how.${of.ground}.who`)}${paper}`
}

// One statement: how they know, the very words, where they stand. `claim`: say which claim it is about; `self`: do not
// say whose it is. `acts`: more behind it.
export function Statement ({ of, claim = false, self = false, acts }) {
  return html`<li class=${`statement statement-${of.verb}`} id=${`entry-${of.entry}`}>
    ${claim && html`<p class="statement-claim">${of.verb === 'deny' && html`<span class="denial">${t('statement.denies')}</span> `}<${Claim} of=${of.claim} /></p>`}
    ${of.words && html`<blockquote class="quote"><bdi>${of.words}</bdi></blockquote>`}${of.because && html`<p class="because"><bdi>${of.because}</bdi></p>`}
    <p class=${self ? 'how how-self' : 'how'}><${How} of=${of} self=${self} />${of.inPart && html` <span class="tag">${t('statement.part')}</span>`}</p>
    ${(of.record || of.on || of.note) && html`<p class="where">${of.record && html`<${Paper} of=${of.record} at=${of.locator} />${placeWords(of.locator) && html`, ${placeWords(of.locator)}`}`}${
      of.on && html`${of.record ? ' · ' : ''}${date(of.on)}`}${of.note && html`<span class="note"> ${of.note}</span>`}</p>`}
    ${acts}
  </li>`
}

// What a change makes of a claim: from one shape to another.
export const Move = ({ from, to: after }) => html`<span class="move"><${Level} level=${from} /><span class="arrow" aria-hidden="true">→</span><span class="hidden">${t('move.to')}</span><${Level} level=${after} /></span>`

export const Term = ({ term }) => html`<span class=${`term term-${term}`} title=${has(`term.${term}.means`) ? t(`term.${term}.means`) : undefined}>${t('term.' + term)}</span>`
