// The shapes of /api/v1, as docs and openapi.json describe them. Money is whole fen, shares parts of 1, distances metres, coordinates WGS-84.
import type { Kind, Lang, Name, RankTable, ShareCell, Site, Tier } from '../../report/types'

export const RIGHTS = ['read_places', 'read_shops', 'edit_shops', 'import', 'export', 'read_demand', 'fit', 'read_plans', 'plan', 'approve', 'read_share', 'read_people', 'manage_people', 'read_audit', 'read_sources', 'edit_sources', 'run_jobs'] as const
export type Right = (typeof RIGHTS)[number]
export const ROLES = ['founder', 'planner', 'county_manager', 'field_worker', 'distributor', 'shop', 'analyst', 'finance', 'administrator'] as const
export type Role = (typeof ROLES)[number]
export interface Page<T> { items: T[]; next: string | null }
export interface Labelled { name: string; nameEn?: string | null }

/** `code` null: every place. */
export interface Territory extends Labelled { kind: 'place' | 'distributor' | 'shop'; code: string | null }
export interface Person { id: number; login: string; name: string; role: Role; rights: Right[]; territory: Territory | null; language: Lang; totp: boolean }
export interface SessionAnswer { person: Person; version: string }
export interface SetUp { needed: boolean; oidc: { name: string; url: string } | null }
export interface TotpOffer { secret: string; uri: string; qrSvg: string }

export interface Place extends Labelled {
  code: string; level: string; tier: Tier; lon: number | null; lat: number | null; pointKind: Kind | null
  persons: number | null; shops: number; ownShops: number; children: number; kind: Kind
}
export interface PlaceStep extends Labelled { code: string; level: string }
export interface PlaceCard extends Place {
  path: PlaceStep[]; urbanRural: number | string | null; people: { year: number; persons: number; incomeIndex: number; source: string; kind: Kind }[]
  bounds: [number, number, number, number] | null; validFrom: string | null; validTo: string | null; successors: string[]; source: string; etag?: string
}
export const OWNERS = ['own', 'partner', 'rival'] as const
export type Owner = (typeof OWNERS)[number]
export const FORMATS = ['brand_shop', 'authorised_shop', 'shop_in_shop', 'owner_run', 'carrier'] as const
export type Format = (typeof FORMATS)[number]
export const KINDS = ['observed', 'modelled', 'synthetic', 'sketch'] as const
export interface Shop extends Labelled {
  id: string; division: string; divisionName: string; divisionNameEn?: string | null; lon: number; lat: number; owner: Owner; format: Format; brands: string[]
  promoters: number; sign: boolean; kind: Kind; source: string
}
export interface ShopCard extends Shop {
  unitsMonth: Record<string, number> | null; dealerMarginFen: Record<string, number> | null; closingFen: number | null
  runningFenYear: number; breakEvenUnitsYear: number; distributor: string | null; closed?: boolean; closedAt?: string | null; path?: PlaceStep[] | string; etag?: string
}
export interface Change { id: number; at: string; person?: number | null; personName: string | null; origin: string | null; table: string; row: string; op: string; changes: Record<string, [unknown, unknown]> | null }
export interface Duplicate { a: Shop | string; b: Shop | string; meters: number; nameSimilarity: number; reason: string }
export interface BrandRow extends Labelled { id: string; colour: string; onlineShare: number; rest: boolean; source: string; kind: Kind }
export interface Source { source: string; kind: Kind; table: string; rows: number; licence: string | null }
export interface SiteRow extends Labelled { id: string; division: string; lon: number; lat: number; action: 'open' | 'sign' | 'upgrade'; shop: string | null; format: Format; kind: Kind }

