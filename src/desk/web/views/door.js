// The door: unlock the case, or make it. What is wrong is the server's own sentence. The passphrase is in its field alone, and
// the field is emptied as soon as it was sent.
import { html, useEffect, useRef, useState } from '../vendor/preact-htm.js'
import { unlock } from '../api.js'
import { go, to } from '../routes.js'
import { t } from '../words.js'
import { Field, Problem, Waiting } from '../ui.js'

export const title = () => t('door.title')

// Several words are far better than a short riddle of signs: what is said is about length alone.
const SHORT = 12

function Passphrase ({ label, hint, error, inputRef, onInput, shown, autocomplete }) {
  return html`<${Field} label=${label} hint=${hint} error=${error} type=${shown ? 'text' : 'password'} inputRef=${inputRef} onInput=${onInput}
    autocomplete=${autocomplete} spellcheck="false" autocapitalize="off" required data-focus />`
}

export default function Door ({ session }) {
  const creating = session.state === 'none'
  const first = useRef(null)
  const second = useRef(null)
  const [error, setError] = useState(null)
  const [differ, setDiffer] = useState(false)
  const [length, setLength] = useState(0)
  const [shown, setShown] = useState(false)
  const [busy, setBusy] = useState(false)
  useEffect(() => { first.current?.focus() }, [])
  async function send (event) {
    event.preventDefault()
    const passphrase = first.current.value
    setError(null)
    if (creating && passphrase !== second.current.value) {
      setDiffer(true)
      second.current.focus()
      return
    }
    setBusy(true)
    try {
      if (creating) go(to('first'), { replace: true }) // what is shown as soon as it is there
      await unlock(creating ? 'create' : 'unlock', passphrase)
    } catch (refused) {
      setError(refused)
      setBusy(false)
      requestAnimationFrame(() => { first.current?.focus() })
    } finally {
      if (first.current) first.current.value = ''
      if (second.current) second.current.value = ''
      setLength(0)
    }
  }
  return html`
    <p class="kicker">Bearout</p>
    <h1>${creating ? t('door.create') : t('door.unlock', { file: session.file ?? '' })}</h1>
    <p class="door-what">${creating ? t('door.create.what', { file: session.file ?? '' }) : t('door.unlock.what')}</p>
    <form class="form door-form" onSubmit=${send}>
      <${Passphrase} label=${t('door.passphrase')} hint=${creating ? t('door.passphrase.hint') : undefined} inputRef=${first} shown=${shown}
        autocomplete=${creating ? 'new-password' : 'current-password'} onInput=${e => { setLength(e.target.value.length); setDiffer(false) }} />
      ${creating && html`<${Passphrase} label=${t('door.again')} error=${differ ? t('door.differ') : undefined} inputRef=${second} shown=${shown} autocomplete="new-password" onInput=${() => setDiffer(false)} />`}
      <label class="check"><input type="checkbox" checked=${shown} onChange=${e => setShown(e.target.checked)} /> ${t('door.show')}</label>
      ${creating && length > 0 && length < SHORT && html`<p class="hint">${t('door.short', { n: length })}</p>`}
      <${Problem} error=${error && { what: error.what, mend: error.mend }} />
      <div class="form-end"><button type="submit" class="primary" disabled=${busy}>${t(creating ? 'door.create.do' : 'door.unlock.do')}</button></div>
      <${Waiting} on=${busy} label=${t('door.busy')} />
      ${busy && html`<p class="hint" role="status">${t('door.busy')}</p>`}
    </form>
    ${creating && html`<p class="small quiet">${t('door.lost')}</p>`}`
}
