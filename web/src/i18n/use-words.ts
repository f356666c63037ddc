import { computed, inject, type InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Lang, Name, Range } from '../report/types'
import type { Key } from './index'

const LOCALE: Record<Lang, string> = { zh: 'zh-CN', en: 'en' }

/** The page's currency, an ISO 4217 code; its amounts come in hundredths. */
export const CURRENCY: InjectionKey<string> = Symbol('currency')

const UNITS: Record<string, Key> = { 'phones/person/year': 'coefUnit.phones', share: 'coefUnit.share', utils: 'coefUnit.utils', 'utils/km': 'coefUnit.utilsKm', 'utils/100 yuan': 'coefUnit.utilsMargin', yuan: 'coefUnit.yuan' }

/** Words and numbers of one language. Money comes in hundredths (fen) and leaves in whole units (yuan); shares come as 0..1 and leave in per cent. */
export function useWords(given?: string) {
  const i18n = useI18n()
  const lang = computed<Lang>(() => (i18n.locale.value === 'zh' ? 'zh' : 'en'))
  const currency = given ?? inject(CURRENCY, 'CNY')
  /** The currency in the words of a table's head: 元 in Chinese for yuan, else its sign. */
  const unit = computed(() => {
    const part = new Intl.NumberFormat(LOCALE[lang.value], { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0).find(p => p.type === 'currency')?.value ?? currency
    return lang.value === 'zh' && currency === 'CNY' ? '元' : part
  })
  const t = (key: Key, values: Record<string, string | number> = {}) => i18n.t(key, { money: unit.value, ...values })
  /** Words about `count` things, which a language may say otherwise for one; `{k}` in them is the count, written out. */
  const many = (key: Key, count: number) => i18n.t(key, { k: num(count) }, count)
  /** The unit of a coefficient, as the engine writes it, in words. */
  const unitOf = (unit: string) => { const key = UNITS[unit]; return key ? t(key) : unit }
  const made = new Map<string, Intl.NumberFormat>()
  const write = (value: number, options: Intl.NumberFormatOptions) => {
    const key = lang.value + JSON.stringify(options)
    let format = made.get(key)
    if (!format) made.set(key, format = new Intl.NumberFormat(LOCALE[lang.value], options))
    return format.format(value).replace('-', '−')
  }
  /** A number in full, such as 12,345. */
  const num = (value: number, digits = 0) => write(value, { maximumFractionDigits: digits, minimumFractionDigits: digits })
  /** A number as people say it: 12.3万 or 123k from 100,000 on, in full below. */
  const short = (value: number) => (Math.abs(value) < 1e5 ? num(value) : write(value, { notation: 'compact', maximumSignificantDigits: 3 }).replace('K', 'k').replace(/(?=[万亿])/, '\u2060'))
  const plain = (value: number) => write(value, { maximumSignificantDigits: 4 })
  const pct = (share: number, digits = 1) => `${num(share * 100, digits)}%`
  /** Money, short: ¥296万 or ¥2.96M; `full` writes every digit. */
  const money = (fen: number, full = false) => {
    const amount = fen / 100
    const short = !full && Math.abs(amount) >= 1e4
    return write(amount, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...(short ? { notation: 'compact', maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 }) })
      .replace('K', 'k').replace(/(?=[万亿])/, '\u2060')
  }
  /** Money in the unit of a table's head: ten thousands in Chinese, thousands in English. */
  const costColumn = (fen: number) => (lang.value === 'zh' ? num(fen / 1e6, 1) : num(fen / 1e5, 0))
  const name = (value: Name) => value[lang.value] || value.zh || value.en
  const interval = (range: Range, say: (value: number) => string) =>
    range.low === null || range.high === null ? t('noInterval') : t('level', { level: pct(range.level, 0), low: say(range.low), high: say(range.high) })
  return { lang, t, many, unitOf, num, short, plain, pct, money, costColumn, name, interval }
}
export type Words = ReturnType<typeof useWords>
