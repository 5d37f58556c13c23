// Citations in a draft: what is being typed at the caret, what to put there, and where a refusal's sentence stands.
// Lines and columns count characters from 1, as the gate does; offsets count UTF-16 units from 0, as a text field does.

import { sentencesOf } from './places.js'

/** What the caret stands in: {kind: 'claim', from, typed} behind `[`, {kind: 'voice', claim, from, typed} behind `[claim `,
 *  {kind: 'record', from, typed} behind `![…](`; null elsewhere. `from` is where the typed id begins. */
export function beingCited (text, caret) {
  const before = text.slice(Math.max(0, caret - 600), caret)
  const offset = caret - before.length
  let m = /!\[[^\]\n]*\]\(([a-z0-9._-]*)$/.exec(before)
  if (m) return { kind: 'record', from: caret - m[1].length, typed: m[1] }
  m = /(^|[^\\!])\[([a-z0-9._-]*)$/i.exec(before)
  if (m) return { kind: 'claim', from: caret - m[2].length, typed: m[2] }
  m = /(^|[^\\!])\[([a-z0-9][a-z0-9._-]*) ([a-z0-9._-]*)$/.exec(before)
  if (m && m[2] !== 'desk') return { kind: 'voice', claim: m[2], from: offset + before.length - m[3].length, typed: m[3] }
  return null
}

/** Where a citation goes that is put in from the list: behind the sentence's words, before its stop. */
export function placeFor (text, caret, citation) {
  let at = caret
  const stop = /[.!?…]+["”»’)]*$/.exec(text.slice(0, at))
  if (stop && /\s|^$/.test(text.slice(at, at + 1))) at -= stop[0].length
  const blank = at > 0 && !/[\s([]/.test(text[at - 1]) ? ' ' : ''
  return { at, insert: blank + citation }
}

/** The unit at which a line's column stands. */
export function offsetOf (text, line, column) {
  let at = 0
  for (let n = 1; n < line; n++) {
    const end = text.indexOf('\n', at)
    if (end < 0) return text.length
    at = end + 1
  }
  for (let n = 1; n < column && at < text.length && text[at] !== '\n'; n++) at += text.codePointAt(at) > 0xffff ? 2 : 1
  return at
}

/** The stretch [from, to] that a refusal at a line and column is about: its sentence, with the citation behind the stop. */
export function stretchOf (text, { line, column }, language) {
  const at = offsetOf(text, line, column)
  let start = text.lastIndexOf('\n\n', Math.max(0, at - 1))
  start = start < 0 ? 0 : start + 2
  if (start > at) start = at
  let end = text.indexOf('\n\n', at)
  if (end < 0) end = text.length
  for (const [from, to] of sentencesOf(text.slice(start, end), language)) {
    if (at < start + to) return [Math.min(at, start + from), start + to]
  }
  return [at, end]
}

/** The settings and first heading of a draft: what it is called, and its name in addresses. */
export function titleOf (text) {
  return /^#\s+(.+)$/m.exec(text.replace(/^---\n[\s\S]*?\n---\n/, ''))?.[1].trim() ?? ''
}