/** What is wrong with a cell of a file, or with a field of what was sent. */
export interface RowProblem { file?: string | null; row?: number | null; column?: string | null; field?: string; value: unknown; rule?: string; message: string; nextStep?: string | null }
export type ImportState = 'judging' | 'refused' | 'ready' | 'applying' | 'applied' | 'failed'
export const IMPORT_FORMATS = ['workspace', 'shops_geojson', 'shops_osm', 'national'] as const
export interface ImportRow {
  id: number; state: ImportState; files: { name: string; bytes: number; sha256: string }[]; counts: Record<string, { new: number; changed: number; same: number }>
  problems: RowProblem[]; problemCount: number; changes: { table: string; key: string; column: string; old: unknown; new: unknown }[]; by: string; format?: string; at: string; job?: number | null
}
export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
export interface Job {
  id: number; kind: 'import' | 'apply' | 'fit' | 'plan' | 'synthesize'; state: JobState; stage: string | null; done: number | null; total: number | null
  lower: number | null; upper: number | null; message: string | null; result: Record<string, unknown> | null; by: string; createdAt: string; startedAt: string | null; endedAt: string | null
}

export interface Term { term: string; label?: Name; value: number; standardError: number | null; unit: string; source: string; kind: Kind; fitted?: boolean }
export interface Coefficients { fit: number | null; terms: Term[] }
export interface FitRow { id: number; place: string; placeName?: string; at: string; by: string; used?: boolean }
export interface HoldOutSide { logLikelihoodAnAnswer?: number | null; shareErrorByTier?: Record<string, number> | null }
export interface Fit extends FitRow { terms: Term[]; diagnostics: Record<string, unknown>; holdOut: Record<string, unknown> | null; notices: (string | Name)[] }

export interface PublicShares { place: string; table: string; period: string; measure?: string | null }
export interface Wave { label: string; budgetFen: number }
export interface ScenarioDraft {
  name: string; nameEn: string; place: string; brand: string; publicShares: PublicShares; budgetFen: number; runningCapFen: number; waves: Wave[]
  synthesizeSeed: number | null; draws: number; require: string[]; forbid: string[]; coefficients: Record<string, number>
}
export interface Scenario extends ScenarioDraft { id: number; placeName?: string; placeNameEn?: string | null; approved: number; by?: string; at?: string; etag?: string }
export type PlanState = 'planning' | 'draft' | 'approved' | 'infeasible' | 'failed'
export interface PlanRow {
  id: number; scenario: number; scenarioGone: boolean; name: string; nameEn?: string | null; place: string; placeName?: string; state: PlanState; stopped: boolean; netUnits: number | null; netLow: number | null; netHigh: number | null
  shareBefore: number | null; shareAfter: number | null; costFen: number | null; gap: number | null; certifiedGap: number | null; by: string; at: string; job?: number | null; message?: string | null
}
/** `summary`: the figures of plan.json. Its sites come with the report, and by pages from /plans/{id}/sites: a province has megabytes of them. */
export interface PlanCard extends PlanRow { summary: Record<string, unknown> | null; made: Record<string, unknown> | null; approvedBy?: string | null; approvedAt?: string | null; approvedNote?: string | null }
export interface Comparison { a: PlanRow; b: PlanRow; onlyA: Site[]; onlyB: Site[]; both: PairedSite[] }
/** A site that two plans have: as it is in A, and in B. */
export interface PairedSite { site: Site; other: Site; netA: number; netB: number }

export interface ShareAnswer { plan: PlanRow | number | null; cells: ShareCell[]; ranks: RankTable[]; actual: { period: string; units: number; low: number | null; high: number | null; planned: number | null }[] }
export interface PersonRow { id: number; login: string; name: string; email?: string | null; role: Role; territory: Territory | null; disabled: boolean; joined: boolean; invitedUntil: string | null; etag?: string }
/** Somebody invited, and the link for them, which nobody is shown again. */
export interface Invited { person: PersonRow; invitation: string }
export interface Token { id: number; name: string; rights: Right[]; createdAt?: string; expiresAt: string | null; lastUsedAt?: string | null }
export interface RoleRow { role: Role; rights: Right[] }
export interface Distributor { id: string; name: string; place: string }
export interface HomeAnswer {
  changed: { at: string; kind: string; args: { name?: string; n?: number; by?: string; format?: string } }[]
  waiting: { kind: string; id: number | string; name?: string; about?: string; at?: string | null; netUnits?: number | null }[]
  counts: { places: number; shops: number; plans: number }
}
