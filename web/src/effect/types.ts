/** What the program fills into effect.html: effect.json as it is, and beside it what a reader needs. Values that cannot be told are null. */
export type Value = string | number | boolean | null
/** A row of a table, by its keys; which keys there are depends on the estimator. */
export type Row = Record<string, Value>
export interface Both { zh: string[]; en: string[] }
/** An estimate with its 95% interval and p, from one procedure. */
export interface Estimate { estimate: number | null; standardError: number | null; interval: [number | null, number | null]; p: number | null }
export interface Average extends Estimate { rows?: Row[] }
/** `slope` and `detectableSlope` in outcome per period; `hiddenBias` is what a trend of the latter adds to the effect. */
export interface PreTrend { statistic: number | null; degrees: number; p: number | null; slope: number | null; slopeError: number | null; slopeP: number | null; detectableSlope: number | null; hiddenBias: number | null }
/** One cohort of a synthetic control. Rows of `gaps` have time and gap, perhaps treated and synthetic too. */
export interface SyntheticCohort { group: Value; gaps?: Row[]; [fact: string]: Value | Row[] | undefined }
export interface Diagnostics {
  preTrend?: PreTrend
  cohorts?: SyntheticCohort[]
  placeboEstimates?: (number | null)[]
  leaveOneOut?: Row[]
  [fact: string]: unknown
}
export interface Estimator extends Estimate {
  name: string
  detectableEffect?: number | null
  table: Row[]
  aggregations?: { simple: Estimate; group?: Average; dynamic?: Average; calendar?: Average }
  diagnostics: Diagnostics
  warnings?: string[]
  refusal?: string[]
}
export interface Data { file: string; rows: number; rowsWithoutOutcomeOrCovariate: number; units: number; clusters: number; periods: number; firstPeriod: Value; lastPeriod: Value; periodsCountedBy: string }
export interface Columns { unit: string; period: string; outcome: string; cohort: string; treatment: string; covariates: string[]; cluster: string }
export type Verdict = 'EFFECT' | 'NO_EFFECT' | 'CANNOT_TELL'
/** A cohort's mean outcome by period; `complete` where every unit has an outcome in every period. */
export interface Means { group: Value; units: number; complete: boolean; rows: { time: Value; mean: number | null }[] }

export interface Effect {
  schema: string
  version: string
  columns: Columns
  /** The smallest effect that would matter, 0 if nobody said. */
  smallestEffect: number
  result: { estimators: Estimator[]; data: Data; stopped?: boolean }
  /** By estimator, as the lists of the result. */
  verdicts: (Verdict | null)[]
  notes: Both[]
  means: Means[]
}
