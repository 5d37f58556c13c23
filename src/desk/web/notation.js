// Composing entries of the notation (docs/notation.md). Whatever is typed by a person goes through quote(); ids, dates and
// locators are checked by the server, which tells every fault.

// A string of the notation. Control characters other than the tab and the line's end cannot stand in one, and are dropped.
export function quote (text) {
  return '"' + String(text).normalize('NFC').replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
    .replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n') + '"'
}

// One entry: its words on a line (empty ones are left out), then {name: value} each on a line of its own. A value that is
// true is a name alone; null, undefined, '' and false are left out.
export function entry (words, attributes = {}) {
  const lines = [words.filter(w => w !== null && w !== undefined && w !== '').join(' ')]
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) lines.push(`    ${name}`)
    else if (value) lines.push(`    ${name} ${value}`)
  }
  return lines.join('\n') + '\n'
}
const quoted = text => text && text.trim() ? quote(text.trim()) : ''
const list = (ids, between) => (ids ?? []).filter(Boolean).join(between)

// How a voice knows: {chain: ['captain'], ground: 'saw', paper: ''}
export function basis ({ chain = [], ground = 'unstated', paper = '' }) {
  const last = ground === 'inspected' || ground === 'read' ? `${ground} ${paper}` : ground
  return [...chain.filter(Boolean).map(v => `told-by ${v}`), last].join(' ')
}
// {verb: 'say' | 'deny', voice, claim, chain, ground, paper, inPart, record, locator, words, on, note}
export const statement = s => entry([s.verb ?? 'say', s.voice, s.claim, basis(s), s.inPart && 'in part',
  s.record && `at ${s.record}`, s.record && s.locator, quoted(s.words)].map(w => w || ''), { on: s.on, note: quoted(s.note) })
export const claim = c => entry(['claim', c.id, quoted(c.sentence)],
  { accuses: list(c.accuses, ', '), count: c.count, on: c.on, place: quoted(c.place), note: quoted(c.note), amends: c.amends })
export const voice = v => entry(['voice', v.id, quoted(v.name)], {
  of: list(v.of, ', '), 'known-as': list((v.knownAs ?? []).map(quoted), ', '), contact: quoted(v.contact), note: quoted(v.note), amends: v.amends })
export const terms = p => entry(['terms', p.voice, p.term], {
  on: p.on, at: p.record && [p.record, p.locator, quoted(p.words)].filter(Boolean).join(' '), until: p.until, only: list(p.only, ' '), as: quoted(p.as) })
export const record = r => entry(['record', r.id, r.kind, quoted(r.title)],
  { by: r.by, 'vouched-by': list(r.vouched, ', '), on: r.on, from: r.from, url: quoted(r.url), note: quoted(r.note), amends: r.amends })
export const ask = q => entry(['ask', q.voice, q.claim],
  { on: q.on, by: q.by, at: q.record && [q.record, q.locator].filter(Boolean).join(' '), answered: q.answered })
export const infer = i => entry(['infer', i.voice ?? 'desk', i.claim, 'from', list(i.from, ' '), quoted(i.because)])
export const protect = p => entry(['protect', p.voice, quoted(p.text)], { why: quoted(p.why) })
export const same = voices => entry(['same?', ...voices])
export const retract = (number, why = '') => entry(['retract', String(number)], { why: quoted(why) })

// ---- ids ----

const CYRILLIC = Object.fromEntries([...'абвгдеёжзийклмнопрстуфхцчшщъыьэюя'].map((letter, i) =>
  [letter, 'a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya'.split(' ')[i]]))
const DULL = new Set(('a an the of in on at by to and or was were is are be been had has have who that which it its from with ' +
  'i v na po iz s k o ob ot u za do dlya chto byl byla bylo byli eto kak').split(' '))

// An id made of the first telling words of a text: "The doors were chained" → doors-chained.
export function idFrom (text) {
  const latin = [...text.toLowerCase()].map(letter => CYRILLIC[letter] ?? letter).join('').normalize('NFD').replace(/[\u0300-\u036f]/g, '')
  const words = latin.match(/[a-z0-9]+/g) ?? []
  const telling = words.filter(w => !DULL.has(w))
  return (telling.length ? telling : words).slice(0, 3).join('-').slice(0, 48).replace(/-+$/, '')
}
// The same, with a number behind it where the id is taken. `known(id)` answers whether it is, as a promise.
export async function freshId (text, known, fallback = 'new') {
  const stem = idFrom(text) || fallback
  for (let n = 1; ; n++) {
    const id = n === 1 ? stem : `${stem}-${n}`
    if (!await known(id)) return id
  }
}
