// Making a change: a text of the notation is looked through as it is composed (/api/check), taken (/api/take), said, and can
// be undone from what is said (`retract`, guarded by the epoch).
import { useEffect, useState } from './vendor/preact-htm.js'
import { announce, getSession, get, names, post, useLate } from './api.js'
import { freshId, retract } from './notation.js'
import { sentence, t } from './words.js'
import { announceWords, toast } from './ui.js'

// “Borne out → attested: The minister ordered it”, for each claim whose standing a change moves.
export const moved = (changes = []) => changes.filter(c => c.from !== c.to).map(c => c.from
  ? t('change.moved', { claim: c.claim, from: t('level.' + c.from), to: t('level.' + c.to) })
  : t('change.new', { claim: c.claim, to: t('level.' + c.to) }))

async function undo ({ first, count }, epoch) {
  try {
    const numbers = Array.from({ length: count }, (_, i) => first + count - 1 - i)
    const taken = await post('take', { text: numbers.map(n => retract(n)).join(''), epoch })
    announce({ epoch: taken.epoch ?? epoch, revision: taken.revision })
    toast(t('undone'))
  } catch (error) {
    toast([error.what, error.mend].filter(Boolean).join(' '), { error: true })
  }
}

// Takes `text`, says `done` and what it moved, offers to undo it. Throws a Refusal, faults and all.
export async function take (text, done, { undoable = true } = {}) {
  const { epoch } = getSession()
  const taken = await post('take', { text, epoch })
  const now = taken.epoch ?? epoch
  announce({ epoch: now, revision: taken.revision })
  toast([sentence(done), ...moved(taken.changes).slice(0, 2)].filter(Boolean).join(' '),
    undoable ? { action: { label: t('undo'), run: () => undo(taken, now) } } : {})
  return taken
}

// What a text would be refused for, and what it would change, as it is composed. `text` null: nothing to look at.
// {faults, changes, busy}
export function useCheck (text) {
  const late = useLate(text, 200)
  const [state, set] = useState({ faults: [], changes: [], of: null })
  useEffect(() => {
    if (!late) return set({ faults: [], changes: [], of: null })
    const control = new AbortController()
    post('check', { text: late }, { signal: control.signal }).then(
      answer => {
        set({ faults: answer.faults ?? [], changes: answer.changes ?? [], of: late })
        const words = moved(answer.changes)
        if (words.length) announceWords(words.join('. '))
      },
      error => error.name !== 'AbortError' && set({ faults: error.faults?.length ? error.faults : [{ what: error.what, mend: error.mend }], changes: [], of: late }))
    return () => control.abort()
  }, [late])
  return { ...state, busy: late !== text || (!!text && state.of !== text) }
}

// An id for something new that is called `text`, not taken yet. `space`: 'voice', 'record' or 'claim'.
export const newId = (space, text) => freshId(text, async id => (await names(id, space, 20)).some(n => n.id === id), space)

// What was kept under a name, and keeping it (docs/desk-api.md, drafts).
export const kept = name => get('draft', { name }).then(a => a.text)
export const keep = (name, text) => post('draft', { name, text })

// Sources for a Combobox, of one kind of id.
export const voicesNamed = (q, signal) => names(q, 'voice', 12, signal)
export const claimsNamed = (q, signal) => names(q, 'claim', 12, signal)
export const recordsNamed = (q, signal) => names(q, 'record', 12, signal)
