// The diary: the log in words, the newest first, by day and by whose device it came; what was entered can be undone. Undoing
// is itself an entry (`retract`): the log forgets nothing.
import { html, useEffect, useRef, useState } from '../vendor/preact-htm.js'
import { get, getSession, onChange, useLate } from '../api.js'
import { take, useCheck, moved } from '../changes.js'
import { retract } from '../notation.js'
import { go, to } from '../routes.js'
import { currentLanguage, date, t } from '../words.js'
import { Dialog, Empty, Faults, Field, Problem, Waiting } from '../ui.js'

export const title = () => t('nav.diary')
const LIMIT = 60

// Batches up to a number, more of them on demand, asked again from the newest when the case changes.
function useDiary (q) {
  const [state, set] = useState({ batches: null, total: 0, error: null, slow: false, more: true })
  const asked = useRef(0)
  async function ask (before, kept) {
    const mine = ++asked.current
    const slow = setTimeout(() => mine === asked.current && set(s => ({ ...s, slow: true })), 300)
    try {
      const answer = await get('diary', { q, before, limit: LIMIT })
      if (mine !== asked.current) return
      const count = answer.batches.reduce((n, b) => n + b.entries.length, 0)
      set({ batches: [...kept, ...answer.batches], total: answer.total, error: null, slow: false, more: count >= LIMIT, epoch: getSession().epoch })
    } catch (error) {
      if (mine === asked.current) set(s => ({ ...s, error, slow: false }))
    } finally { clearTimeout(slow) }
  }
  useEffect(() => {
    ask('', [])
    return onChange(() => ask('', []))
  }, [q, currentLanguage()])
  const lowest = Math.min(...(state.batches ?? []).flatMap(b => b.entries.map(e => e.entry)))
  return { ...state, earlier: () => ask(lowest, state.batches), again: () => ask('', []) }
}

// Days, each with its batches.
function byDay (batches) {
  const days = []
  for (const batch of batches) {
    const day = (batch.time ?? '').slice(0, 10)
    if (days.at(-1)?.day !== day) days.push({ day, batches: [] })
    days.at(-1).batches.push(batch)
  }
  return days
}
const clock = time => {
  const at = new Date(time)
  return Number.isNaN(at.getTime()) ? '' : new Intl.DateTimeFormat(currentLanguage() === 'en' ? 'en-GB' : currentLanguage(), { hour: '2-digit', minute: '2-digit' }).format(at)
}

function Undo ({ entry, epoch, onClose, onDone }) {
  const [why, setWhy] = useState('')
  const [error, setError] = useState(null)
  const text = retract(entry.entry, why)
  const check = useCheck(retract(entry.entry))
  async function confirm (event) {
    event.preventDefault()
    if (getSession().epoch !== epoch) return setError({ what: t('diary.moved'), mend: t('diary.moved.mend') })
    try {
      await take(text, t('diary.undone', { n: entry.entry }), { undoable: false })
      onDone()
    } catch (refused) { setError(refused) }
  }
  const moves = moved(check.changes)
  return html`<${Dialog} title=${t('diary.undo.title')} onClose=${onClose}><form class="form" onSubmit=${confirm}>
    <p>${entry.words}</p>
    <div aria-live="polite"><h3>${t('diary.depends')}</h3>
      ${check.busy ? html`<p class="quiet">${t('waiting')}</p>`
        : check.faults.length ? html`<${Faults} faults=${check.faults} />`
        : moves.length ? html`<ul class="plain-list">${moves.map(m => html`<li>${m}</li>`)}</ul>` : html`<p class="quiet">${t('diary.depends.nothing')}</p>`}</div>
    <${Field} label=${t('diary.why')} hint=${t('diary.why.hint')} value=${why} onInput=${e => setWhy(e.target.value)} />
    <${Problem} error=${error} />
    <div class="form-end"><button type="submit" class="primary" disabled=${check.busy || check.faults.length > 0}>${t('diary.undo.do')}</button>
      <button type="button" onClick=${onClose}>${t('cancel')}</button></div>
  </form></${Dialog}>`
}

const Entry = ({ entry: e, onUndo }) => html`<li class=${e.retracted || e.void ? 'entry entry-undone' : 'entry'}>
  <span class="entry-number quiet">${e.entry}</span>
  <div class="entry-main"><p>${e.words}${e.retracted && html` <span class="tag">${t('diary.retracted')}</span>`}${e.void && html` <span class="tag">${t('diary.void')}</span>`}</p>
    <details><summary>${t('diary.notation')}</summary><pre>${e.notation}</pre></details></div>
  ${!e.retracted && !e.void && e.verb !== 'forget' && html`<button type="button" class="link" aria-label=${t('diary.undo.one', { n: e.entry })} onClick=${() => onUndo(e)}>${t('undo')}</button>`}
</li>`

export default function Diary ({ query }) {
  const [q, setQ] = useState(query.q ?? '')
  const late = useLate(q, 200)
  const diary = useDiary(late)
  const [undoing, setUndoing] = useState(null)
  useEffect(() => { if (late !== (query.q ?? '')) go(to('diary', { q: late }), { replace: true }) }, [late])
  return html`
    <div class="view-head"><div><h1>${t('nav.diary')}</h1>${diary.batches && html`<p>${t('diary.count', { n: diary.total })}</p>`}</div></div>
    <${Problem} error=${diary.error} retry=${diary.again} />
    <${Waiting} on=${diary.slow} />
    ${diary.batches && diary.total === 0 && !late ? html`<${Empty} title=${t('diary.empty')}><p>${t('diary.empty.what')}</p></${Empty}>` : html`
      <div class="filters" role="search" aria-label=${t('filter')}><${Field} label=${t('diary.filter')} type="search" value=${q} onInput=${e => setQ(e.target.value)} /></div>
      ${diary.batches?.length === 0 && html`<p class="quiet none">${t('nothing.found')}</p>`}
      ${byDay(diary.batches ?? []).map(day => html`<section class="day" key=${day.day}><h2>${date(day.day)}</h2>
        ${day.batches.map(b => html`<div class="batch"><p class="batch-head quiet small">${clock(b.time)} · ${b.mine ? t('diary.here') : t('diary.device', { name: (b.device ?? '').slice(0, 8) })}</p>
          <ol class="entries">${b.entries.map(e => html`<${Entry} key=${e.entry} entry=${e} onUndo=${entry => setUndoing({ entry, epoch: getSession().epoch })} />`)}</ol></div>`)}</section>`)}
      ${diary.batches?.length > 0 && diary.more && html`<p><button type="button" onClick=${diary.earlier}>${t('diary.earlier')}</button></p>`}`}
    ${undoing && html`<${Undo} ...${undoing} onClose=${() => setUndoing(null)} onDone=${() => { setUndoing(null); diary.again() }} />`}`
}
