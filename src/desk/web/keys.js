// Keyboard shortcuts: registered by whoever shows what they act on, listed by '?'.
//
// A shortcut is one key ('/', 'j'), two in a row ('g c'), or one with Ctrl ('Ctrl+Enter'). Those of plain letters do nothing
// while something is typed into, and can be turned off (settings.shortcuts), for people who speak to their computer.
import { useEffect, useRef } from './vendor/preact-htm.js'

const active = [] // the newest first, so that a dialog's keys come before those of the view beneath
let enabled = true
let pending = null
let pendingSince = 0
let registered = 0

export const enableKeys = on => { enabled = on }
export const listKeys = () => {
  const seen = new Set()
  return active.filter(k => k.words && !seen.has(k.keys + k.words) && seen.add(k.keys + k.words)).sort((a, b) => a.since - b.since)
}

const typing = target => target?.closest?.('input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable=true]')

function pressed (event) {
  if (event.defaultPrevented || event.isComposing || ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return
  const held = (event.ctrlKey || event.metaKey ? 'Ctrl+' : '') + (event.altKey ? 'Alt+' : '')
  const plain = !held && event.key !== 'Escape'
  if (plain && (!enabled || typing(event.target))) { pending = null; return }
  const modal = document.querySelector('dialog[open]')
  const first = pending && performance.now() - pendingSince < 1500 ? pending + ' ' : ''
  const name = first + held + event.key
  pending = null
  const found = active.find(k => k.keys === name && (!modal || k.modal || (k.within && modal.contains(k.within()))))
  if (found) {
    event.preventDefault()
    found.run(event)
  } else if (plain && !modal && active.some(k => k.keys.startsWith(event.key + ' '))) {
    pending = event.key
    pendingSince = performance.now()
  }
}
window.addEventListener('keydown', pressed)

// useKeys([{keys: 'j', words: t('keys.down'), run}]): while the component stands. Without words it is not listed.
export function useKeys (shortcuts) {
  const now = useRef(shortcuts)
  now.current = shortcuts
  useEffect(() => {
    const since = ++registered
    const mine = shortcuts.map((s, i) => ({ ...s, since, run: event => now.current[i]?.run(event) }))
    active.unshift(...mine)
    return () => { for (const k of mine) active.splice(active.indexOf(k), 1) }
  }, [shortcuts.map(s => s.keys + s.words).join('\n')])
}
