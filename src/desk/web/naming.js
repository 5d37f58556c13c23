// Voices, claims and records in a form: found as their names are typed, or new, called what was typed. What is picked is
// {id, label}, and {fresh: true, label} for what the case does not have yet; declared() gives those ids and entries.
import { claimsNamed, newId, recordsNamed, voicesNamed } from './changes.js'
import { claim, record, voice } from './notation.js'
import { t } from './words.js'

const orNew = (source, words) => async (q, signal) => {
  const found = await source(q, signal)
  const typed = q.trim()
  if (!typed || found.some(n => n.id === typed || n.label === typed)) return found
  const fresh = { id: ` ${typed}`, label: typed, sub: t(words), fresh: true }
  // What only resembles what was typed stands behind it.
  const near = found.filter(n => `${n.label} ${n.id}`.toLowerCase().includes(typed.toLowerCase()))
  return near.length ? [...found, fresh] : [fresh, ...found]
}
export const voicesOrNew = orNew(voicesNamed, 'new.voice')
export const claimsOrNew = orNew(claimsNamed, 'new.claim')
export const recordsOrNew = orNew(recordsNamed, 'new.record')

const ENTRY = {
  voice: (id, label) => voice({ id, name: label }),
  claim: (id, label) => claim({ id, sentence: label }),
  record: (id, label) => record({ id, kind: 'document', title: label })
}

/**
 * Ids for all that was picked: {id(pick), text}, where text declares those that are new, to be put before what uses them.
 * `picks`: [[space, pick]…], null picks left out. The same new name twice is one.
 */
export async function declared (picks) {
  const ids = new Map()
  const taken = new Set()
  let text = ''
  for (const [space, pick] of picks) {
    const key = space + pick?.label
    if (!pick?.fresh || ids.has(key)) continue
    let id = await newId(space, pick.label)
    for (let n = 2; taken.has(space + id); n++) id = `${id.replace(/-\d+$/, '')}-${n}`
    taken.add(space + id)
    ids.set(key, id)
    text += ENTRY[space](id, pick.label)
  }
  const id = (space, pick) => !pick ? '' : pick.fresh ? ids.get(space + pick.label) : pick.id
  return { text, id }
}
/** A voice of an answer ({id, name}) as a pick; null for a record that stands for itself. */
export const asPick = voice => voice && !voice.id.startsWith('record:') ? { id: voice.id, label: voice.name || voice.id } : null
