// The facts the fixture server answers with: the places of demo/yichuan, and shops, sites and a plan from a made-up report, or from the report named by REPORT.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { csvParse } from 'd3-dsv'
import { SAMPLES } from './sample.mjs'

const demo = join(dirname(fileURLToPath(import.meta.url)), '../../demo/yichuan')
const table = name => csvParse(readFileSync(join(demo, name), 'utf8').replace(/^#.*\n/gm, ''))
export const text = name => readFileSync(join(demo, name), 'utf8')
const page = process.env.REPORT
export const report = page ? JSON.parse(/id="report-data">([\s\S]*?)<\/script>/.exec(readFileSync(page, 'utf8'))[1]) : SAMPLES.county()

const people = new Map()
for (const row of table('people.csv')) people.set(row.code, [...people.get(row.code) ?? [], row])
const number = value => (value === '' || value === undefined ? null : Number(value))
const divisions = table('divisions.csv')
const nearest = (lon, lat) => towns.reduce((best, one) => (Math.hypot(one.lon - lon, one.lat - lat) < Math.hypot(best.lon - lon, best.lat - lat) ? one : best))
export const places = divisions.map(row => ({
  code: row.code, name: row.name, nameEn: row.name_en, level: row.level, parent: row.parent, tier: row.tier.toLowerCase(), lon: number(row.lon), lat: number(row.lat), pointKind: row.point_kind || null,
  persons: number(people.get(row.code)?.[0]?.persons), shops: 0, ownShops: 0, children: divisions.filter(one => one.parent === row.code).length, kind: row.kind, urbanRural: row.urban_rural || null, source: row.source,
  people: (people.get(row.code) ?? []).map(one => ({ year: Number(one.year), persons: Number(one.persons), incomeIndex: Number(one.income_index), source: one.source, kind: one.kind })),
}))
const towns = places.filter(one => one.level === 'township' && one.lon !== null)
export const byCode = new Map(places.map(one => [one.code, one]))
export function pathOf(code) {
  const path = []
  for (let one = byCode.get(code); one; one = byCode.get(one.parent)) path.unshift({ code: one.code, name: one.name, nameEn: one.nameEn, level: one.level })
  return path
}
export const under = (code, top) => !top || pathOf(code).some(step => step.code === top)

export const brands = report.brands.map(one => ({ id: one.id, name: one.name.zh, nameEn: one.name.en, colour: one.colour, onlineShare: 0.2, rest: one.rest, source: 'brands.csv', kind: 'observed' }))
const OWNERS = ['own', 'partner', 'rival']
const FORMATS = ['owner_run', 'authorised_shop', 'brand_shop', 'shop_in_shop', 'carrier']
export const shops = report.shops.lon.map((lon, i) => {
  const lat = report.shops.lat[i]
  const at = nearest(lon, lat)
  at.shops++
  if (report.shops.owner[i] === 0) at.ownShops++
  const brand = brands[report.shops.brand[i]].id
  const second = brands[(report.shops.brand[i] + 2) % brands.length].id
  return {
    id: `${at.code}-S${i + 1}`, name: i === 3 ? '<img src=x onerror=alert(1)> 手机店' : `${at.name} ${i + 1}号店`, nameEn: i === 3 ? '' : `Shop ${i + 1}, ${at.nameEn}`, division: at.code, divisionName: at.name, lon, lat, owner: OWNERS[report.shops.owner[i]], format: FORMATS[i % 5],
    brands: brand === second ? [brand] : [brand, second], promoters: i % 3, sign: i % 2 === 0, kind: i % 6 === 0 ? 'observed' : 'synthetic', source: i % 6 === 0 ? 'visit of 2017-03-15' : 'seed 7', unitsMonth: { [brand]: 20 + i % 30 }, dealerMarginFen: { [brand]: 8000 + 100 * (i % 50) },
    closingFen: null, runningFenYear: 600000 + 1000 * i, breakEvenUnitsYear: 150, distributor: null, closed: false, version: 1,
  }
})
places[0].shops = shops.length
places[0].ownShops = shops.filter(one => one.owner === 'own').length
export const boundaries = JSON.parse(text('boundaries.geojson'))
export const bounds = places[0].code && (() => {
  const all = boundaries.features.flatMap(f => f.geometry.coordinates.flat(f.geometry.type === 'Polygon' ? 1 : 2))
  return [Math.min(...all.map(p => p[0])), Math.min(...all.map(p => p[1])), Math.max(...all.map(p => p[0])), Math.max(...all.map(p => p[1]))]
})()
export const terms = csvParse(readFileSync(join(demo, '../../core/src/main/resources/xiaxiang/core/demand/coefficients.csv'), 'utf8').replace(/^#.*\n/gm, ''))
  .map(row => ({ term: row.term, label: { zh: row.zh, en: row.en }, value: Number(row.value), standardError: Number(row.spread), unit: row.unit, source: row.source, kind: row.kind }))

export const RIGHTS = {
  founder: 'read_places read_shops export read_demand read_plans approve read_share read_people read_audit read_sources', planner: 'read_places read_shops edit_shops import export read_demand fit read_plans plan run_jobs read_share read_sources',
  county_manager: 'read_places read_shops edit_shops import export run_jobs read_demand read_plans read_share read_people read_sources', field_worker: 'read_places read_shops edit_shops read_sources', distributor: 'read_places read_shops export', shop: 'read_places read_shops',
  analyst: 'read_places read_shops export read_demand fit run_jobs read_plans read_share read_sources', finance: 'read_places read_shops export read_plans approve read_share read_audit read_sources', administrator: 'read_places read_shops edit_shops import export run_jobs read_people manage_people read_audit read_sources',
}
