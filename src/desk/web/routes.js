// Where each view is: its name in the address, what follows the name, the module that shows it, and where in the page's
// navigation it stands (`nav`, a key of the catalogue; those without are reached from others).
//
// A view's module exports `default`, a component given {args, query}, and `title(args)`, a string. It is fetched when it
// is first shown. An address is #/NAME/ARG…?QUERY, so that every view can be bookmarked and nothing of it is sent.

export const ROUTES = [
  { name: 'claims', nav: 'nav.claims', key: 'c', load: () => import('./views/claims.js') },
  { name: 'claim', args: ['id'], under: 'claims', load: () => import('./views/claim.js') },
  { name: 'what-if', nav: 'nav.whatif', key: 'w', load: () => import('./views/whatif.js') },
  { name: 'voices', nav: 'nav.voices', key: 'v', load: () => import('./views/voices.js') },
  { name: 'voice', args: ['id'], under: 'voices', load: () => import('./views/voice.js') },
  { name: 'records', nav: 'nav.records', key: 'r', load: () => import('./views/records.js') },
  { name: 'record', args: ['id'], under: 'records', load: () => import('./views/record.js') },
  { name: 'timeline', nav: 'nav.timeline', key: 't', load: () => import('./views/timeline.js') },
  { name: 'next', nav: 'nav.next', key: 'n', load: () => import('./views/next.js') },
  { name: 'questions', nav: 'nav.questions', key: 'q', load: () => import('./views/questions.js') },
  { name: 'drafts', nav: 'nav.drafts', key: 'd', load: () => import('./views/drafts.js') },
  { name: 'draft', args: ['name'], under: 'drafts', load: () => import('./views/draft.js') },
  { name: 'diary', nav: 'nav.diary', key: 'y', load: () => import('./views/diary.js') },
  { name: 'find', load: () => import('./views/find.js') },
  { name: 'first', load: () => import('./views/first.js') }
]
// Shown in place of any of them while the case is not open.
export const DOOR = { name: 'door', load: () => import('./views/door.js') }

export function parseAddress (hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [name, ...rest] = path.split('/').map(part => {
    try { return decodeURIComponent(part) } catch { return part }
  })
  const route = ROUTES.find(r => r.name === name)
  if (!route) return null
  const args = Object.fromEntries((route.args ?? []).map((key, i) => [key, rest[i] ?? '']))
  return { route, args, query: Object.fromEntries(new URLSearchParams(query)) }
}

// The address of a view: to('claim', 'order'), to('claims', {level: 'alleged'}). Empty values are left out.
export function to (name, ...rest) {
  const query = typeof rest.at(-1) === 'object' ? rest.pop() : {}
  const given = Object.entries(query).filter(([, value]) => value !== '' && value != null && value !== false)
  const search = new URLSearchParams(given).toString()
  return '#/' + [name, ...rest].map(encodeURIComponent).join('/') + (search ? '?' + search : '')
}

export function go (address, { replace = false } = {}) {
  if (!replace) location.hash = address
  else {
    history.replaceState(null, '', address)
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  }
}
