// What a person chose of the page itself: theme, language, shortcuts. Kept in the case, as drafts are (seen.settings): the
// browser stores nothing, and the address of the desk is another one each time.
import { useEffect, useState } from './vendor/preact-htm.js'
import { get, post } from './api.js'
import { setLanguage, LANGUAGES } from './words.js'
import { enableKeys } from './keys.js'

const PLAIN = { theme: 'system', language: '', shortcuts: true }
let settings = { ...PLAIN }
const watchers = new Set()

async function apply () {
  document.documentElement.dataset.theme = settings.theme
  enableKeys(settings.shortcuts)
  const wanted = settings.language || (navigator.language ?? 'en').slice(0, 2)
  await setLanguage(LANGUAGES.some(([tag]) => tag === wanted) ? wanted : 'en')
  for (const watcher of watchers) watcher(settings)
}
export async function loadSettings () {
  try {
    const { text } = await get('draft', { name: 'seen.settings' })
    settings = { ...PLAIN, ...(text ? JSON.parse(text) : {}) }
  } catch { /* what is not there, or not to be read, is as it was */ }
  await apply()
}
export async function choose (change) {
  settings = { ...settings, ...change }
  await apply()
  await post('draft', { name: 'seen.settings', text: JSON.stringify(settings) }).catch(() => {})
}
export const startSettings = apply
export function useSettings () {
  const [now, set] = useState(settings)
  useEffect(() => {
    watchers.add(set)
    return () => watchers.delete(set)
  }, [])
  return now
}
