// Makes pages on effects for effect.mjs: answers as the program gives them, from a seed, with hostile names. `node tests/effect-sample.mjs` writes them to tests/out.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fill, generator } from './sample.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const HOSTILE = ['</script><script>window.hacked = 1</script>', '=HYPERLINK("http://x","y")', '<img src=x onerror=window.hacked=1>', '{{ window.hacked = 1 }}', '+1+1', '镇', '@SUM(1)', '__proto__', '-2+3']
const estimate = (value, se) => ({ estimate: value, standardError: se, interval: se === null ? [null, null] : [value - 1.96 * se, value + 1.96 * se], p: se === null ? null : Math.min(1, Math.exp(-0.717 * Math.abs(value / se) - 0.416 * (value / se) ** 2)) })
const point = (value, se, banded = true) => ({ estimate: value, standardError: se, low: se === null ? null : value - 1.96 * se, high: se === null ? null : value + 1.96 * se, p: estimate(value, se).p, bandLow: banded && se !== null ? value - 2.7 * se : null, bandHigh: banded && se !== null ? value + 2.7 * se : null })
const preTrend = { statistic: 4.1, degrees: 6, p: 0.66, slope: 0.1, slopeError: 0.4, slopeP: 0.8, detectableSlope: 1.12, hiddenBias: 3.4 }

function attGt(rng, controls, base, periods, cohorts, smallest) {
  const table = cohorts.flatMap(group => periods.slice(1).map(time => ({ group, time, ...point(time >= group ? 4 + rng.normal() : rng.normal() / 2, rng.next() < 0.04 ? null : 1 + rng.next()), treated: time >= group })))
  const average = (key, at, mean) => ({ ...estimate(mean, 1.1), rows: at.map(x => ({ [key]: x, ...point(key === 'eventTime' && x < 0 ? rng.normal() / 2 : mean + rng.normal(), 1.2) })) })
  const last = periods.length - 3
  return {
    name: 'attGt', ...estimate(smallest ? 0.3 : 4.2, 0.9), verdict: 'x', detectableEffect: 2.8 * 0.9, table,
    aggregations: { simple: estimate(4.2, 0.9), group: average('group', cohorts, 4), dynamic: average('eventTime', Array.from({ length: 2 * last }, (_, i) => i - last + 1).filter(e => base === 'VARYING' || e !== -1), 5), calendar: average('time', periods.filter(p => p >= cohorts[0]), 4.4) },
    preTestP: 0.66, diagnostics: { method: 'DOUBLY_ROBUST', controls, basePeriod: base, anticipation: 0, errors: 'bootstrap', units: 1234, clusters: 57, preTrend }, warnings: ['The cohort 2012 has only 3 units: its errors are too small to trust.'],
  }
}

function page(columns, estimators, verdicts, notes, means, more = {}) {
  return {
    schema: 'xiaxiang.effect.1', version: '0.1.0', columns: { unit: 'township', period: 'quarter', outcome: 'units_sold', cohort: 'first_quarter', treatment: '', covariates: [], cluster: 'county', ...columns }, smallestEffect: 0, ...more,
    result: { estimators, data: { file: 'townships.csv', rows: 24680, rowsWithoutOutcomeOrCovariate: more.missing ?? 0, units: 1234, clusters: 57, periods: means[0].rows.length, firstPeriod: means[0].rows[0].time, lastPeriod: means[0].rows.at(-1).time, periodsCountedBy: 'value' } },
    verdicts, notes: notes.map(lines => ({ zh: lines.map(l => `中：${l}`), en: lines })), means,
  }
}
const meansOf = (rng, groups, times, level) => groups.map((group, g) => ({ group, units: 300 - 20 * g, complete: true, rows: times.map((time, t) => ({ time, mean: level + 6 * g + t + rng.normal() })) }))

