import type { useWords } from '../i18n/use-words'
import type { Report } from '../report/types'

/** Whose the share of today is, and of when: the public table's that the model meets, as the rank table of the same share tells. */
export function todaysShare({ ranks, period, answer }: Report, { t, name }: ReturnType<typeof useWords>): string {
  const table = ranks.find(one => one.quarters.some(quarter => quarter.period === period && quarter.sharePct !== null && Math.abs(quarter.sharePct / 100 - answer.shareBefore) < 0.001))
  return table ? t('share.todayOf', { place: name(table.place), period }) : t('share.todayIn', { period })
}
