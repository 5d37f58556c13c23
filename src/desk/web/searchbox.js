// The search box in the masthead: claims, voices and records by their names as they are typed, and Enter for everything
// that was said or written (#/find).
import { html, useRef, useState } from './vendor/preact-htm.js'
import { get, names } from './api.js'
import { go, to } from './routes.js'
import { t } from './words.js'
import { useKeys } from './keys.js'
import { Combobox } from './ui.js'

// Those named so, and a last line that looks through the texts.
async function found (q, signal) {
  if (!q.trim()) return []
  const all = { id: '?' + q, label: t('search.all', { q }), sub: t('search.all.sub'), fresh: true, open: to('find', { q }) }
  const named = await names(q, 'all', 8, signal).catch(error => { if (error.name === 'AbortError') throw error; return [] })
  return [...named.map(n => ({ id: `${n.space}:${n.id}`, label: n.label || n.id, sub: t('space.' + n.space), open: to(n.space, n.id) })), all]
}

export function SearchBox () {
  const input = useRef(null)
  const [round, again] = useState(0)
  useKeys([{ keys: '/', words: t('keys.search'), run: () => input.current?.focus() }])
  return html`<div class="search" role="search"><${Combobox} key=${round} label=${t('search')} hideLabel=${true} placeholder=${t('search')} inputRef=${input}
    source=${found} onPick=${item => { again(round + 1); go(item.open) }} /></div>`
}

export const find = (q, given, signal) => get('find', { q, ...given }, { signal })
