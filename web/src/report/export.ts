import { csvFormatRows } from 'd3-dsv'
import { topBrand } from '../components/site-order'
import type { Words } from '../i18n/use-words'
import type { Report, Site } from './types'

/** A text cell that no spreadsheet runs as a formula: one that starts like a formula gets a quote in front. Numbers stay numbers. */
export function safeCell(text: string): string {
  return /^[=+\-@\t\r\n|%\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text
}

const yuan = (fen: number) => String(fen / 100)

/** The sites as CSV with a byte order mark, heads in the reader's language, money in yuan. */
export function sitesCsv(report: Report, sites: Site[], w: Words): string {
  const { t, name } = w
  const towns = new Map(report.towns.map(town => [town.code, name(town.name)]))
  const brands = new Map(report.brands.map(b => [b.id, name(b.name)]))
  const head = [
    t('csv.countyCode'), t('site.wave'), t('csv.townCode'), t('site.town'), t('csv.id'), t('site.name'), t('csv.kind'), t('site.action'), t('csv.format'), t('csv.lon'), t('csv.lat'),
    `${t('site.net')} (${t('unit.year')})`, t('csv.units'), t('site.from'), t('csv.fromUnits'), t('csv.cannibalOnline'), t('csv.cannibalShops'),
    `${t('site.cost')} (${t('unit.money')})`, t('csv.running'), t('csv.dealer'), t('csv.breakEven'), `${t('site.payback')} (${t('unit.months')})`, t('site.stays'), t('csv.draws'),
  ]
  const rows = sites.map(s => {
    const top = topBrand(s)
    return [
      safeCell(report.place.code), String(s.wave), safeCell(s.town), safeCell(towns.get(s.town) ?? ''), safeCell(s.id), safeCell(name(s.name)), t(`kind.${s.kind}`), t(`action.${s.action}`), t(`format.${s.format}`), String(s.lon), String(s.lat),
      String(s.netUnits), String(s.units), safeCell(top ? brands.get(top.brand) ?? top.brand : ''), String(top?.units ?? 0), String(s.cannibalisedOnline), String(s.cannibalisedShops),
      yuan(s.costFen), yuan(s.runningFen), yuan(s.dealerMarginFenMonth), String(s.breakEvenUnits), s.paybackMonths === null ? '' : String(s.paybackMonths), String(s.stays), String(report.draws.count),
    ]
  })
  return `\uFEFF${csvFormatRows([head, ...rows])}\n`
}

/** The sites as GeoJSON points, WGS-84, keys as in the report's own JSON so that programs need no language. */
export function sitesGeoJson(report: Report, sites: Site[]): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: sites.map(({ lon, lat, fromBrands, fromChannels, ...properties }) => ({
      type: 'Feature', id: properties.id, geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { ...properties, place: report.place.code, period: report.period, fromBrands, fromChannels },
    })),
  }, null, 1)
}

/** Hands the reader a file made here in the browser. */
export function save(fileName: string, type: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
