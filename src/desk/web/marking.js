// Making a statement of a stretch of a record: voice, claim, basis, each found as one types. What is likely stands there
// already (whoever the record is from, the claim that was last used), so that three strokes of Enter are enough.
import { html, useEffect, useRef, useState } from './vendor/preact-htm.js'
import { moved, take, useCheck } from './changes.js'
import { asPick, claimsOrNew, declared, recordsOrNew, voicesOrNew } from './naming.js'
import { statement } from './notation.js'
import { Combobox, Faults, Problem, useId } from './ui.js'
import { t } from './words.js'

export const GROUNDS = ['saw', 'did', 'inspected', 'read', 'unstated']
const needsPaper = ground => ground === 'inspected' || ground === 'read'

// What was used last in this window: the claim of the case, and how each record's voice knows.
const last = { claim: null, basis: new Map() }
/** Nothing of a case stays here when it is locked. */
export function forgetLast () {
  last.claim = null
  last.basis.clear()
}

/** Claims by their words; what was used last stands first before anything is typed. */
async function claimsLastFirst (q, signal) {
  const found = await claimsOrNew(q, signal)
  return !q.trim() && last.claim ? [last.claim, ...found.filter(c => c.id !== last.claim.id)] : found
}

const Told = ({ voice, at, onPick, onRemove, focus }) => html`<li class="told">
  <${Combobox} label=${t('mark.told-by', { n: at + 1 })} hideLabel=${true} placeholder=${t('mark.voice.hint')} value=${voice?.label ?? ''} source=${voicesOrNew}
    autoFocus=${focus} onPick=${onPick} />
  <button type="button" class="icon" aria-label=${t('mark.told.remove')} onClick=${onRemove}>×</button></li>`

/** The basis as a sentence: was told by … · was told by … · who took part. `value`: {chain: [{id, label}], ground, paper}. */
export function Basis ({ voice, value, onChange, onKeyDown, groundRef }) {
  const { chain, ground, paper } = value
  const name = useId('g')
  const set = change => onChange({ ...value, ...change })
  return html`<div class="basis" role="group" aria-label=${t('mark.basis')}>
    <span class="basis-start">${voice?.label || t('mark.voice.somebody')}</span>
    ${chain.length > 0 && html`<ol class="chain">${chain.map((told, i) => html`
      <span class="basis-word">${t(i ? 'mark.who.told' : 'mark.was.told')}</span>
      <${Told} key=${i} voice=${told} at=${i} focus=${!told} onPick=${v => set({ chain: chain.map((c, j) => j === i ? v : c) })}
        onRemove=${() => set({ chain: chain.filter((_, j) => j !== i) })} />`)}</ol>`}
    <button type="button" class="add" onClick=${() => set({ chain: [...chain, null] })}>${t(chain.length ? 'mark.told.more' : 'mark.told.add')}</button>
    <fieldset class="segments" onKeyDown=${onKeyDown}><legend class="hidden">${t('mark.ground')}</legend>
      ${GROUNDS.map(g => html`<label key=${g}><input type="radio" name=${name} value=${g} checked=${ground === g} ref=${ground === g ? groundRef : null}
        onChange=${() => set({ ground: g })} /><span>${t(chain.length ? `ground.who.${g}` : `ground.${g}`)}</span></label>`)}</fieldset>
    ${needsPaper(ground) && html`<${Combobox} label=${t('mark.paper')} hideLabel=${true} placeholder=${t('mark.paper')} value=${paper?.label ?? ''} source=${recordsOrNew}
      onPick=${r => set({ paper: r })} />`}
  </div>`
}
export const basisReady = ({ chain, ground, paper }) => chain.every(Boolean) && (!needsPaper(ground) || !!paper)

/** The entries of what is chosen: who and what is new, and the statement. {text, claim: its id, voice: its id} */
async function composed ({ verb, voice, claim, basis, inPart, record, place }) {
  const { id, text } = await declared([['voice', voice], ...basis.chain.map(v => ['voice', v]), ['claim', claim], ['record', basis.paper]])
  const said = statement({
    verb, voice: id('voice', voice), claim: id('claim', claim), chain: basis.chain.map(v => id('voice', v)), ground: basis.ground,
    paper: id('record', basis.paper), inPart, record: record.id, locator: place.locator, words: place.words })
  return { text: text + said, claim: id('claim', claim), voice: id('voice', voice) }
}

/**
 * The bar. `place`: {locator, words, shown}; `record`: as /api/record answers. `onDone(taken)` when the statement is in the
 * case, `onClose()` when it is given up. The focus goes to the claim.
 */
