// The report's one input: what `xiaxiang plan` writes into the page. Units are units (phones) a year unless a name says otherwise;
// money is integer fen; coordinates are WGS-84 degrees; shares are 0..1.
export type Lang = 'zh' | 'en'
export type Kind = 'observed' | 'modelled' | 'synthetic' | 'sketch'
export type Tier = 'city' | 'county_town' | 'township'
export type Channel = 'online' | Tier
export interface Name { zh: string; en: string }
/** A number with its interval; low and high are null where no interval can be given. `level` is the interval's level, such as 0.9. */
export interface Range { value: number; low: number | null; high: number | null; level: number }

export interface Brand { id: string; name: Name; colour: string; rest: boolean }
export interface Answer {
  status: 'optimal' | 'feasible'
  netUnits: Range; shareBefore: number; shareAfter: Range
  costFen: number; budgetFen: number; runningFen: number; runningCapFen: number
  /** Bounds of the certified number and the relative gap of the final solve; `viabilityLoss` is the share of net units the break-even rule cost. */
  lower: number; upper: number; gap: number; viabilityLoss: number
  /** What the chosen sites sell, what of it comes from rivals and from nobody, and what from our own online sale and shops. */
  grossUnits: number; fromOthers: number; cannibalisedOnline: number; cannibalisedShops: number
  /** Units over twelve quarters, each site counting from its wave. */
  scheduleUnits: number
  /** Our share if every online buyer chose us: the ceiling of an online-only brand. */
  onlineCeiling: number
}
export interface Town {
  code: string; name: Name; tier: Tier; lon: number; lat: number; pointKind: Kind
  persons: number; personsKind: Kind; villages: number; demandUnits: number; shops: number; chosen: number
  shareBefore: number; shareAfter: number
}
/** Demand points, by column. Empty where the region is too large to draw them; `pointsDrawn` says so. */
export interface Points { lon: number[]; lat: number[]; units: number[]; kind: Kind }
/** Shops of today, by column: `brand` indexes the brand with most weight in the shop, `owner` 0 own 1 partner 2 rival, `kind` 0 observed 1 modelled 2 synthetic 3 sketch
 *  (one word for all of them in reports kept from earlier programs). */
export interface Shops { lon: number[]; lat: number[]; brand: number[]; owner: number[]; town: string[]; kind: number[] | Kind }
export interface Site {
  id: string; name: Name; town: string; lon: number; lat: number; kind: Kind
  action: 'open' | 'sign' | 'keep' | 'upgrade' | 'close'
  /** 1..waves; 0 for a shop that is kept as it is. */
  wave: number
  format: 'brand_shop' | 'authorised_shop' | 'shop_in_shop' | 'owner_run' | 'carrier'
  /** Units sold there, and what the plan would lose without it. */
  units: number; netUnits: number
  fromBrands: { brand: string; units: number }[]; fromChannels: { channel: Channel | 'nothing'; units: number }[]
  cannibalisedOnline: number; cannibalisedShops: number
  costFen: number; runningFen: number; dealerMarginFenMonth: number
  /** Null: never pays back. */
  paybackMonths: number | null
  breakEvenUnits: number
  /** In how many of the draws the site stays in the plan. */
  stays: number
}
export interface Wave { wave: number; label: Name; sites: number; costFen: number; availableFen: number; netUnits: number }
/** Share of the brand among what people of this tier buy through this channel: over the brands of one tier and channel the shares sum to 1. */
export interface ShareCell { tier: Tier; channel: Channel; brand: string; before: number; after: number }
export interface RankQuarter {
  period: string
  /** False: the source publishes no table for this quarter; all else is then null. */
  present: boolean
  sharePct: number | null; lowPct: number | null; highPct: number | null
  rankLow: number | null; rankHigh: number | null
  /** Probability that the rank is 5 or better, given rounding and what hides in Others; null if absent. */
  topFive: number | null
  /** The brand is not named and hides in "Others". */
  hidden: boolean
  /** The table lists so many largest brands of the quarter: a hidden one is none of them. Null where the source does not say so. */
  listsTop: number | null
  source: string
}
/** `table` and `measure` may be plain text (a firm's name) or a name in each language. */
export interface RankTable { place: Name; table: string | Name; measure: string | Name; quarters: RankQuarter[] }
export interface Coefficient { name: string; label: Name; value: number; spread: number; unit: string; source: string; kind: Kind }
export interface Heard {
  town: string; date: string; who: 'owner' | 'shopper' | 'promoter' | 'official'
  quote: Name; need: Name; brand: string; rivalMarginFen: number | null; priceFen: number | null; unitsMonth: number | null; kind: Kind; source: string
}
export interface Provenance { what: Name; rows: number; observed: number; modelled: number; synthetic: number; sketch: number; sources: string[] }

export interface Report {
  schema: 'xiaxiang.report.1'
  place: { code: string; name: Name }
  brand: string; brands: Brand[]; period: string; currency: string
  /** The measure type of every share here, said beside each. */
  measure: Name
  answer: Answer
  towns: Town[]; points: Points; pointsDrawn: boolean; shops: Shops
  /** GeoJSON of the boundaries, or null: then the map draws the townships' Voronoi catchments. */
  boundaries: GeoJSON.FeatureCollection | null
  sites: Site[]; waves: Wave[]; schedule: { quarter: number; label: string; units: number }[]
  frontier: { budgetFen: number; netUnits: number }[]
  share: ShareCell[]
  draws: { count: number; netUnits: number[] }
  ranks: RankTable[]; coefficients: Coefficient[]; heard: Heard[]; provenance: Provenance[]
  notes: Name[]
  /** What made it: program version, command, seed, SHA-256 of the inputs and of the capture problem. */
  made: { version: string; command: string; seed: number; inputs: string; problem: string }
}
