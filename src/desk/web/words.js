// Every word on the page, in the language chosen: t('claims.title'), t('claims.count', {n: 18}).
//
// A catalogue is an object of keys. A value is a text with {names} to fill in, or an object of plural forms
// ({one, few, many, other}) chosen by `n` with Intl.PluralRules. English is whole; where another lacks a key, English
// stands in. Numbers that are filled in are written as the language writes them.
import english from './words/en.js'

const OTHERS = { ru: () => import('./words/ru.js') }
export const LANGUAGES = [['en', 'English'], ['ru', 'Русский']]

let language = 'en'
let catalogue = english
let plurals = new Intl.PluralRules('en')
let numbers = new Intl.NumberFormat('en')

export const currentLanguage = () => language

export async function setLanguage (tag) {
  if (tag !== 'en' && !OTHERS[tag]) tag = 'en'
  catalogue = tag === 'en' ? english : (await OTHERS[tag]()).default
  language = tag
  plurals = new Intl.PluralRules(tag)
  numbers = new Intl.NumberFormat(tag)
  document.documentElement.lang = tag
}

export function t (key, values = {}) {
  let text = catalogue[key] ?? english[key]
  if (text === undefined) {
    console.error(`words: no '${key}'`)
    return key
  }
  if (typeof text === 'object') text = text[plurals.select(values.n ?? 0)] ?? text.other
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name]
    return value === undefined ? whole : typeof value === 'number' ? numbers.format(value) : value
  })
}
export const has = key => key in catalogue || key in english
export const number = n => numbers.format(n)

// What the server says stands in lines of a terminal, in small letters and without a stop; on a page it is a sentence.
export const sentence = text => text && text.replace(/^\p{Ll}/u, first => first.toUpperCase()) + (/[.!?…:]$/.test(text) ? '' : '.')

// A date of the notation (2031, 2031-03, 2031-03-04, 2031-03-04T16:30Z) as the language writes it.
export function date (text, { short = false } = {}) {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::\d\d)?Z?)?)?)?$/.exec(text ?? '')
  if (!found) return text ?? ''
  const [, year, month, day, hour, minute] = found
  const at = new Date(Date.UTC(+year, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0))
  const format = { timeZone: 'UTC', year: 'numeric' }
  if (month) format.month = short ? 'short' : 'long'
  if (day) format.day = 'numeric'
  if (hour) Object.assign(format, { hour: '2-digit', minute: '2-digit' })
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, format).format(at)
}
export const today = () => new Date().toISOString().slice(0, 10)

// “a, b and c”
export const listed = parts => new Intl.ListFormat(language === 'en' ? 'en-GB' : language).format(parts)