/** Twelve cohorts over thirty periods, every estimator for staggered adoption, attGt twice, a smallest effect that matters. */
function staggered() {
  const rng = generator(3)
  const periods = Array.from({ length: 30 }, (_, i) => 2001 + i)
  const cohorts = periods.slice(6, 30).filter((_, i) => i % 2 === 0)
  const twice = [attGt(rng, 'NEVER_TREATED', 'VARYING', periods, cohorts, false), attGt(rng, 'NOT_YET_TREATED', 'UNIVERSAL', periods, cohorts, true)]
  const leads = Array.from({ length: 12 }, (_, i) => ({ eventTime: i - 5, ...point(i < 5 ? rng.normal() / 2 : 4 + rng.normal(), 1.1, i >= 5) }))
  const imputation = { name: 'imputation', ...estimate(1.2, 0.9), verdict: 'x', detectableEffect: 2.52, table: leads, preTestP: 0.7, diagnostics: { errors: 'conservative, clustered', observations: 24000, treatedObservations: 9000, clusters: 57, preTrend }, warnings: [] }
  const twfe = { name: 'twfe', ...estimate(3.1, 0.8), verdict: 'x', detectableEffect: 2.2, label: 'biased', table: [], diagnostics: { errors: 'clustered; G/(G-1) x (n-1)/(n-K); Student\'s t with G-1', observations: 24000, clusters: 57 }, warnings: [] }
  const kinds = ['Treated vs Untreated', 'Earlier vs Later Treated', 'Later vs Earlier Treated', 'Later vs Always Treated']
  const bacon = { name: 'bacon', ...estimate(3.1, null), table: Array.from({ length: 260 }, (_, i) => ({ treated: cohorts[i % 12], control: i % 4 === 0 ? 'never' : i % 4 === 3 ? 'always' : cohorts[(i * 5) % 12], type: kinds[i % 4], weight: rng.next() / 130, estimate: 3 + rng.normal() })), diagnostics: { weightedSum: 3.1 }, warnings: ['The 2 covariates are not part of the decomposition.'] }
  return page({ outcome: HOSTILE[0], covariates: [HOSTILE[1], 'log_people'] }, [...twice, imputation, twfe, bacon], ['EFFECT', 'NO_EFFECT', 'CANNOT_TELL', 'EFFECT', null], [[HOSTILE[2], 'The cohort 2012 has only 3 units.'], ['Only 9 units were never treated.'], [], [], ['Covariates are not part of it.']],
    meansOf(rng, [...cohorts, 'never'], periods, 40), { smallestEffect: 2.5, missing: 12 })
}

function synthetic(rng, name, units, times, groups, levels) {
  const gaps = group => times.map(time => ({ time, gap: time < group ? rng.normal() : -15 + rng.normal(), ...(levels ? { treated: 100 + rng.normal(), synthetic: 101 + rng.normal() } : {}) }))
  return {
    name, ...estimate(-15.6, 9.3), verdict: 'x', detectableEffect: 26,
    table: groups.flatMap(group => [...units.map(unit => ({ group, kind: 'unit', unit, weight: rng.next() / units.length })), { group, kind: 'period', period: times[3], weight: 0.6 }]),
    diagnostics: {
      errors: 'placebo in space', exactEstimate: null, placebos: 38, placebosAreAll: true, placeboRankP: 0.026, placeboRatioRankP: 0.05, placeboEstimates: Array.from({ length: 38 }, (_, i) => (i === 7 ? null : 9 * rng.normal())), placeboInTime: 0.4, conformalP: null,
      leaveOneOut: units.map(unit => ({ unit, estimate: -15 + rng.normal() })), newerThanThePage: 3.5,
      cohorts: groups.map(group => ({ group, treatedUnits: 1, periodsAfter: 12, estimate: -15.6, effectiveDonors: 3.4, rmspe: 1.7, l2Imbalance: 9, scaledL2Imbalance: 0.2, postPreRatio: 9, counterfactual: 80, lift: -0.2, incremental: -187, penalty: null, gaps: gaps(group) })),
    }, warnings: ['2 donors lack an outcome in some period and were left out'],
  }
}

/** Synthetic controls with one cohort and with two, periods that are texts, levels given or made from means, names that attack. */
function syntheticControls() {
  const rng = generator(5)
  const times = Array.from({ length: 31 }, (_, i) => `${1970 + i}`)
  return page({ unit: HOSTILE[3], outcome: HOSTILE[2] }, [synthetic(rng, 'syntheticControl', HOSTILE, times, ['1989'], false), synthetic(rng, 'ridgeSyntheticControl', HOSTILE.slice(0, 4), times, ['1985', '1989'], true), { ...synthetic(rng, 'syntheticDid', HOSTILE, times, ['1989'], false), name: 'aLaterEstimator' }],
    ['EFFECT', 'CANNOT_TELL', 'CANNOT_TELL'], [['2 donors were left out'], [], []], meansOf(rng, ['1985', '1989', 'never'], times, 100))
}

/** Nothing could be answered. */
function refused() {
  const rng = generator(9)
  const of = name => ({ name, ...estimate(null, null), estimate: null, table: [], diagnostics: {}, refusal: ['No unit is never treated. Use controls: notYet.'] })
  return page({ cohort: '', treatment: 'has_shop' }, ['attGt', 'imputation', 'twfe', 'bacon', 'syntheticControl'].map(of), [null, null, null, null, null], Array(5).fill(['No unit is never treated. Use controls: notYet.']), meansOf(rng, [HOSTILE[4]], [HOSTILE[6], HOSTILE[8]], 1))
}

const out = join(here, 'out')
mkdirSync(out, { recursive: true })
const template = readFileSync(join(here, '../dist/effect.html'), 'utf8')
for (const [name, make] of Object.entries({ staggered, synthetic: syntheticControls, refused })) writeFileSync(join(out, `effect-${name}.html`), fill(template, make()))
