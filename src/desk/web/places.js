// Places in records, as the notation's locators write them: bytes of a text (@1042+310), pages (p.12-14), times (02:10-02:45).
//
// The browser counts a text in UTF-16 units, the notation in bytes of UTF-8. `Measure` goes from one to the other without
// walking the whole text each time. Seconds are numbers; a time is written with hours only where there are some.

const STEP = 2048 // units between two known places

/** How many bytes one UTF-16 unit adds: each half of a pair counts two of its four. */
const bytesOfUnit = unit => unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit < 0xe000 ? 2 : 3

/** A text measured both ways. Lone halves of a pair do not occur in it: it came as UTF-8. */
export class Measure {
  constructor (text) {
    this.text = text
    this.known = [0]
    let bytes = 0
    for (let at = 0; at < text.length; at++) {
      if (at % STEP === 0 && at > 0) this.known.push(bytes)
      bytes += bytesOfUnit(text.charCodeAt(at))
    }
    this.bytes = bytes
  }

  /** The byte at which the unit `unit` begins. */
  byteAt (unit) {
    const end = Math.max(0, Math.min(unit, this.text.length))
    const block = Math.min(Math.floor(end / STEP), this.known.length - 1)
    let bytes = this.known[block]
    for (let at = block * STEP; at < end; at++) bytes += bytesOfUnit(this.text.charCodeAt(at))
    return bytes
  }

  /** The unit that begins at the byte `byte`, or the next after it. */
  unitAt (byte) {
    if (byte >= this.bytes) return this.text.length
    let low = 0
    let high = this.known.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.known[middle] <= byte) low = middle; else high = middle - 1
    }
    let at = low * STEP
    for (let bytes = this.known[low]; bytes < byte && at < this.text.length; at++) bytes += bytesOfUnit(this.text.charCodeAt(at))
    return at
  }
}

/** 62.4 → "01:02", 3723 → "1:02:03". Tenths are dropped: the notation has none. */
export function writeTime (seconds) {
  const whole = Math.max(0, Math.floor(seconds))
  const two = n => String(n).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  return (hours ? `${hours}:` : '') + `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
}

/** "02:10" → 130, "1:02:03" → 3723; null if it is no time. Tenths behind a point or comma are read. */
export function readTime (text) {
  const parts = /^(?:(\d+):)?(\d{1,3}):(\d{1,2})(?:[.,](\d+))?$/.exec(String(text).trim())
  if (!parts) return null
  const [, hours, minutes, seconds, tenths] = parts
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds) + (tenths ? Number(`0.${tenths}`) : 0)
}

export const bytesLocator = (first, length) => `@${first}+${length}`
export const pagesLocator = (first, last) => last > first ? `p.${first}-${last}` : `p.${first}`
export const timesLocator = (from, to) =>
  to !== undefined && Math.floor(to) > Math.floor(from) ? `${writeTime(from)}-${writeTime(to)}` : writeTime(from)

/** What a locator says: {kind: 'bytes', first, length} | {kind: 'pages', first, last} | {kind: 'times', from, to} |
 *  {kind: 'section', name}; null if it is none. */
export function readLocator (locator) {
  if (!locator) return null
  let m = /^@(\d+)\+(\d+)$/.exec(locator)
  if (m) return { kind: 'bytes', first: Number(m[1]), length: Number(m[2]) }
  m = /^p\.(\d+)(?:-(\d+))?$/.exec(locator)
  if (m) return { kind: 'pages', first: Number(m[1]), last: Number(m[2] ?? m[1]) }
  m = /^s\.(.+)$/.exec(locator)
  if (m) return { kind: 'section', name: m[1] }
  const [from, to] = locator.split('-').map(readTime)
  return from === null || from === undefined ? null : { kind: 'times', from, to: to ?? from }
}

/** The pages (from 1) on which bytes first..end stand, where pages[i] is the byte at which page i + 1 begins. */
export function pagesOf (pages, first, end) {
  const page = byte => {
    let n = 0
    while (n < pages.length && pages[n] <= byte) n++
    return Math.max(1, n)
  }
  return [page(first), page(Math.max(first, end - 1))]
}

/** Sentences of a stretch of text as [from, to] in units, blanks trimmed; the browser knows where sentences end. */
export function sentencesOf (text, language) {
  const found = []
  const add = (from, piece) => {
    const lead = piece.length - piece.trimStart().length
    const kept = piece.trim()
    if (kept) found.push([from + lead, from + lead + kept.length])
  }
  if (typeof Intl.Segmenter === 'function') {
    let segmenter
    try { segmenter = new Intl.Segmenter(language || undefined, { granularity: 'sentence' }) } catch { segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' }) }
    for (const s of segmenter.segment(text)) add(s.index, s.segment)
    return found
  }
  for (const m of text.matchAll(/[^.!?\n]+[.!?]*["”»]?|\n/g)) add(m.index, m[0])
  return found
}

/** Words as a statement quotes them: one line, blanks as one. */
export const quoted = words => words.replace(/\s+/g, ' ').trim()
