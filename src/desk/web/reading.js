// A record's text, to be read and marked: pages and paragraphs, the stretches that statements quote, and the one that is
// chosen, by the mouse, by the browser's own selection or a sentence at a time by keys.
//
// What always holds: the text on the page is the record's, letter for letter, so that places in it can be counted.
// A very long text is shown in parts; the browser could lay out the whole of it only slowly.
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from './vendor/preact-htm.js'
import { Measure, bytesLocator, pagesLocator, pagesOf, quoted, readLocator, sentencesOf, timesLocator, writeTime } from './places.js'
import { t, number } from './words.js'

const PART = 120_000 // units of text that are laid out at once

/** Cuts a text into parts that begin where a page or a line does: [[from, to]]. */
function partsOf (text, pageStarts) {
  const parts = []
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + PART)
    if (to < text.length) {
      const page = pageStarts.findLast(start => start > from && start <= to)
      const line = text.lastIndexOf('\n', to) + 1
      to = page ?? (line > from ? line : to)
    }
    parts.push([from, to])
    from = to
  }
  return parts.length ? parts : [[0, 0]]
}

/** Paragraphs of a part: [{from, to, page}]; `page` where one begins at it. Empty lines part them and are not shown. */
function blocksOf (text, [from, to], pageStarts) {
  const blocks = []
  let page = pageStarts.findIndex(start => start >= from)
  if (page < 0) page = pageStarts.length
  let at = from
  while (at < to) {
    let end = text.indexOf('\n', at)
    end = end < 0 || end >= to ? to : end
    // A page may begin within a line.
    if (page < pageStarts.length && pageStarts[page] > at && pageStarts[page] < end) end = pageStarts[page]
    const block = { from: at, to: end, page: null }
    while (page < pageStarts.length && pageStarts[page] <= at) block.page = ++page
    if (end > at || block.page !== null) blocks.push(block)
    at = text[end] === '\n' ? end + 1 : end
    if (at === end && end === to) break
  }
  return blocks
}

/** The seconds between which a stretch of a transcript was said. `times`: [{at (a unit), from, to}], in order. */
const timesOf = (times, { from, to }) => {
  const first = times.findLast(line => line.at <= from) ?? times[0]
  const end = times.findLast(line => line.at < to) ?? first
  return [first.from, end.to ?? end.from]
}

