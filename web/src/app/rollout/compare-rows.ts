import type { PlanRow } from '../api/types'
import type { useWords } from '../i18n'

export interface CompareRow { head: string; unit: string; a: string; b: string; aDoubt: string; bDoubt: string; difference: string }

/** The answers of two plans, row by row, with what the second has more than the first. */
export function answerRows(one: PlanRow, two: PlanRow, words: ReturnType<typeof useWords>): CompareRow[] {
  const { r, num, short, pct, money } = words
  const signed = (value: number, say: (n: number) => string) => (value > 0 ? '+' : '') + say(value)
  function row(head: string, unit: string, of: (plan: PlanRow) => number | null, say: (n: number) => string, doubt: (plan: PlanRow) => string = () => '', change = say): CompareRow {
    const [x, y] = [of(one), of(two)]
    return { head, unit, a: x === null ? '—' : say(x), b: y === null ? '—' : say(y), aDoubt: doubt(one), bDoubt: doubt(two), difference: x === null || y === null ? '—' : signed(y - x, change) }
  }
  const gapText = (gap: number) => (gap === 0 ? '0' : `≤ ${num(Math.ceil(gap * 1e4) / 100, 2)}%`)
  return [
    row(r('answer.net'), r('unit.year'), plan => plan.netUnits, short, plan => (plan.netLow === null || plan.netHigh === null ? '' : `${short(plan.netLow)}–${short(plan.netHigh)}`), num),
    row(r('answer.share'), '', plan => plan.shareAfter, pct, plan => (plan.shareBefore === null ? '' : `← ${pct(plan.shareBefore)}`), share => words.a('compare.points', { n: num(share * 100, 2) })),
    row(r('answer.cost'), '', plan => plan.costFen, money),
    row(r('answer.gap'), '', plan => plan.gap, gapText, () => '', gap => words.a('compare.points', { n: num(gap * 100, 3) })),
  ]
}
