import type { Kind } from '../../report/types'
import type { Format, Owner, ShopCard } from '../api/types'

/** What the form of a shop holds; money in yuan as people type it. */
export interface ShopFields {
  name: string; nameEn: string; division: string; lon: number; lat: number; owner: Owner; format: Format; brands: string[]
  promoters: number; sign: boolean; runningYuan: number; breakEven: number; kind: Kind; source: string
}
export function formOf(shop: ShopCard | null, division: string): ShopFields {
  if (!shop) return { name: '', nameEn: '', division, lon: 0, lat: 0, owner: 'rival', format: 'owner_run', brands: [], promoters: 0, sign: false, runningYuan: 0, breakEven: 0, kind: 'observed', source: '' }
  return {
    name: shop.name, nameEn: shop.nameEn ?? '', division: shop.division, lon: shop.lon, lat: shop.lat, owner: shop.owner, format: shop.format, brands: [...shop.brands],
    promoters: shop.promoters, sign: shop.sign, runningYuan: shop.runningFenYear / 100, breakEven: shop.breakEvenUnitsYear, kind: shop.kind === 'synthetic' ? 'sketch' : shop.kind, source: shop.source,
  }
}
/** The same, or a part of it, as the server takes it: whole fen. */
export function sent({ runningYuan, breakEven, kind, ...same }: Partial<ShopFields>) {
  // People say observed or sketch; what was computed stays as it is unless they do.
  return {
    ...same, ...(kind === 'observed' || kind === 'sketch' ? { kind } : {}), ...(runningYuan === undefined ? {} : { runningFenYear: Math.round(runningYuan * 100) }),
    ...(breakEven === undefined ? {} : { breakEvenUnitsYear: breakEven }),
  }
}
