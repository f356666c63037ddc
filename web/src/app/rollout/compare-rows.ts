import type { Comparison, PlanRow } from '../api/types'
import type { useWords } from '../i18n'
import type { Side } from '../../map/marks'
import type { Site } from '../../report/types'

export interface CompareRow { head: string; unit: string; a: string; b: string; aDoubt: string; bDoubt: string; difference: string }

/** A site of either plan: as it is in A, as it is in B. */
export interface ComparedSite { id: string; side: Side; site: Site; a: Site | null; b: Site | null }
/** What only A has, what only B has, what both have; the largest difference first. */
export function comparedSites({ onlyA, onlyB, both }: Comparison): ComparedSite[] {
  const all: ComparedSite[] = [...onlyA.map(site => ({ id: site.id, side: 'a' as const, site, a: site, b: null })), ...onlyB.map(site => ({ id: site.id, side: 'b' as const, site, a: null, b: site })), ...both.map(one => ({ id: one.site.id, side: 'both' as const, site: one.site, a: one.site, b: one.other }))]
  const differs = (one: ComparedSite) => Math.abs((one.a?.netUnits ?? 0) - (one.b?.netUnits ?? 0))
  return all.sort((x, y) => differs(y) - differs(x))
}

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