/** Where the statements' words stand in the text: [{from, to, entry}], by their bytes, or found by their words. */
export function marksOf (measure, pageStarts, statements) {
  const marks = []
  for (const { entry, locator, words } of statements) {
    const place = readLocator(locator)
    if (place?.kind === 'bytes') {
      marks.push({ entry, from: measure.unitAt(place.first), to: measure.unitAt(place.first + place.length) })
      continue
    }
    if (!words) continue
    const from = place?.kind === 'pages' ? pageStarts[place.first - 1] ?? 0 : 0
    const pattern = words.trim().split(/\s+/).map(w => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+')
    const found = new RegExp(pattern, 'u').exec(measure.text.slice(from))
    if (found) marks.push({ entry, from: from + found.index, to: from + found.index + found[0].length })
  }
  return marks.filter(mark => mark.to > mark.from)
}

// The pieces of a block between all ends of marks, each with what it belongs to.
function piecesOf ({ from, to }, marks, chosen, found) {
  const near = marks.filter(m => m.from < to && m.to > from)
  const spans = [...near, chosen, found].filter(s => s && s.from < to && s.to > from)
  const cuts = new Set([from, to])
  for (const span of spans) cuts.add(Math.max(from, span.from)).add(Math.min(to, span.to))
  const ends = [...cuts].sort((a, b) => a - b)
  const inside = (span, at) => span && span.from <= at && at < span.to
  return ends.slice(0, -1).map((at, i) => ({ from: at, to: ends[i + 1], marks: near.filter(m => inside(m, at)), chosen: inside(chosen, at), found: inside(found, at) }))
}

const Piece = ({ text, piece, onEntry, active }) => {
  const words = text.slice(piece.from, piece.to)
  const name = [piece.chosen && 'chosen', piece.found && 'found', piece.marks.length && 'marked',
    piece.marks.some(m => m.entry === active) && 'active'].filter(Boolean).join(' ')
  if (!name) return words
  return piece.marks.length
    ? html`<mark class=${name} data-entry=${piece.marks[0].entry} onClick=${() => onEntry(piece.marks[0].entry)}>${words}</mark>`
    : html`<mark class=${name}>${words}</mark>`
}

/** The unit of the text at a point of the page's tree, or null outside it. */
function unitOf (node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node
  const block = element?.closest?.('[data-from]')
  if (!block) return null
  const range = document.createRange()
  range.setStart(block, 0)
  range.setEnd(node, offset)
  return Number(block.dataset.from) + range.toString().length
}

/** What is selected inside `root`, as {from, to}, blanks at its ends left out; null if nothing is. */
function selectedIn (root, text) {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null
  const range = selection.getRangeAt(0)
  if (!root.contains(range.startContainer) && !root.contains(range.endContainer)) return null
  const blocks = root.querySelectorAll('[data-from]')
  let from = unitOf(range.startContainer, range.startOffset)
  let to = unitOf(range.endContainer, range.endOffset)
  if (from === null || to === null) { // an end stands between paragraphs
    const inside = [...blocks].filter(block => range.intersectsNode(block))
    if (!inside.length) return null
    from ??= Number(inside[0].dataset.from)
    to ??= Number(inside.at(-1).dataset.to)
  }
  while (from < to && /\s/.test(text[from])) from++
  while (to > from && /\s/.test(text[to - 1])) to--
  return to > from ? { from, to } : null
}

/** The sentence after (or before) a place; the one it stands in where it is null's. */
function sentenceBeside (text, blocks, language, chosen, step) {
  let at = chosen ? (step > 0 ? chosen.to : chosen.from) : -1
  if (!chosen) return firstSentence(text, blocks, language)
  const order = step > 0 ? blocks : [...blocks].reverse()
  for (const block of order) {
    if (step > 0 ? block.to <= at : block.from >= at) continue
    const sentences = sentencesOf(text.slice(block.from, block.to), language).map(([a, b]) => ({ from: block.from + a, to: block.from + b }))
    const next = step > 0 ? sentences.find(s => s.from >= at) : sentences.findLast(s => s.to <= at)
    if (next) return next
  }
  return null
}
function firstSentence (text, blocks, language) {
  for (const block of blocks) {
    const [first] = sentencesOf(text.slice(block.from, block.to), language)
    if (first) return { from: block.from + first[0], to: block.from + first[1] }
  }
  return null
}

/** One word more (or less) at the end of what is chosen. */
function byWord (text, { from, to }, step) {
  if (step > 0) {
    const more = /^\s*\S+/.exec(text.slice(to, to + 400))
    return more ? { from, to: to + more[0].length } : { from, to }
  }
  const less = /\s*\S+$/.exec(text.slice(from, to))
  const end = to - (less ? less[0].length : 0)
  return end > from ? { from, to: end } : { from, to }
}

/** The locator of a stretch, and its words as they are quoted. */
export function placeOf (measure, pages, times, { from, to }) {
  const words = quoted(measure.text.slice(from, to))
  if (times.length) {
    const locator = timesLocator(...timesOf(times, { from, to }))
    return { locator, words, shown: locator }
  }
  const first = measure.byteAt(from)
  const end = measure.byteAt(to)
  return { locator: bytesLocator(first, end - first), words, shown: pages.length > 1 ? pagesLocator(...pagesOf(pages, first, end)) : '' }
}

/**
 * The text. `pages`: bytes at which pages begin. `chosen`: {from, to} or null; `onChoose(stretch, how)` with how 'mouse' or
 * 'keys'; `onMark()` when Enter is pressed on what is chosen; `onEntry(entry)` when a marked stretch is clicked.
 * `found`: {at, length} in bytes, what a search found; it is shown first. `active`: the entry that is looked at.
 * `times`: of a transcript, [{at (a unit), from, to}], shown before its lines; `onTime(seconds)` when one is clicked.
 */
export function Reading ({ measure, pages, times, statements, language, chosen, onChoose, onMark, onEntry, active, found, page, onPage, onTime }) {
  const { text } = measure
  const root = useRef(null)
  const timeAt = useMemo(() => new Map(times.map(line => [line.at, line.from])), [times])
  const pageStarts = useMemo(() => pages.length > 1 ? pages.map(byte => measure.unitAt(byte)) : [], [measure, pages])
  const parts = useMemo(() => partsOf(text, pageStarts), [text, pageStarts])
  const marks = useMemo(() => marksOf(measure, pageStarts, statements), [measure, pageStarts, statements])
  const hit = useMemo(() => found && { from: measure.unitAt(found.at), to: measure.unitAt(found.at + found.length) }, [measure, found?.at, found?.length])
  const partWith = unit => Math.max(0, parts.findIndex(([, to]) => unit < to))
  const [part, setPart] = useState(() => hit ? partWith(hit.from) : page ? partWith(pageStarts[page - 1] ?? 0) : 0)
  const shown = Math.min(part, parts.length - 1)
  const blocks = useMemo(() => blocksOf(text, parts[shown], pageStarts), [text, parts, shown, pageStarts])

  useLayoutEffect(() => { // what is looked for comes into sight
    if (!hit) return
    setPart(partWith(hit.from))
    root.current?.querySelector('mark.found')?.scrollIntoView({ block: 'center' })
  }, [hit?.from, shown])
  useEffect(() => {
    if (!active) return
    const mark = marks.find(m => m.entry === active)
    if (!mark) return
    setPart(partWith(mark.from))
    requestAnimationFrame(() => root.current?.querySelector(`mark[data-entry="${active}"]`)?.scrollIntoView({ block: 'center', behavior: 'smooth' }))
  }, [active])
  useEffect(() => { // the browser's own selection, however it was made
    const ended = event => {
      if (!root.current || (event.type === 'keyup' && !event.key.startsWith('Arrow') && event.key !== 'End' && event.key !== 'Home')) return
      const stretch = selectedIn(root.current, text)
      if (stretch) onChoose(stretch, 'mouse')
    }
    document.addEventListener('pointerup', ended)
    document.addEventListener('keyup', ended)
    return () => { document.removeEventListener('pointerup', ended); document.removeEventListener('keyup', ended) }
  }, [text, onChoose])

  const keys = event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key]
    if (step && !event.shiftKey) {
      event.preventDefault()
      const next = sentenceBeside(text, blocks, language, chosen, step)
      if (next) onChoose(next, 'keys')
      else if (parts[shown + step]) { setPart(shown + step); onChoose(null, 'keys') }
    } else if (step && chosen) { // a sentence more
      event.preventDefault()
      const next = sentenceBeside(text, blocks, language, step > 0 ? chosen : { from: chosen.to - 1, to: chosen.to }, step)
      if (next && next.to > chosen.from) onChoose({ from: chosen.from, to: next.to }, 'keys')
    } else if (event.shiftKey && chosen && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      event.preventDefault()
      onChoose(byWord(text, chosen, event.key === 'ArrowRight' ? 1 : -1), 'keys')
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      onMark()
    } else if (event.key === 'Escape' && chosen) {
      event.preventDefault()
      onChoose(null, 'keys')
    }
  }
  useEffect(() => { root.current?.querySelector('mark.chosen')?.scrollIntoView({ block: 'nearest' }) }, [chosen])

  return html`<div class=${times.length ? 'reader timed' : 'reader'}>
    <div class="reader-text" lang=${language} tabindex="0" role="document" ref=${root} aria-label=${t('record.text')} aria-describedby="reader-hint" onKeyDown=${keys}>
      ${blocks.map(block => html`
        ${block.page !== null && html`<div class="page-start" key=${`p${block.page}`}>
          <button type="button" class="page-number" onClick=${() => onPage?.(block.page)}>${t('record.page', { n: block.page })}</button></div>`}
        ${timeAt.has(block.from) && html`<button type="button" class="line-time" key=${`t${block.from}`} onClick=${() => onTime?.(timeAt.get(block.from))}
          aria-label=${t('sound.seek', { time: writeTime(timeAt.get(block.from)) })}>${writeTime(timeAt.get(block.from))}</button>`}
        <p key=${block.from} data-from=${block.from} data-to=${block.to}>${piecesOf(block, marks, chosen, hit).map(piece =>
          html`<${Piece} key=${piece.from} text=${text} piece=${piece} onEntry=${onEntry} active=${active} />`)}</p>`)}
    </div>
    ${parts.length > 1 && html`<nav class="parts" aria-label=${t('record.parts')}>
      <button type="button" disabled=${shown === 0} onClick=${() => setPart(shown - 1)}>${t('record.part.before')}</button>
      <span>${t('record.part', { n: shown + 1, of: number(parts.length) })}</span>
      <button type="button" disabled=${shown === parts.length - 1} onClick=${() => setPart(shown + 1)}>${t('record.part.after')}</button>
    </nav>`}
    <p class="hidden" aria-live="polite">${chosen ? text.slice(chosen.from, chosen.to) : ''}</p>
  </div>`
}
