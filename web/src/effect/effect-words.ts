import { useI18n } from 'vue-i18n'
import type { Messages } from '../i18n'
import { useWords } from '../i18n/use-words'
import type { Estimator, Value } from './types'

/** Keys whose numbers are counts or names of periods: never rounded. */
const NAMES = new Set(['group', 'time', 'eventTime', 'at', 'treated', 'control', 'period', 'unit', 'units', 'treatedUnits', 'periodsAfter', 'placebos', 'clusters', 'observations', 'treatedObservations', 'anticipation', 'degrees'])

/** How many decimals show the finest of the standard errors, or else the widest of the values, to three digits. */
export function decimals(errors: (Value | undefined)[], values: (Value | undefined)[] = []): number {
  const told = (list: (Value | undefined)[]) => list.filter((v): v is number => typeof v === 'number' && Number.isFinite(v) && v !== 0).map(Math.abs)
  const of = told(errors).length ? Math.min(...told(errors)) : Math.max(0, ...told(values)) / 10
  return of > 0 ? Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(of)))) : 2
}

/** The words of the page on effects: numbers with as many decimals as their error warrants, and what is known by key and what is not. */
export function useEffectWords() {
  const i18n = useI18n()
  const words = useWords()
  const { t, num, plain } = words
  const NONE = '—'
  const fixed = (value: Value | undefined, digits: number) => (typeof value !== 'number' || !Number.isFinite(value) ? NONE : Math.abs(value) < 1e9 ? num(value, digits) : plain(value))
  const interval = (low: Value | undefined, high: Value | undefined, digits: number) =>
    typeof low === 'number' && typeof high === 'number' ? t('effect.interval', { low: fixed(low, digits), high: fixed(high, digits) }) : NONE
  const pValue = (p: Value | undefined) => (typeof p !== 'number' ? NONE : p < 0.0005 ? '< 0.001' : num(p, 3))
  /** The words of a key in one of the lists of effect, or the key itself where a newer program names something this page does not know. */
  const known = (list: 'name' | 'column' | 'fact' | 'value', key: string): string => {
    const words = (i18n.getLocaleMessage(i18n.locale.value) as unknown as Messages).effect[list]
    return Object.hasOwn(words, key) ? words[key] ?? key : key
  }
  /** A value that stands by itself: names as they are, numbers to four digits. */
  const say = (key: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return NONE
    if (typeof value === 'boolean') return t(value ? 'effect.yes' : 'effect.no')
    if (typeof value === 'number') return key.endsWith('P') || key === 'p' ? pValue(value) : NAMES.has(key) ? String(value).replace('-', '−') : plain(value)
    return known('value', String(value))
  }
  const title = (e: Estimator) => known('name', e.name)
  /** How an estimator was asked, in a few words; empty where there is only one way. */
  const how = (e: Estimator) => ['method', 'controls', 'basePeriod'].filter(key => typeof e.diagnostics[key] === 'string').map(key => say(key, e.diagnostics[key])).join(t('effect.listComma'))
  /** Its name, and how it was asked where there is more than one way. */
  const full = (e: Estimator) => (how(e) ? t('effect.titleHow', { name: title(e), how: how(e) }) : title(e))
  return { ...words, NONE, fixed, interval, pValue, known, say, title, how, full }
}
export type EffectWords = ReturnType<typeof useEffectWords>
