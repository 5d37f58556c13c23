// The field in which a draft is written: what the gate refuses is underlined where it stands, and citations are completed as
// they are typed. It is a plain text field with the same text drawn behind it, so that typing, selecting, undoing and
// reading aloud are the browser's own.
import { html, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from './vendor/preact-htm.js'
import { get } from './api.js'
import { claimsNamed, recordsNamed } from './changes.js'
import { beingCited, placeFor, stretchOf } from './citing.js'
import { useId } from './ui.js'
import { t } from './words.js'

/** The draft cut at the ends of all underlined stretches: [{from, to, answers}]. */
function piecesOf (text, stretches) {
  const cuts = new Set([0, text.length])
  for (const { from, to } of stretches) cuts.add(from).add(to)
  const ends = [...cuts].sort((a, b) => a - b)
  return ends.slice(0, -1).map((from, i) => ({ from, to: ends[i + 1], over: stretches.filter(s => s.from <= from && from < s.to) }))
}

/** The stretches that the gate's answers are about, as long as their words still stand there. */
export function stretchesOf (text, answers, judged, language) {
  if (judged === null) return []
  return answers.flatMap((answer, i) => {
    if (!answer.line) return []
    const [from, to] = stretchOf(judged, answer, language)
    // What was typed since moved it: found again by its words.
    const words = judged.slice(from, to)
    const at = text.slice(from, to) === words ? from : text.indexOf(words)
    return at < 0 || !words ? [] : [{ from: at, to: at + words.length, answer: i, kind: answer.kind }]
  })
}

const bestVoices = async (claim, typed) => {
  const c = await get('claim', { id: claim })
  const seen = new Map()
  for (const s of [...c.for ?? [], ...c.against ?? []]) if (s.voice && !s.voice.id.startsWith('record:')) seen.set(s.voice.id, { id: s.voice.id, label: s.voice.name, sub: t(s.verb === 'deny' ? 'draft.denies' : 'draft.says') })
  return [...seen.values()].filter(v => `${v.id} ${v.label}`.toLowerCase().includes(typed.toLowerCase()))
}
async function choicesFor ({ kind, claim, typed }, signal) {
  if (kind === 'voice') return bestVoices(claim, typed)
  if (kind === 'record') return recordsNamed(typed, signal)
  const found = await claimsNamed(typed, signal)
  return typed && !'desk'.startsWith(typed) ? found : [...found, { id: 'desk', label: t('draft.desk') }]
}

// What is completed at the caret: {cited, items, mark}, null while nothing is.
function useCompletion (field, onText) {
  const [state, set] = useState(null)
  const asked = useRef(null)
  const close = () => { asked.current?.abort(); set(null) }
  async function look () {
    const f = field.current
    const cited = f.selectionStart === f.selectionEnd ? beingCited(f.value, f.selectionStart) : null
    asked.current?.abort()
    if (!cited) return set(null)
    const control = asked.current = new AbortController()
    const items = await choicesFor(cited, control.signal).catch(() => [])
    if (!control.signal.aborted && document.activeElement === f) set(items.length ? { cited, items, mark: 0, at: f.selectionStart } : null)
  }
  function pick (item) {
    const f = field.current
    const { cited } = state
    const end = cited.kind === 'record' ? ')' : ']'
    const closes = f.value[f.selectionStart] === end
    f.focus()
    f.setRangeText(item.id + (closes ? '' : end), cited.from, f.selectionStart, 'end')
    if (closes) f.selectionStart = f.selectionEnd = f.selectionEnd + 1
    close()
    onText(f.value)
  }
  const move = by => set(s => ({ ...s, mark: (s.mark + by + s.items.length) % s.items.length }))
  return { state, look, pick, close, move }
}

/**
 * `text`, `onText(text)`; `stretches` of stretchesOf(), `active` the answer looked at, `onStretch(answer)`; `handle.current`
 * is given cite(citation), goTo(from, to), focus().
 */
export function Editor ({ text, onText, stretches, active, onCaret, handle, language, disabled, label, describedBy }) {
  const field = useRef(null)
  const behind = useRef(null)
  const id = useId('e')
  const completion = useCompletion(field, onText)
  const [popAt, setPopAt] = useState(null)
  const pieces = useMemo(() => piecesOf(text, stretches), [text, stretches])
  const { state } = completion

  useImperativeHandle(handle, () => ({
    focus: () => field.current.focus(),
    cite: citation => {
      const f = field.current
      const { at, insert } = placeFor(f.value, f.selectionEnd, citation)
      f.focus()
      f.setRangeText(insert, at, at, 'end')
      onText(f.value)
    },
    goTo: (from, to) => {
      const f = field.current
      f.focus({ preventScroll: true })
      f.setSelectionRange(from, to)
      behind.current.querySelector(`[data-at="${from}"]`)?.scrollIntoView({ block: 'center' }) // a field does not scroll to what is selected in it
    }
  }))
  useLayoutEffect(() => { // the field is as tall as its text: the page scrolls, not the field
    const f = field.current
    f.style.height = `${behind.current.offsetHeight}px`
  })
  useLayoutEffect(() => {
    if (!state) return setPopAt(null)
    const at = behind.current.querySelector('.editor-caret')
    if (at) setPopAt({ left: Math.max(0, Math.min(at.offsetLeft, behind.current.clientWidth - 300)), top: at.offsetTop + at.offsetHeight })
  }, [state, text])
  useEffect(() => { if (state) document.getElementById(`${id}-${state.mark}`)?.scrollIntoView({ block: 'nearest' }) }, [state?.mark])

  const keys = event => {
    if (!state || event.isComposing) return
    const act = { ArrowDown: () => completion.move(1), ArrowUp: () => completion.move(-1), Enter: () => completion.pick(state.items[state.mark]),
      Tab: () => completion.pick(state.items[state.mark]), Escape: completion.close }[event.key]
    if (!act || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  const caret = () => onCaret?.(field.current.selectionStart)
  const drawn = pieces.flatMap(piece => {
    const words = text.slice(piece.from, piece.to)
    const inside = state && state.cited.from >= piece.from && state.cited.from < piece.to + 1
    const parts = inside ? [text.slice(piece.from, state.cited.from), html`<span class="editor-caret"></span>`, text.slice(state.cited.from, piece.to)] : [words]
    if (!piece.over.length) return parts
    const refused = piece.over.some(s => s.kind === 'refused')
    const isActive = piece.over.some(s => s.answer === active)
    return [html`<span data-at=${piece.from} class=${`${refused ? 'editor-refused' : 'editor-warned'} ${isActive ? 'editor-active' : ''}`}>${parts}</span>`]
  })
  return html`<div class="editor">
    <div class="editor-behind" ref=${behind} aria-hidden="true" lang=${language}>${drawn}${'\n\u200b'}</div>
    <textarea ref=${field} class="editor-field" lang=${language} spellcheck=${true} aria-label=${label} aria-describedby=${describedBy} disabled=${disabled} value=${text}
      aria-autocomplete="list" aria-controls=${state ? `${id}-list` : undefined} aria-activedescendant=${state ? `${id}-${state.mark}` : undefined}
      onInput=${e => { onText(e.target.value); completion.look() }} onKeyDown=${keys} onBlur=${completion.close}
      onKeyUp=${e => { caret(); if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(e.key)) completion.look() }} onClick=${() => { caret(); completion.look() }}></textarea>
    ${state && popAt && html`<ul class="choices editor-choices" role="listbox" id=${`${id}-list`} aria-label=${t('draft.cite')} style=${{ left: `${popAt.left}px`, top: `${popAt.top}px` }}>
      ${state.items.map((item, i) => html`<li role="option" key=${item.id} id=${`${id}-${i}`} aria-selected=${String(i === state.mark)} class=${i === state.mark ? 'marked' : ''}
        onMouseDown=${e => { e.preventDefault(); completion.pick(item) }}><span>${item.label}</span> <span class="quiet">${item.sub ? `${item.id} · ${item.sub}` : item.id}</span></li>`)}</ul>`}
  </div>`
}
