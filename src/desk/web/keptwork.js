// Unfinished work in a view: useWork() for a text, useKept() for the fields of a form; WorkState says how far it is kept.
import { html, useEffect, useRef, useState } from './vendor/preact-htm.js'
import { Work } from './keeping.js'
import { t } from './words.js'

/**
 * A text that is kept as it is typed. {text (null until it is there), put(text), state, error, theirs (what another window
 * kept, or null), choose(mine), finish(), work}. `name` null: nothing is kept.
 */
export function useWork (name) {
  const work = useRef(null)
  const [now, set] = useState({ text: null, state: 'opening', theirs: null, error: null })
  useEffect(() => {
    if (!name) return set({ text: '', state: 'kept', theirs: null, error: null })
    let gone = false
    const own = new Work(name, {
      state: (state, error = null) => !gone && set(s => ({ ...s, state, error, text: own.text })),
      foreign: theirs => !gone && set(s => ({ ...s, theirs }))
    })
    work.current = own
    set({ text: null, state: 'opening', theirs: null, error: null })
    own.open().then(text => !gone && set(s => ({ ...s, text, state: own.pending ? 'waiting' : 'kept' })),
      error => !gone && set(s => ({ ...s, error, state: 'failed' })))
    const leaving = event => event.type === 'pagehide' ? own.leave() : own.keep()
    window.addEventListener('pagehide', leaving)
    document.addEventListener('visibilitychange', leaving)
    return () => {
      gone = true
      window.removeEventListener('pagehide', leaving)
      document.removeEventListener('visibilitychange', leaving)
      own.close()
    }
  }, [name])
  return {
    ...now,
    put: text => { set(s => ({ ...s, text })); work.current?.put(text) },
    choose: async mine => {
      const text = await work.current.choose(mine)
      set(s => ({ ...s, text, theirs: null }))
    },
    finish: () => { set(s => ({ ...s, text: '' })); return work.current?.finish() },
    keep: () => work.current?.keep()
  }
}

/** The fields of a form, kept under `name`: [values (null until they are there), change({field: value}), work]. */
export function useKept (name, plain) {
  const work = useWork(name)
  let values = null
  if (work.text !== null) {
    try { values = { ...plain, ...(work.text ? JSON.parse(work.text) : {}) } } catch { values = plain }
  }
  const change = fields => work.put(JSON.stringify({ ...values, ...fields }))
  return [values, change, work]
}

/** How far it is kept, in two words, and what to do where another window kept something else. */
export function WorkState ({ work }) {
  const words = { opening: '', kept: t('kept'), followed: t('kept.followed'), waiting: t('kept.waiting'), failed: t('kept.failed'), foreign: t('kept.foreign') }[work.state]
  return html`<span class=${`work-state work-${work.state}`} role="status">${words}</span>`
}
export const Foreign = ({ work }) => work.theirs === null ? null : html`<div class="foreign problem" role="alert">
  <p><strong>${t('foreign.what')}</strong> ${t('foreign.mend')}</p>
  <details><summary>${t('foreign.theirs')}</summary><pre>${work.theirs || t('foreign.empty')}</pre></details>
  <p class="buttons"><button type="button" onClick=${() => work.choose(true)}>${t('foreign.keep.mine')}</button>
  <button type="button" onClick=${() => work.choose(false)}>${t('foreign.take.theirs')}</button></p></div>`
