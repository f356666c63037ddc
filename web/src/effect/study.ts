import type { Trend } from './charts'
import type { Estimator, Row } from './types'

/** The rows of an estimator by periods since treatment, wherever it has them. */
export function study(e: Estimator): Row[] {
  const rows = e.aggregations?.dynamic?.rows ?? e.table
  return rows.filter(row => typeof row.eventTime === 'number')
}

/** The rows by cohort and period. */
export const groupTime = (e: Estimator) => e.table.filter(row => 'group' in row && 'time' in row && 'estimate' in row)

/**
 * The smallest straight trend that the test before treatment would have found (4 times in 5), as the effects would show it if it were all there is, on the effect's side of 0.
 * Before treatment a varying base compares a period with the one before it, so a trend is a step there; a universal base counts from the last period before treatment, imputation from before
 * its earliest lead. After treatment all count from the last period before.
 */
export function trendOf(e: Estimator): Trend | null {
  const slope = e.diagnostics.preTrend?.detectableSlope
  const times = study(e).map(row => Number(row.eventTime)).sort((a, b) => a - b)
  if (typeof slope !== 'number' || !times.length) return null
  const signed = (e.estimate ?? 0) < 0 ? -slope : slope
  const ahead = 1 + Number(e.diagnostics.anticipation ?? 0)
  const first = times[0]!
  const before = (at: number) => (e.name === 'imputation' ? at - first + 1 : e.diagnostics.basePeriod === 'VARYING' ? 1 : at + ahead)
  return {
    before: times.filter(at => at < 1 - ahead).map(at => [at, signed * before(at)]),
    after: times.filter(at => at >= 1 - ahead).map(at => [at, signed * (at + ahead)]),
  }
}
