// A record's own fields, in a dialog: for a new one, or one that is amended.
import { html, useState } from './vendor/preact-htm.js'
import { newId, take } from './changes.js'
import { asPick, declared, voicesOrNew } from './naming.js'
import { record as recordEntry } from './notation.js'
import { Combobox, Dialog, Field, Problem } from './ui.js'
import { useKept } from './keptwork.js'
import { t } from './words.js'

export const KINDS = ['document', 'audio', 'video', 'image', 'page', 'message', 'object']
const plainOf = given => ({ title: given?.title ?? '', kind: given?.kind ?? 'document', on: given?.on ?? '', from: asPick(given?.from), by: asPick(given?.by), url: given?.url ?? '', note: given?.note ?? '' })

/** `given`: the record that is amended, or nothing. `onDone(id)`, `onClose()`. */
export function RecordForm ({ given, onDone, onClose }) {
  const [values, change, work] = useKept(given ? `form.record.${given.id}` : 'form.record', plainOf(given))
  const [error, setError] = useState(null)
  if (!values) return null
  async function save (event) {
    event.preventDefault()
    setError(null)
    try {
      const { text, id } = await declared([['voice', values.from], ['voice', values.by]])
      const name = given?.id ?? await newId('record', values.title)
      await take(text + recordEntry({ ...values, id: name, from: id('voice', values.from), by: id('voice', values.by), amends: !!given }),
        t(given ? 'record.amended' : 'record.added', { title: values.title }))
      await work.finish()
      onDone(name)
    } catch (refused) { setError(refused) }
  }
  const text = name => ({ value: values[name], onInput: e => change({ [name]: e.target.value }) })
  return html`<${Dialog} title=${t(given ? 'record.amend' : 'record.new')} onClose=${onClose}>
    <form class="form" onSubmit=${save}>
      <${Field} label=${t('record.f.title')} hint=${t('record.f.title.hint')} required ...${text('title')} />
      <div class="form-pair">
        <${Field} label=${t('record.f.kind')} options=${KINDS.map(k => [k, t('kind.' + k)])} value=${values.kind} onChange=${e => change({ kind: e.target.value })} />
        <${Field} label=${t('record.f.on')} hint=${t('date.hint')} ...${text('on')} />
      </div>
      <div class="form-pair">
        <${Combobox} label=${t('record.f.from')} hint=${t('record.f.from.hint')} value=${values.from?.label ?? ''} source=${voicesOrNew}
          onPick=${from => change({ from })} onText=${typed => !typed && change({ from: null })} />
        <${Combobox} label=${t('record.f.by')} hint=${t('record.f.by.hint')} value=${values.by?.label ?? ''} source=${voicesOrNew}
          onPick=${by => change({ by })} onText=${typed => !typed && change({ by: null })} />
      </div>
      <${Field} label=${t('record.f.url')} ...${text('url')} />
      <${Field} label=${t('record.f.note')} rows="2" ...${text('note')} />
      <${Problem} error=${error} />
      <div class="form-end"><button type="submit" class="primary" disabled=${!values.title.trim()}>${t('save')}</button>
        <button type="button" onClick=${onClose}>${t('cancel')}</button></div>
    </form></${Dialog}>`
}
