import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Lang, Name, Range } from '../report/types'
import type { Key } from './index'

const LOCALE: Record<Lang, string> = { zh: 'zh-CN', en: 'en' }

/** Words and numbers of one language. Money comes in fen and leaves in yuan; shares come as 0..1 and leave in per cent. */
export function useWords() {
  const i18n = useI18n()
  const lang = computed<Lang>(() => (i18n.locale.value === 'zh' ? 'zh' : 'en'))
  const t = (key: Key, values: Record<string, string | number> = {}) => i18n.t(key, values)
  /** Words about `count` things, which a language may say otherwise for one; `{k}` in them is the count, written out. */
  const many = (key: Key, count: number) => i18n.t(key, { k: num(count) }, count)
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
  /** Money in yuan, short: ¥296万 or ¥2.96M. */
  const money = (fen: number) => {
    const yuan = fen / 100
    const text = Math.abs(yuan) < 1e4 ? num(Math.abs(yuan)) : write(Math.abs(yuan), { notation: 'compact', maximumSignificantDigits: 3 }).replace('K', 'k').replace(/(?=[万亿])/, '\u2060')
    return `${yuan < 0 ? '−' : ''}¥${text}`
  }
  /** Money in the unit of a table's head: 万元 in Chinese, thousands of yuan in English. */
  const costColumn = (fen: number) => (lang.value === 'zh' ? num(fen / 1e6, 1) : num(fen / 1e5, 0))
  const name = (value: Name) => value[lang.value] || value.zh || value.en
  const interval = (range: Range, say: (value: number) => string) =>
    range.low === null || range.high === null ? t('noInterval') : t('level', { level: pct(range.level, 0), low: say(range.low), high: say(range.high) })
  return { lang, t, many, num, short, plain, pct, money, costColumn, name, interval }
}
export type Words = ReturnType<typeof useWords>
