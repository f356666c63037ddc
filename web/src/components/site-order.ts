import { ascending } from 'd3-array'
import type { Lang, Name, Site } from '../report/types'

export const COLUMNS = ['wave', 'town', 'name', 'action', 'net', 'from', 'cost', 'payback', 'stays'] as const
export type Column = (typeof COLUMNS)[number]
export interface Sort { column: Column; down: boolean }
export const FIRST: Sort = { column: 'net', down: true }

/** The brand a site takes most from; undefined where it takes from none. */
export function topBrand(site: Site): { brand: string; units: number } | undefined {
  return site.fromBrands.reduce<{ brand: string; units: number } | undefined>((top, one) => (one.units > (top?.units ?? 0) ? one : top), undefined)
}

/** The sites in the order asked for; equal ones by net units, then by id, so that the order never wavers. */
export function sortSites(sites: Site[], sort: Sort, towns: Map<string, string>, name: (n: Name) => string, lang: Lang): Site[] {
  const collator = new Intl.Collator(lang === 'zh' ? 'zh-CN' : 'en', { numeric: true })
  const by: Record<Column, (a: Site, b: Site) => number> = {
    wave: (a, b) => a.wave - b.wave,
    town: (a, b) => collator.compare(towns.get(a.town) ?? a.town, towns.get(b.town) ?? b.town),
    name: (a, b) => collator.compare(name(a.name), name(b.name)),
    action: (a, b) => ascending(a.action, b.action),
    net: (a, b) => a.netUnits - b.netUnits,
    from: (a, b) => ascending(topBrand(a)?.brand ?? '', topBrand(b)?.brand ?? ''),
    cost: (a, b) => a.costFen - b.costFen,
    payback: (a, b) => (a.paybackMonths ?? Number.MAX_VALUE) - (b.paybackMonths ?? Number.MAX_VALUE),
    stays: (a, b) => a.stays - b.stays,
  }
  const turn = sort.down ? -1 : 1
  return [...sites].sort((a, b) => turn * by[sort.column](a, b) || b.netUnits - a.netUnits || ascending(a.id, b.id))
}
