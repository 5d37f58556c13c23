// Unfinished work, kept in the case as it is typed: within a second, sealed, under a name. It is there again after a closed
// window, a crash and a lock. Nothing of it is written to the browser's own storage.
//
// What always holds: a text that somebody else kept meanwhile (another window, another desk) is never overwritten unasked.
// Then `foreign` is called with theirs, ours is kept beside it under `form.mine.NAME`, and one of the two is chosen.
// What could not be kept (locked, the desk gone) stays here in memory and is tried again until it could.

import { beforeLock, get, getSession, post } from './api.js'

const SOON = 500 // milliseconds from a keystroke to its keeping
const AGAIN = 2000 // until what failed is tried again

const everyone = new Set()
const windows = 'BroadcastChannel' in globalThis ? new BroadcastChannel('bearout-kept') : null
windows?.addEventListener('message', ({ data }) => {
  for (const work of everyone) if (work.name === data.name) work.heard(data.text)
})

const read = async name => (await get('draft', { name })).text ?? ''
const write = (name, text) => post('draft', { name, text })

export class Work {
  /** `state(word)` is told 'kept', 'waiting', 'failed' (with the error) and 'foreign'; `foreign(text)` what others kept. */
  constructor (name, { state = () => {}, foreign = () => {} } = {}) {
    Object.assign(this, { name, state, foreign, text: '', base: '', timer: 0, running: null, conflict: null, closed: false })
  }

  /** What was kept last, or what waits here still because it could not be kept. */
  async open () {
    const waiting = [...everyone].find(work => work.name === this.name && work.pending)
    this.base = await read(this.name)
    this.text = this.base
    if (waiting) {
      this.text = waiting.text
      waiting.drop()
    }
    everyone.add(this)
    if (this.text !== this.base) this.put(this.text)
    return this.text
  }

  get pending () { return this.text !== this.base || this.conflict !== null }

  /** The text is now this. It will be kept in a moment. */
  put (text) {
    this.text = text
    everyone.add(this)
    if (!this.pending) return this.state('kept')
    this.state(this.conflict === null ? 'waiting' : 'foreign')
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.keep(), SOON)
  }

  /** Keeps what waits, now. Never throws: what failed is tried again. */
  keep () {
    this.running = (this.running ?? Promise.resolve()).then(() => this.#keep())
    return this.running
  }

  async #keep () {
    clearTimeout(this.timer)
    const text = this.text
    if (this.text !== this.base && getSession().state !== 'open') { // locked: it waits here
      this.timer = setTimeout(() => this.keep(), AGAIN)
      return
    }
    try {
      if (this.conflict !== null) return await write(`form.mine.${this.name}`.slice(0, 128), text)
      if (text === this.base) return
      const theirs = await read(this.name)
      if (theirs !== this.base && theirs !== text) return this.#met(theirs)
      if (theirs !== text) await write(this.name, text)
      this.base = text
      windows?.postMessage({ name: this.name, text })
      if (this.text === this.base) this.state('kept')
      if (this.closed && !this.pending) everyone.delete(this)
    } catch (error) {
      this.state('failed', error)
      this.timer = setTimeout(() => this.keep(), AGAIN)
    }
  }

  #met (theirs) {
    this.conflict = theirs
    this.state('foreign')
    this.foreign(theirs)
    this.put(this.text)
  }

  /** Another window of this browser kept a text under our name. */
  heard (text) {
    if (text === this.base || text === this.text) { this.base = text; return }
    if (this.text === this.base) { // nothing of ours is lost: follow
      this.base = this.text = text
      this.state('followed')
      return
    }
    this.#met(text)
  }

  /** Ours is to hold, or theirs; the other is gone. */
  async choose (mine) {
    const theirs = this.conflict
    this.conflict = null
    this.base = theirs
    if (!mine) this.text = theirs
    write(`form.mine.${this.name}`.slice(0, 128), '').catch(() => {})
    await this.keep()
    this.state(this.pending ? 'waiting' : 'kept')
    return this.text
  }

  /** The window goes away: what waits is sent off without waiting for an answer. */
  leave () {
    if (this.text === this.base || this.conflict !== null) return
    post('draft', { name: this.name, text: this.text }, { keepalive: true }).catch(() => {})
    this.base = this.text
  }

  /** The view goes away. What is not kept yet goes on being tried. */
  async close () {
    this.closed = true
    this.state = this.foreign = () => {}
    await this.keep()
    if (!this.pending) everyone.delete(this)
  }

  /** The work is done or given up: nothing of it stays. */
  async finish () {
    clearTimeout(this.timer)
    this.text = this.base // nothing more is to be kept
    await this.running // what is on its way must not arrive after the end
    clearTimeout(this.timer)
    this.text = this.base = ''
    this.conflict = null
    everyone.delete(this)
    await write(this.name, '')
    windows?.postMessage({ name: this.name, text: '' })
  }

  drop () {
    clearTimeout(this.timer)
    this.closed = true
    everyone.delete(this)
  }
}

beforeLock.add(() => Promise.all([...everyone].map(work => work.keep())))
