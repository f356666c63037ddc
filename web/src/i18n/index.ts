import { createI18n } from 'vue-i18n'
import type { Lang } from '../report/types'
import { en } from './en'
import { zh } from './zh'

type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> }
/** The shape of a dictionary: zh.ts has it, every other language must have exactly it. */
export type Messages = Same<typeof zh>
type Leaves<T, P extends string = ''> = { [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`> }[keyof T & string]
/** A key of the dictionaries; a misspelt one fails the type check. */
export type Key = Leaves<Messages>

/** Both dictionaries, starting in `lang`. A key that reaches the page without words is an error, not a fallback. */
export function words(lang: Lang) {
  return createI18n({
    legacy: false,
    locale: lang,
    messages: { zh, en },
    missing: (locale, key) => { throw new Error(`No words for ${key} in ${locale}`) },
  })
}

/** The language a link's hash asks for, else the reader's own. */
export function langOf(hash: URLSearchParams): Lang {
  const asked = hash.get('lang')
  return asked === 'zh' || asked === 'en' ? asked : navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
