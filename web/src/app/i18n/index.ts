import { createI18n, useI18n } from 'vue-i18n'
import { en } from '../../i18n/en'
import type { Key as ReportKey } from '../../i18n'
import { useWords as useReportWords } from '../../i18n/use-words'
import { zh } from '../../i18n/zh'
import type { Lang } from '../../report/types'
import type { Labelled, Territory } from '../api/types'
import { enApp } from './en'
import { zhApp } from './zh'

type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> }
/** The shape of the app's dictionary: zh.ts has it, every other language must have exactly it. */
export type AppMessages = Same<typeof zhApp>
type Leaves<T, P extends string = ''> = { [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`> }[keyof T & string]
/** A key of the app's words; a misspelt one fails the type check. */
export type AppKey = Leaves<AppMessages>

const STORED = 'xiaxiang.language'
function firstLang(): Lang {
  const asked = localStorage.getItem(STORED)
  return asked === 'zh' || asked === 'en' ? asked : navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** The words of the app and of the report's parts it shows, in both languages. */
export const i18n = createI18n({
  legacy: false,
  locale: firstLang(),
  messages: { zh: { ...zh, app: zhApp }, en: { ...en, app: enApp } },
  missing: (locale, key) => { throw new Error(`No words for ${key} in ${locale}`) },
})

export const tongue = (): Lang => (i18n.global.locale.value === 'zh' ? 'zh' : 'en')
export function speak(lang: Lang): void {
  i18n.global.locale.value = lang
  localStorage.setItem(STORED, lang)
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
}
/** Words outside a component. */
export const say = (key: AppKey, values: Record<string, string | number> = {}): string => i18n.global.t(`app.${key}`, values)

/** Words, numbers, dates and names in a component of the app. */
export function useWords() {
  const report = useReportWords()
  const { t, te } = useI18n()
  const locale = () => (report.lang.value === 'zh' ? 'zh-CN' : 'en-GB')
  const a = (key: AppKey, values: Record<string, string | number> = {}) => t(`app.${key}`, values)
  /** Words about `count` things, which a language may say otherwise for one. */
  const some = (key: AppKey, count: number, values: Record<string, string | number> = {}) => t(`app.${key}`, { k: report.num(count), ...values }, count)
  /** Words for a value that came from the server, which may know values this page does not: those show as they are. */
  const word = (group: string, value: string | null | undefined) => (!value ? '—' : te(`app.${group}.${value.replaceAll('.', '_')}`) ? t(`app.${group}.${value.replaceAll('.', '_')}`) : value.replaceAll('_', ' '))
  const label = (one: Labelled | null | undefined) => (!one ? '—' : report.lang.value === 'en' ? one.nameEn || one.name : one.name || one.nameEn || '—')
  /** The place a shop stands in. */
  const standsIn = (one: { divisionName: string; divisionNameEn?: string | null }) => label({ name: one.divisionName, nameEn: one.divisionNameEn ?? null })
  /** A territory by its name. */
  const reach = (one: Territory | null | undefined) => (!one || one.code === null ? a('territory.all') : label(one))
  const when = (iso: string | null | undefined) => (iso ? new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)) : '—')
  const day = (iso: string | null | undefined) => (iso ? new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(new Date(iso)) : '—')
  /** A moment as people say it: 3 minutes ago; from a week on, the date. */
  function ago(iso: string): string {
    const seconds = (Date.parse(iso) - Date.now()) / 1000
    const say = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
    const far = Math.abs(seconds)
    return far < 60 ? say.format(Math.round(seconds), 'second') : far < 3600 ? say.format(Math.round(seconds / 60), 'minute') : far < 86_400 ? say.format(Math.round(seconds / 3600), 'hour') : far < 604_800 ? say.format(Math.round(seconds / 86_400), 'day') : day(iso)
  }
  return { ...report, r: report.t as (key: ReportKey, values?: Record<string, string | number>) => string, a, some, word, label, standsIn, reach, when, day, ago }
}
