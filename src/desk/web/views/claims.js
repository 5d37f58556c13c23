// The board: every claim, how it stands, on whom it hangs, what is missing, and what changed since last time.
import { html } from '../vendor/preact-htm.js'
import { t } from '../words.js'
export const title = () => t('nav.claims')
export default function Claims () { return html`<h1>${t('nav.claims')}</h1>` }
