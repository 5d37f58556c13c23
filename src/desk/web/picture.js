// The picture of a claim: from the claim through voices to the ground that each stands on, a column for each time it was passed
// on. Only how it looks: what is in it comes from the server (graph: nodes in columns, edges).
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from './vendor/preact-htm.js'
import { Problem } from './ui.js'
import { Level, Move, inSentence } from './parts.js'
import { go, to } from './routes.js'
import { useAnswer, useLate } from './api.js'
import { has, t } from './words.js'

const LINE = 17 // of text, in units of the picture
const PAD = 9
const GAP_Y = 14
const MOST_LINES = 4

// ---- texts that fit ----

let pen
function widthOf (text, font) {
  pen ??= document.createElement('canvas').getContext('2d')
  pen.font = font
  return pen.measureText(text).width
}
function wrap (text, width, font, most = MOST_LINES) {
  const lines = ['']
  for (const word of String(text).split(/\s+/)) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word
    if (!lines.at(-1) || widthOf(longer, font) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  if (lines.length <= most) return lines
  const kept = lines.slice(0, most)
  while (kept[most - 1] && widthOf(kept[most - 1] + '…', font) > width) kept[most - 1] = kept[most - 1].replace(/\s*\S+$/, '')
  kept[most - 1] += '…'
  return kept
}

// ---- where everything stands ----

// Nodes get x, y, w, h and lines. A line that passes a column leads through a gap kept free there (a knot), so that it crosses
// nothing. Each column is put in the order that keeps lines from crossing (sweeps of the mean of the neighbours), the side
// that denies below the side that says so.
export function layOut ({ nodes, edges }, width, fonts) {
  const used = [...new Set(nodes.map(n => n.column))].sort((a, b) => a - b)
  const columns = used.map(() => [])
  const at = new Map()
  for (const node of nodes) {
    const own = { ...node, column: used.indexOf(node.column) }
    columns[own.column].push(own)
    at.set(node.id, own)
  }
  const drawn = edges.filter(e => at.has(e.from) && at.has(e.to)).map(e => ({ ...e, knots: knotsOf(at.get(e.from), at.get(e.to), columns) }))
  const count = columns.length
  const gap = Math.max(28, Math.min(72, width / count / 4))
  const w = Math.max(132, Math.min(264, (width - gap * (count - 1)) / count))
  for (const node of columns.flat()) measure(node, w, fonts)
  order(columns, drawn, at)
  const heights = columns.map(column => column.reduce((sum, n) => sum + n.h + GAP_Y, -GAP_Y))
  const height = Math.max(...heights, 60)
  columns.forEach((column, c) => {
    let y = (height - heights[c]) / 2
    for (const node of column) {
      Object.assign(node, { x: c * (w + gap), y })
      y += node.h + GAP_Y
    }
  })
  return { nodes: columns.flat().filter(n => !n.knot), at, edges: drawn, width: count * w + (count - 1) * gap, height, w, gap, columns }
}
function knotsOf (from, end, columns) {
  const knots = []
  for (let c = from.column + 1; c < end.column; c++) {
    const knot = { knot: true, column: c, id: NaN, side: end.side }
    columns[c].push(knot)
    knots.push(knot)
  }
  return knots
}
function measure (node, w, fonts) {
  node.w = w
  if (node.knot) { node.h = 6; return }
  const set = ['claim', 'paper', 'thing'].includes(node.kind) ? fonts.serif : fonts.sans
  node.lines = wrap(labelOf(node), w - 2 * PAD, set)
  node.subs = subOf(node) ? wrap(subOf(node), w - 2 * PAD, fonts.small, 2) : []
  node.h = 2 * PAD + LINE * node.lines.length + (LINE - 2) * node.subs.length + (node.keystone ? LINE : 0)
}
function order (columns, edges, at) {
  const near = new Map(columns.flat().map(n => [n, []]))
  for (const e of edges) {
    const stops = [at.get(e.from), ...e.knots, at.get(e.to)]
    for (let i = 1; i < stops.length; i++) { near.get(stops[i - 1]).push(stops[i]); near.get(stops[i]).push(stops[i - 1]) }
  }
  const side = node => node.side === 'against' ? 1 : 0
  const rank = column => column.forEach((node, i) => { node.rank = (i + .5) / column.length })
  columns.forEach(rank)
  const on = columns.slice(1)
  const back = columns.slice(0, -1).reverse()
  for (const sweep of [on, back, on, back, on]) {
    for (const column of sweep) {
      for (const node of column) {
        const beside = near.get(node).filter(n => sweep === on ? n.column < node.column : n.column > node.column)
        node.weight = beside.length ? beside.reduce((sum, n) => sum + n.rank, 0) / beside.length : node.rank
      }
      column.sort((a, b) => side(a) - side(b) || a.weight - b.weight || a.rank - b.rank)
      rank(column)
    }
  }
}
const labelOf = node => node.kind === 'ground' && node.ground ? t('picture.ground.' + node.ground) : node.kind === 'more' ? t('claims.more', { n: node.hidden ?? 0 }) : node.label
const SUBS = { 'concludes it': 'picture.concludes', examined: 'picture.examined', read: 'picture.read' }
const subOf = node => !node.sub ? '' : SUBS[node.sub] ? t(SUBS[node.sub]) : has('level.' + node.sub) ? t('level.' + node.sub) : node.sub

// Which nodes are left when a voice is wrong: what leads to the claim only through it goes.
export function goesWith (graph, voice) {
  if (!voice) return new Set()
  const gone = new Set(graph.nodes.filter(n => n.voice === voice).map(n => n.id))
  const hears = new Map()
  for (const { from, to: end } of graph.edges) hears.set(end, [...hears.get(end) ?? [], from])
  for (let again = true; again;) { // outwards: what is heard by nobody who is left
    again = false
    for (const node of graph.nodes) {
      const before = hears.get(node.id)
      if (!gone.has(node.id) && before?.length && before.every(id => gone.has(id))) { gone.add(node.id); again = true }
    }
  }
  for (let again = true; again;) { // inwards: a teller all of whose grounds are gone
    again = false
    for (const node of graph.nodes) {
      const after = graph.edges.filter(e => e.from === node.id).map(e => e.to)
      const falls = after.length && (node.kind === 'inference' ? after.some(id => gone.has(id)) : after.every(id => gone.has(id)))
      if (!gone.has(node.id) && node.column > 0 && falls) { gone.add(node.id); again = true }
    }
  }
  return gone
}

// ---- drawing ----

// From the right edge of the first to the left edge of the last, level through each knot between.
function curve (stops) {
  let path = `M${stops[0].x + stops[0].w} ${stops[0].y + stops[0].h / 2}`
  for (let i = 1; i < stops.length; i++) {
    const [a, b] = [stops[i - 1], stops[i]]
    const x1 = a.x + a.w, y1 = a.y + a.h / 2, x2 = b.x, y2 = b.y + b.h / 2
    const bend = Math.max(16, (x2 - x1) / 2)
    path += `C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` + (b.knot ? `H${b.x + b.w}` : '')
  }
  return path
}

function Node ({ node, gone, chosen, onLook }) {
  let y = node.y + PAD + 12.5
  const line = (text, name, i) => {
    const drawn = html`<text key=${name + i} x=${node.x + PAD} y=${y} class=${name}>${text + ' '}</text>`
    y += name === 'n-label' ? LINE : LINE - 2
    return drawn
  }
  const body = html`<rect x=${node.x} y=${node.y} width=${node.w} height=${node.h} rx=${node.kind === 'voice' ? 3 : 0} />
    ${node.keystone && html`<path class="wedge" d=${`M${node.x} ${node.y}h${node.w}v5h-${node.w}z`} />`}
    ${node.keystone && (() => { const d = html`<text x=${node.x + PAD} y=${y + 2} class="n-key">${t('picture.keystone') + ' '}</text>`; y += LINE; return d })()}
    ${node.lines.map((l, i) => line(l, 'n-label', i))}${node.subs.map((l, i) => line(l, 'n-sub', i))}`
  const name = `node node-${node.kind} side-${node.side ?? 'for'}${node.keystone ? ' node-keystone' : ''}${gone ? ' gone' : ''}${chosen ? ' chosen' : ''}`
  const open = node.voice ? to('voice', node.voice) : node.record ? to('record', node.record) : node.claim && node.column > 0 ? to('claim', node.claim) : null
  if (!open) return html`<g class=${name}>${body}</g>`
  const look = voice => () => onLook(voice)
  return html`<a class=${name} href=${open} onMouseEnter=${look(node.voice)} onMouseLeave=${look(null)} onFocus=${look(node.voice)} onBlur=${look(null)}
    onClick=${e => { if (!e.ctrlKey && !e.metaKey && !e.shiftKey) { e.preventDefault(); go(open) } }}>${body}</a>`
}

const headOf = (column, c, last) => c === 0 ? t('picture.claim') : c === last && column.every(n => ['ground', 'paper', 'thing', 'more'].includes(n.kind)) ? t('picture.ground')
  : c === 1 ? t('picture.told') : t('picture.hop', { n: c - 1 })

// What falls with the voice looked at, in words beneath the picture.
function Without ({ voice, name }) {
  const answer = useAnswer(voice ? 'without' : null, { voices: voice, limit: 6 })
  if (!voice) return html`<p class="quiet">${t('picture.hint')}</p>`
  if (answer.error) return html`<${Problem} error=${answer.error} />`
  if (!answer.data || answer.stale) return html`<p class="quiet">${t('picture.without', { name: inSentence(name) })} …</p>`
  const { total, changes } = answer.data
  return html`<p><strong>${t('picture.without', { name: inSentence(name) })}</strong> ${total ? t('picture.falls', { n: total }) : t('picture.falls.none')}</p>
    ${total > 0 && html`<ul class="falls">${changes.map(c => html`<li key=${c.id}>${c.from.level === c.to.level ? html`<${Level} level=${c.to.level} />` : html`<${Move} from=${c.from.level} to=${c.to.level} />`} <span class="falls-claim">${c.sentence}</span>${c.from.figures !== c.to.figures && html`<span class="quiet small">${t('whatif.figures', { from: c.from.figures, to: c.to.figures })}</span>`}</li>`)}
      ${total > changes.length && html`<li class="quiet">${t('claims.more', { n: total - changes.length })}</li>`}</ul>`}`
}

export function Picture ({ graph, claim }) {
  const box = useRef(null)
  const [width, setWidth] = useState(0)
  const [voice, setVoice] = useState(null)
  const [fonts, setFonts] = useState(null)
  const looked = useLate(voice, 120)
  useLayoutEffect(() => {
    const style = getComputedStyle(box.current)
    const [sans, serif] = ['--sans', '--serif'].map(v => style.getPropertyValue(v))
    setFonts({ sans: `14px ${sans}`, serif: `15px ${serif}`, small: `12.5px ${sans}` })
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry.contentRect.width)))
    watch.observe(box.current)
    return () => watch.disconnect()
  }, [])
  const drawn = useMemo(() => fonts && width ? layOut(graph, width - 4, fonts) : null, [graph, width, fonts])
  const gone = useMemo(() => goesWith(graph, looked), [graph, looked])
  useEffect(() => setVoice(null), [graph])
  const name = graph.nodes.find(n => n.voice === looked)?.label
  const top = 26
  return html`<figure class="picture">
    <div class="picture-box" ref=${box} tabindex=${drawn && drawn.width + 4 > width ? 0 : undefined} role="group" aria-label=${t('picture.of', { claim: claim.sentence })}>
      ${drawn && html`<svg width=${drawn.width + 4} height=${drawn.height + top + 6} viewBox=${`-2 ${-top} ${drawn.width + 4} ${drawn.height + top + 6}`}>
        <g class="heads" aria-hidden="true">${drawn.columns.map((column, c) => column.length > 0 && html`<text key=${c} x=${c * (drawn.w + drawn.gap)} y="-10">${headOf(column, c, drawn.columns.length - 1)}</text>`)}</g>
        <g class="edges" aria-hidden="true">${drawn.edges.map(e => {
          const [a, b] = [drawn.at.get(e.from), drawn.at.get(e.to)]
          return a && b && html`<path d=${curve([a, ...e.knots, b])} class=${`${e.bare ? 'bare ' : ''}side-${b.side ?? 'for'}${gone.has(a.id) || gone.has(b.id) ? ' gone' : ''}`} />`
        })}</g>
        ${drawn.nodes.map(node => html`<${Node} key=${node.id} node=${node} gone=${gone.has(node.id)} chosen=${looked && node.voice === looked} onLook=${setVoice} />`)}
      </svg>`}
    </div>
    <figcaption aria-live="polite"><${Without} voice=${looked} name=${name} /></figcaption>
  </figure>`
}
