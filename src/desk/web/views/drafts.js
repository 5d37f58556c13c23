// The articles: what is being written, what is out, and two ways to begin.
import { html, useState } from '../vendor/preact-htm.js'
import { get, post, useAnswer } from '../api.js'
import { idFrom } from '../notation.js'
import { go, to } from '../routes.js'
import { date, t } from '../words.js'
import { Answer, Dialog, Empty, Field, Problem, toast } from '../ui.js'

export const title = () => t('nav.drafts')

/** A name for a new article that no draft and no article has: made of its title, as an address would be. */
export function slugFor (words, taken) {
  const stem = idFrom(words).replace(/[._]/g, '-') || 'article'
  for (let n = 1; ; n++) {
    const slug = n === 1 ? stem : `${stem}-${n}`
    if (!taken.has(slug)) return slug
  }
}

function NewArticle ({ taken, onClose }) {
  const [words, setWords] = useState('')
  const [error, setError] = useState(null)
  const [busy, setBusy] = useState('')
  async function begin (how) {
    setBusy(how)
    try {
      const text = how === 'first' ? (await post('first-draft')).text : `# ${words.trim()}\n\n`
      const name = slugFor(words.trim() || text.match(/^#\s+(.+)$/m)?.[1] || '', taken)
      await post('draft', { name, text: how === 'first' && words.trim() ? text.replace(/^#\s+.+$/m, () => `# ${words.trim()}`) : text })
      go(to('draft', name))
    } catch (refused) { setError(refused); setBusy('') }
  }
  return html`<${Dialog} title=${t('drafts.new')} onClose=${onClose}><form class="form" onSubmit=${e => { e.preventDefault(); if (words.trim()) begin('empty') }}>
    <${Field} label=${t('drafts.title')} hint=${t('drafts.title.hint')} value=${words} onInput=${e => setWords(e.target.value)} />
    <${Problem} error=${error} />
    <div class="form-end"><button type="submit" class="primary" disabled=${!!busy || !words.trim()}>${t('drafts.begin')}</button>
      <button type="button" disabled=${!!busy} onClick=${() => begin('first')}>${t('drafts.first')}</button></div>
    <p class="hint">${t('drafts.first.what')}</p>
  </form></${Dialog}>`
}

export default function Drafts ({ query }) {
  const drafts = useAnswer('drafts')
  const articles = useAnswer('articles')
  const [form, setForm] = useState(query.new === '1')
  const out = articles.data?.articles ?? []
  const kept = drafts.data?.drafts ?? drafts.data ?? []
  const all = new Set([...kept.map(d => d.name), ...out.map(a => a.slug)])
  const only = kept.filter(d => !out.some(a => a.slug === d.name))
  async function drop (name) {
    try {
      const { text } = await get('draft', { name })
      await post('draft', { name, text: '' })
      drafts.again()
      toast(t('drafts.gone', { name }), { action: { label: t('undo'), run: () => post('draft', { name, text }).then(drafts.again) } })
    } catch (error) { toast(error.what, { error: true }) }
  }
  return html`
    <div class="view-head"><div><h1>${t('nav.drafts')}</h1></div>${kept.length + out.length > 0 && html`<button type="button" class="primary" onClick=${() => setForm(true)}>${t('drafts.new')}</button>`}</div>
    <${Answer} of=${drafts}>${() => !kept.length && !out.length
      ? html`<${Empty} title=${t('drafts.empty')}><p>${t('drafts.empty.what')}</p><div class="form-end"><button type="button" class="primary" onClick=${() => setForm(true)}>${t('drafts.new')}</button></div></${Empty}>`
      : html`
        ${only.length > 0 && html`<section><h2>${t('drafts.writing')}</h2><ul class="draft-list">${only.map(d => html`<li class="draft-row" key=${d.name}>
          <a data-row href=${to('draft', d.name)}>${d.title || d.name}</a> <span class="quiet">${t('size.bytes', { n: d.bytes })}</span>
          <button type="button" class="link" aria-label=${t('drafts.drop.one', { name: d.name })} onClick=${() => drop(d.name)}>${t('drafts.drop')}</button></li>`)}</ul></section>`}
        ${out.length > 0 && html`<section><h2>${t('drafts.out')}</h2><ul class="draft-list">${out.map(a => html`<li class="draft-row" key=${a.slug}>
          <a data-row href=${to('draft', a.slug)}>${a.title || a.slug}</a>
          <span class="quiet">${t('drafts.out.on', { date: date(a.on) })}${a.versions > 1 ? ` · ${t('drafts.versions', { n: a.versions })}` : ''}</span>
          ${a.breaks && html`<strong class="overdue">${t('drafts.breaks')}</strong>`}</li>`)}</ul></section>`}`}</${Answer}>
    ${form && html`<${NewArticle} taken=${all} onClose=${() => setForm(false)} />`}`
}
