import { csvParseRows } from 'd3-dsv'
import type { PublicShares, Scenario, ScenarioDraft } from '../api/types'

/** The form of a scenario: money in yuan as people type it. */
export interface ScenarioFields extends Omit<ScenarioDraft, 'budgetFen' | 'runningCapFen' | 'waves'> { budgetYuan: number; runningYuan: number; waves: { label: string; yuan: number }[] }

/** The most the server takes of money. */
export const MOST_YUAN = 10_000_000_000_000
const fen = (yuan: number) => Math.round(yuan * 100)
export function draftOf({ name, nameEn, place, brand, publicShares, budgetFen, runningCapFen, waves, synthesizeSeed, draws, require, forbid, coefficients }: Scenario): ScenarioDraft {
  return { name, nameEn, place, brand, publicShares, budgetFen, runningCapFen, waves, synthesizeSeed, draws, require, forbid, coefficients }
}
export function fieldsOf(scenario: Scenario): ScenarioFields {
  const { budgetFen, runningCapFen, waves, ...same } = draftOf(scenario)
  return { ...same, nameEn: same.nameEn ?? '', budgetYuan: budgetFen / 100, runningYuan: runningCapFen / 100, waves: waves.map(one => ({ label: one.label, yuan: one.budgetFen / 100 })) }
}
/** As the server takes it: whole fen. */
export function sent({ budgetYuan, runningYuan, waves, ...same }: ScenarioFields): ScenarioDraft {
  return { ...same, budgetFen: fen(budgetYuan), runningCapFen: fen(runningYuan), waves: waves.map(one => ({ label: one.label.trim(), budgetFen: fen(one.yuan) })) }
}
/** The quarter after one such as 2017Q4; empty where the label is not a quarter. */
export function quarterAfter(label: string): string {
  const [, year, quarter] = /^(\d{4})Q([1-4])$/.exec(label) ?? []
  return !year || !quarter ? '' : quarter === '4' ? `${Number(year) + 1}Q1` : `${year}Q${Number(quarter) + 1}`
}
export function empty(place: string): ScenarioFields {
  const now = new Date()
  const waves = [`${now.getFullYear()}Q${Math.floor(now.getMonth() / 3) + 1}`]
  for (let i = 0; i < 3; i++) waves.push(quarterAfter(waves.at(-1)!))
  return { name: '', nameEn: '', place, brand: '', publicShares: { place: '', table: '', period: '' }, budgetYuan: 800_000, runningYuan: 600_000, waves: waves.map(label => ({ label, yuan: 200_000 })), synthesizeSeed: 7, draws: 50, require: [], forbid: [], coefficients: {} }
}
export const sumOfWaves = (form: ScenarioFields): number => form.waves.reduce((sum, one) => sum + (one.yuan || 0), 0)
/** An earlier wave of the same name; -1 where there is none. */
export function twinWave(waves: ScenarioFields['waves'], i: number): number {
  const label = waves[i]?.label.trim()
  const first = label ? waves.findIndex(one => one.label.trim() === label) : -1
  return first < i ? first : -1
}
/** The same but for what the form fills in by itself: brand and public table. */
export function same(one: ScenarioFields, other: ScenarioFields): boolean {
  return JSON.stringify({ ...one, brand: '', publicShares: null }) === JSON.stringify({ ...other, brand: '', publicShares: null })
}

/** A public table, and how many of the brands that need a share there it lacks. */
export interface PublicTable extends PublicShares { missing: number }
/** The public tables that the market's rows hold: those that name every brand first, the newest before. */
export function tablesOf(csv: string, brands: string[]): PublicTable[] {
  const seen = new Map<string, { table: PublicShares; named: Set<string> }>()
  // By rows: by names the library would write code and run it, which the policy forbids.
  const [head = [], ...rows] = csvParseRows(csv.replace(/^\uFEFF/, ''))
  const cell = (row: string[], name: string) => row[head.indexOf(name)] ?? ''
  for (const row of rows) {
    const one = { place: cell(row, 'place'), table: cell(row, 'table'), period: cell(row, 'period'), measure: cell(row, 'measure') || null }
    if (!one.table) continue
    const key = Object.values(one).join('\0')
    const known = seen.get(key) ?? { table: one, named: new Set<string>() }
    seen.set(key, known)
    if (cell(row, 'share_pct')) known.named.add(cell(row, 'brand').toLowerCase())
  }
  return [...seen.values()].map(({ table, named }) => ({ ...table, missing: brands.filter(id => !named.has(id.toLowerCase())).length }))
    .sort((x, y) => x.missing - y.missing || y.period.localeCompare(x.period) || x.table.localeCompare(y.table))
}
