// What the page asks of the server (docs/desk-api.md), and what it knows of the session.
//
// Every failure is a Refusal: sentences for a person. Nothing that is answered is kept by the browser: no storage, no
// cache; what is in memory goes with the window, and when the case is locked.
import { useEffect, useRef, useState } from './vendor/preact-htm.js'
import { currentLanguage, sentence, t } from './words.js'

export class Refusal extends Error {
  constructor (status, { what, where, mend } = {}, faults = []) {
    super(sentence(what) || t('error.unknown', { status }))
    Object.assign(this, { status, what: this.message, where, mend: sentence(mend), faults })
  }
}

// ---- the session ----

let session = { state: 'waiting' }
const watchers = new Set()

export const getSession = () => session
function setSession (next) {
  session = next
  for (const watcher of watchers) watcher(session)
}
export function useSession () {
  const [now, set] = useState(session)
  useEffect(() => {
    watchers.add(set)
    set(session)
    return () => watchers.delete(set)
  }, [])
  return now
}
export async function loadSession () {
  try {
    setSession(await get('session'))
  } catch (error) {
    setSession({ state: error.status === 401 ? 'stranger' : 'unreachable', error })
  }
  return session
}
const locked = () => session.state === 'open' && setSession({ ...session, state: 'locked', title: undefined, counts: undefined })

// ---- asking ----

async function answered (request) {
  let answer
  try {
    answer = await request
  } catch (error) {
    if (error.name === 'AbortError') throw error
    throw new Refusal(0, { what: t('error.unreachable'), mend: t('error.unreachable.mend') })
  }
  const json = (answer.headers.get('content-type') ?? '').startsWith('application/json')
  let body = null
  try {
    body = json ? await answer.json() : await answer.text()
  } catch (error) {
    if (error.name === 'AbortError') throw error
    throw new Refusal(0, { what: t('error.broken'), mend: t('error.unreachable.mend') })
  }
  if (answer.ok) return body
  if (answer.status === 423) locked()
  throw new Refusal(answer.status, json ? body?.error ?? { what: body?.faults?.[0]?.what } : {}, json ? body?.faults ?? [] : [])
}

const search = given => new URLSearchParams(Object.entries(given).filter(([, v]) => v !== '' && v != null)).toString()
export function address (path, given = {}) {
  const query = search(given)
  return `/api/${path}${query ? '?' + query : ''}`
}

// The language in which the server is to answer. The browser's own list of them would be that of the person, not of the page.
const spoken = () => ({ 'Accept-Language': currentLanguage() })

export const get = (path, given = {}, { signal } = {}) =>
  answered(fetch(address(path, given), { signal, cache: 'no-store', credentials: 'same-origin', headers: spoken() }))

// A change. `body` is JSON, or a file (Blob) that goes as it is, with what it is called in `given`.
export function post (path, body = {}, { signal, given = {}, keepalive = false } = {}) {
  const file = body instanceof Blob
  return answered(fetch(address(path, given), {
    method: 'POST', signal, keepalive, cache: 'no-store', credentials: 'same-origin',
    headers: { ...spoken(), 'Content-Type': file ? body.type || 'application/octet-stream' : 'application/json', 'X-Bearout': session.token ?? '' },
    body: file ? body : JSON.stringify(body)
  }))
}

export async function unlock (path, passphrase) { // path: 'unlock' or 'create'
  setSession(await post(path, { passphrase }))
}
// What has to be done before the keys go: work that is not kept yet is kept.
export const beforeLock = new Set()
export async function lock () {
  await Promise.all([...beforeLock].map(run => run()))
  await post('lock')
  locked()
}

// ---- what is told without asking ----

const changed = new Set()
const progressed = new Set()
export const onChange = run => { changed.add(run); return () => changed.delete(run) }
export const onProgress = run => { progressed.add(run); return () => progressed.delete(run) }

// Says that the case has changed: called for the server's events, and at once for what this window changed itself.
export function announce ({ epoch, revision }) {
  if (epoch === session.epoch && revision === session.revision) return
  session = { ...session, epoch, revision }
  for (const run of changed) run(session)
  loadSession()
}

let events = null
export function listen () {
  if (events) return
  events = new EventSource('/api/events')
  events.addEventListener('change', e => announce(JSON.parse(e.data)))
  events.addEventListener('lock', locked)
  events.addEventListener('progress', e => { for (const run of progressed) run(JSON.parse(e.data)) })
}
export function listenNoMore () {
  events?.close()
  events = null
}

// ---- answers in views ----

// Asks `path` with `given` and asks again when the case changes. What was answered last stays until the next answer is
// there; an answer that came too late is dropped. In another language it asks anew: answers have sentences in them.
// `path` null: asks nothing.
// {data, error, slow (it takes over 0.3 s), again()}
export function useAnswer (path, given = {}) {
  const key = path && address(path, given)
  const [state, set] = useState({ data: null, error: null, slow: false, of: null })
  const [round, again] = useState(0)
  useEffect(() => onChange(() => again(n => n + 1)), [])
  useEffect(() => {
    if (!key) return set({ data: null, error: null, slow: false, of: null })
    const control = new AbortController()
    const slow = setTimeout(() => set(s => ({ ...s, slow: true })), 300)
    let soon
    get(path, given, control).then(
      data => {
        set({ data, error: null, slow: false, of: key })
        if (data?.ready === false) soon = setTimeout(() => again(n => n + 1), 700) // found so far: there is more to come
      },
      error => error.name !== 'AbortError' && set(s => ({ data: s.of === key ? s.data : null, error, slow: false, of: key }))
    ).finally(() => clearTimeout(slow))
    return () => { clearTimeout(slow); clearTimeout(soon); control.abort() }
  }, [key, round, currentLanguage()])
  return { ...state, stale: state.of !== key, again: () => again(n => n + 1) }
}

// A value that follows another, `ms` after it last changed: for what is typed.
export function useLate (value, ms = 120) {
  const [late, set] = useState(value)
  const first = useRef(true)
  useEffect(() => {
    if (first.current) { first.current = false; return }
    const timer = setTimeout(() => set(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return late
}

export const names = (q, space, limit = 12, signal) => get('names', { q, space, limit }, { signal }).then(a => a.names)
