// Sound and film of a record: the waveform, keys to hear it by, a stretch of time that is chosen, and the transcript that is
// typed beside it. The player is the browser's own; what it plays comes by ranges, so an hour's recording seeks at once.
import { html, useEffect, useLayoutEffect, useRef, useState } from './vendor/preact-htm.js'
import { address } from './api.js'
import { readLocator, writeTime } from './places.js'
import { t } from './words.js'
import { Wave } from './wave.js'

const STEP_BACK = 3 // seconds
const SLOW = [1, 0.75, 0.5]

/** What the keys do, while the sound has the focus or the transcript is typed (there with Alt). */
function useSound (media) {
  return {
    toggle: () => { const m = media.current; if (m) m.paused ? m.play().catch(() => {}) : m.pause() },
    back: (by = STEP_BACK) => { if (media.current) media.current.currentTime = Math.max(0, media.current.currentTime - by) },
    seek: to => { if (media.current) media.current.currentTime = Math.max(0, to) },
    slower: () => {
      const m = media.current
      if (m) m.playbackRate = SLOW[(SLOW.indexOf(m.playbackRate) + 1) % SLOW.length] ?? 1
      return m?.playbackRate
    },
    get time () { return media.current?.currentTime ?? 0 }
  }
}

/**
 * The sound. `peaks`: {seconds, peaks} or null; `stretch`: {from, to} or null, `onStretch(stretch)`; `onMark()` when Enter is
 * pressed; `statements`: those with a time are marked; `handle.current` is given what the keys do, for the transcript.
 */
export function Listening ({ id, media, peaks, seconds, statements, stretch, onStretch, onMark, handle, start }) {
  const player = useRef(null)
  const canvas = useRef(null)
  const [now, setNow] = useState(0)
  const [length, setLength] = useState(peaks?.seconds || seconds || 0)
  const [rate, setRate] = useState(1)
  const [playing, setPlaying] = useState(false)
  const [failed, setFailed] = useState(false)
  const sound = useSound(player)
  const drag = useRef(null)
  const from = useRef(null)
  if (handle) handle.current = sound
  const marks = statements.map(s => readLocator(s.locator)).filter(p => p?.kind === 'times')

  useEffect(() => { if (peaks?.seconds) setLength(peaks.seconds) }, [peaks?.seconds])
  useEffect(() => { if (start != null && length) sound.seek(start) }, [start, length > 0])
  useEffect(() => { // smoothly while it plays
    if (!playing) return
    let frame = requestAnimationFrame(function tick () {
      setNow(player.current?.currentTime ?? 0)
      frame = requestAnimationFrame(tick)
    })
    return () => cancelAnimationFrame(frame)
  }, [playing])
  const draw = () => canvas.current && new Wave(canvas.current, peaks?.peaks ?? [], length || 1).draw({ time: now, selected: stretch, marks })
  useLayoutEffect(() => { draw() })
  useEffect(() => {
    const watch = new ResizeObserver(draw)
    watch.observe(canvas.current)
    return () => watch.disconnect()
  })

  const wave = () => new Wave(canvas.current, [], length || 1)
  const pointer = {
    onPointerDown: e => { drag.current = wave().timeAt(e.clientX); e.currentTarget.setPointerCapture(e.pointerId) },
    onPointerMove: e => {
      if (drag.current === null) return
      const at = wave().timeAt(e.clientX)
      if (Math.abs(at - drag.current) * (canvas.current.clientWidth / (length || 1)) > 4) onStretch({ from: Math.min(at, drag.current), to: Math.max(at, drag.current) })
    },
    onPointerUp: e => {
      const at = wave().timeAt(e.clientX)
      if (Math.abs(at - drag.current) * (canvas.current.clientWidth / (length || 1)) <= 4) { sound.seek(at); setNow(at) }
      drag.current = null
    }
  }
  const begin = () => { from.current = sound.time; onStretch({ from: sound.time, to: sound.time }) }
  const end = () => {
    const start = from.current ?? stretch?.from ?? 0
    if (sound.time > start) onStretch({ from: start, to: sound.time })
  }
  const keys = event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = {
      ' ': sound.toggle, ArrowLeft: () => sound.back(event.shiftKey ? 1 : STEP_BACK), ArrowRight: () => sound.back(event.shiftKey ? -1 : -STEP_BACK),
      Home: () => sound.seek(0), End: () => sound.seek(length), s: () => setRate(sound.slower()), '[': begin, ']': end,
      Enter: () => stretch && onMark(), Escape: () => onStretch(null)
    }[event.key]
    if (!act) return
    event.preventDefault()
    act()
    setNow(sound.time)
  }
  const source = address('record/file', { id })
  const on = {
    src: source, preload: 'metadata', ref: player, onTimeUpdate: () => setNow(sound.time), onPlay: () => setPlaying(true), onPause: () => setPlaying(false),
    onLoadedMetadata: e => { if (Number.isFinite(e.target.duration)) setLength(e.target.duration) }, onRateChange: e => setRate(e.target.playbackRate),
    onError: () => setFailed(true)
  }
  return html`<section class="sound" aria-label=${t('sound.title')}>
    ${media.startsWith('video/') ? html`<video ...${on} playsinline></video>` : html`<audio ...${on}></audio>`}
    ${failed && html`<p class="problem">${t('sound.failed')}</p>`}
    <div class="wave" tabindex="0" role="slider" aria-label=${t('sound.wave')} aria-valuemin="0" aria-valuemax=${Math.round(length)} aria-valuenow=${Math.round(now)}
      aria-valuetext=${t('sound.at', { time: writeTime(now), of: writeTime(length) })} aria-describedby="sound-hint" onKeyDown=${keys}>
      <canvas ref=${canvas} ...${pointer}></canvas>
    </div>
    <div class="sound-row">
      <button type="button" class="primary" onClick=${sound.toggle} disabled=${failed}>${t(playing ? 'sound.pause' : 'sound.play')}</button>
      <button type="button" onClick=${() => { sound.back(); setNow(sound.time) }} disabled=${failed}>${t('sound.back', { n: STEP_BACK })}</button>
      <button type="button" onClick=${() => setRate(sound.slower())} aria-label=${t('sound.rate', { n: rate })} disabled=${failed}>${rate}×</button>
      <span class="sound-time">${writeTime(now)} <span class="quiet">/ ${writeTime(length)}</span></span>
      <span class="sound-cut"><button type="button" onClick=${begin}>${t('sound.begin')}</button>
        <button type="button" onClick=${end}>${t('sound.end')}</button>
        ${stretch && html`<span class="sound-stretch">${writeTime(stretch.from)}–${writeTime(stretch.to)}</span>
          <button type="button" class="primary" onClick=${onMark}>${t('sound.mark')} <kbd>↵</kbd></button>`}</span>
    </div>
    <p class="hint" id="sound-hint">${t('sound.hint')}</p>
  </section>`
}
