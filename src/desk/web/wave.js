// The waveform of a sound on a canvas: peaks, what was played, the stretch that is selected, and where statements stand.
// It draws and measures; it neither plays nor listens. Colours are those of the style sheet, so they follow the theme.

export class Wave {
  /** `peaks`: 0 to 255, evenly over `seconds`. None at all is drawn as a plain line. */
  constructor (canvas, peaks, seconds) {
    Object.assign(this, { canvas, peaks, seconds })
  }

  timeAt (clientX) {
    const box = this.canvas.getBoundingClientRect()
    const part = box.width ? (clientX - box.left) / box.width : 0
    return Math.max(0, Math.min(1, part)) * this.seconds
  }

  /** `marks`: [{from, to}] of statements; `selected`: {from, to} or null. Costs a walk over the peaks. */
  draw ({ time = 0, selected = null, marks = [] }) {
    const { canvas } = this
    const ratio = globalThis.devicePixelRatio || 1
    const width = Math.max(1, Math.round(canvas.clientWidth * ratio))
    const height = Math.max(1, Math.round(canvas.clientHeight * ratio))
    if (canvas.width !== width) canvas.width = width
    if (canvas.height !== height) canvas.height = height
    const on = canvas.getContext('2d')
    const style = getComputedStyle(canvas)
    const colour = name => style.getPropertyValue(name).trim() || style.color
    const x = seconds => this.seconds ? seconds / this.seconds * width : 0
    on.clearRect(0, 0, width, height)
    if (selected) {
      on.fillStyle = colour('--wave-selected')
      on.fillRect(x(selected.from), 0, Math.max(ratio, x(selected.to) - x(selected.from)), height)
    }
    this.#bars(on, width, height, ratio, x(time), colour('--wave-played'), colour('--wave'))
    on.fillStyle = colour('--wave-mark')
    for (const mark of marks) on.fillRect(x(mark.from), height - 4 * ratio, Math.max(3 * ratio, x(mark.to) - x(mark.from)), 4 * ratio)
    on.fillStyle = colour('--wave-now')
    on.fillRect(Math.min(width - 2 * ratio, x(time)), 0, 2 * ratio, height)
  }

  #bars (on, width, height, ratio, now, played, ahead) {
    const step = 3 * ratio
    const bar = 2 * ratio
    const room = height - 8 * ratio
    for (let at = 0; at < width; at += step) {
      const from = Math.floor(at / width * this.peaks.length)
      const to = Math.max(from + 1, Math.floor((at + step) / width * this.peaks.length))
      let peak = 0
      for (let i = from; i < to && i < this.peaks.length; i++) peak = Math.max(peak, this.peaks[i])
      const tall = Math.max(ratio, peak / 255 * room)
      on.fillStyle = at < now ? played : ahead
      on.fillRect(at, (room - tall) / 2, bar, tall)
    }
  }
}
