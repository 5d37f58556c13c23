// A transcript as it is typed and as it is kept. Typed: a line of text each, with the time at which it begins in front,
// `02:10 He tried the doors himself.`; a line without a time goes on where the one before it stands. Kept: WebVTT. Who
// speaks stands in front of the words, `02:10 Ana: He tried…`, and is a speaker again when it is kept, if it was one before.

import { readTime, writeTime } from './places.js'

const STAMP = /^\s*((?:\d+:)?\d{1,3}:\d{2}(?:[.,]\d+)?)\s+(?:(?:--?>|–|-)\s*((?:\d+:)?\d{1,3}:\d{2}(?:[.,]\d+)?)\s+)?/

/** The lines of what was typed: [{from, to, text, line}]: seconds (null where none is known), the words, the line's number from 0. */
export function readLines (typed) {
  const lines = []
  typed.split('\n').forEach((line, number) => {
    if (!line.trim()) return
    const m = STAMP.exec(line)
    const from = m ? readTime(m[1]) : null
    lines.push({ from, to: m?.[2] ? readTime(m[2]) : null, text: (m ? line.slice(m[0].length) : line).trim(), line: number })
  })
  return lines
}

const cueTime = seconds => {
  const thousandths = Math.round(seconds * 1000)
  const two = n => String(n).padStart(2, '0')
  const whole = Math.floor(thousandths / 1000)
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${String(thousandths % 1000).padStart(3, '0')}`
}

/** What was typed, as WebVTT. A line lasts until the next begins, the last one to the end of the sound; a line without a
 *  time is put to the one before it. `seconds` is the length of the sound, or 0 where it is unknown; `speakers` are names
 *  that stand before words with a colon. */
export function toWebVtt (typed, seconds = 0, speakers = []) {
  const cues = []
  for (const line of readLines(typed)) {
    if (line.from === null && cues.length) cues.at(-1).text += `\n${line.text}`
    else if (line.text) cues.push({ from: line.from ?? 0, to: line.to, text: line.text })
  }
  cues.sort((a, b) => a.from - b.from)
  const end = (cue, i) => {
    if (cue.to !== null && cue.to > cue.from) return cue.to
    const next = cues[i + 1]?.from
    if (next !== undefined) return next > cue.from ? next : cue.from + 1
    return seconds > cue.from ? seconds : cue.from + 5
  }
  const escape = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const spoken = text => {
    const who = speakers.find(name => text.startsWith(`${name}: `))
    return who ? `<v ${escape(who)}>${escape(text.slice(who.length + 2))}` : escape(text)
  }
  return 'WEBVTT\n\n' + cues.map((cue, i) => `${cueTime(cue.from)} --> ${cueTime(end(cue, i))}\n${spoken(cue.text)}\n`).join('\n')
}

const unescape = text => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&nbsp;', ' ').replaceAll('&amp;', '&')
const VOICE = /<v(?:\.[^\s>]*)?\s+([^>]*)>/g

/** Who speaks in a transcript as it was kept, each once. */
export const speakersOf = kept => [...new Set([...kept.matchAll(VOICE)].map(m => unescape(m[1].trim())))]

/** A transcript as it was kept, WebVTT or SRT, as lines to be typed on. */
export function fromWebVtt (kept) {
  const plain = text => unescape(text.replace(VOICE, (_, name) => `${name.trim()}: `).replace(/<\/?[a-z0-9][^>]*>/gi, ''))
  return kept.replace(/\r\n?/g, '\n').split(/\n{2,}/).flatMap(block => {
    const lines = block.split('\n')
    const at = lines.findIndex(line => line.includes('-->'))
    if (at < 0) return []
    const from = readTime(lines[at].split('-->')[0].trim())
    const [first = '', ...rest] = lines.slice(at + 1).filter(line => line.trim()).map(plain)
    return [`${writeTime(from ?? 0)} ${first}`, ...rest]
  }).join('\n')
}

export const looksTimed = text => /^\s*WEBVTT/.test(text) || /\d{2}:\d{2}[.,]\d{3}\s*-->/.test(text)