export function Marking ({ record, place, onDone, onClose }) {
  const source = record.from ?? record.by ?? null
  const remembered = last.basis.get(record.id)
  const [voice, setVoice] = useState(remembered?.voice ?? asPick(source))
  const [claim, setClaim] = useState(last.claim)
  const [basis, setBasis] = useState(remembered?.basis ?? { chain: [], ground: 'unstated', paper: null })
  const [verb, setVerb] = useState('say')
  const [inPart, setInPart] = useState(false)
  const [error, setError] = useState(null)
  const [busy, setBusy] = useState(false)
  const [text, setText] = useState(null)
  const voiceInput = useRef(null)
  const claimInput = useRef(null)
  const ground = useRef(null)
  const ready = voice && claim && basisReady(basis)
  const given = { verb, voice, claim, basis, inPart, record, place }

  useEffect(() => { (voice ? claimInput : voiceInput).current?.focus() }, [place.locator])
  useEffect(() => {
    let gone = false
    if (!ready) setText(null)
    else composed(given).then(c => { if (!gone) setText(c.text) }, () => {})
    return () => { gone = true }
  }, [verb, voice, claim, basis, inPart, place.locator, place.words])
  const check = useCheck(text)

  async function keep () {
    if (!ready || busy) {
      if (!voice) voiceInput.current?.focus()
      else if (!claim) claimInput.current?.focus()
      return
    }
    setBusy(true)
    setError(null)
    try {
      const made = await composed(given)
      const taken = await take(made.text, t(verb === 'say' ? 'mark.done' : 'mark.done.deny', { voice: voice.label, claim: claim.label }))
      last.claim = { id: made.claim, label: claim.label }
      last.basis.set(record.id, { voice: { id: made.voice, label: voice.label }, basis: basis.chain.some(v => v.fresh) || basis.paper?.fresh ? null : basis })
      onDone(taken)
    } catch (refused) {
      setError(refused)
      setBusy(false)
    }
  }
  const enter = event => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    keep()
  }
  const onwards = (value, next) => event => {
    if (event.key === 'Enter' && value) {
      event.preventDefault()
      next()
    }
  }
  const keys = event => {
    if (event.key === 'Escape' && !event.defaultPrevented) { event.preventDefault(); onClose() }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.stopPropagation(); keep() }
  }
  const toGround = () => requestAnimationFrame(() => ground.current?.focus())
  return html`<form class="marking" aria-label=${t('mark.title')} onSubmit=${e => { e.preventDefault(); keep() }} onKeyDown=${keys}>
    <div class="marking-head">
      <q class="marking-words">${place.words || t('mark.no.words')}</q>
      <span class="quiet marking-place">${place.shown || place.locator}</span>
      <button type="button" class="icon" aria-label=${t('close')} onClick=${onClose}>×</button>
    </div>
    <div class="marking-row">
      <${Combobox} label=${t('mark.voice')} value=${voice?.label ?? ''} source=${voicesOrNew} inputRef=${voiceInput} class="marking-voice"
        onPick=${v => { setVoice(v); claimInput.current?.focus() }} onKeyDown=${onwards(voice, () => claimInput.current?.focus())} />
      <fieldset class="segments marking-verb"><legend class="hidden">${t('mark.verb')}</legend>
        ${['say', 'deny'].map(v => html`<label key=${v}><input type="radio" name="marking-verb" value=${v} checked=${verb === v} onChange=${() => setVerb(v)} /><span>${t('mark.verb.' + v)}</span></label>`)}</fieldset>
      <${Combobox} label=${t('mark.claim')} value=${claim?.label ?? ''} placeholder=${t('mark.claim.hint')} source=${claimsLastFirst} inputRef=${claimInput}
        class="marking-claim"
        onPick=${c => { setClaim(c); toGround() }} onKeyDown=${onwards(claim, toGround)} />
    </div>
    <div class="marking-row">
      <${Basis} voice=${voice} value=${basis} onChange=${setBasis} groundRef=${ground} onKeyDown=${enter} />
      <label class="check"><input type="checkbox" checked=${inPart} onChange=${e => setInPart(e.target.checked)} /> ${t('mark.in-part')}</label>
      <button type="submit" class="primary" disabled=${busy || !ready}>${t('mark.keep')} <kbd>↵</kbd></button>
    </div>
    <${Problem} error=${error} />
    ${!error && check.faults.length > 0 && html`<${Faults} faults=${check.faults} />`}
    <p class="quiet marking-moves" aria-live="polite">${[claim?.fresh && t('mark.claim.fresh'), ...moved(check.changes)].filter(Boolean).join(' ')}</p>
  </form>`
}
