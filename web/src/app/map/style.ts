import type { CircleLayerSpecification, ExpressionSpecification, LayerSpecification, StyleSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import type { Lang } from '../../report/types'
import type { BrandRow } from '../api/types'

export const PAINTS = ['brand', 'coverage', 'kind'] as const
/** What the colour of a shop says: its main brand, whose it is, or how it is known. */
export type Paint = (typeof PAINTS)[number]
export const LAYERS = ['people', 'shops', 'bounds', 'names'] as const
export type Layer = (typeof LAYERS)[number]
export interface Look { lang: Lang; paint: Paint; shown: Layer[]; brands: BrandRow[]; place: string; shop: string }

const FONT = ['Noto Sans CJK SC', 'sans-serif']
const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#888'
const source = (layer: string) => ({ type: 'vector' as const, tiles: [`${location.origin}/api/v1/tiles/${layer}/{z}/{x}/{y}.mvt`], maxzoom: 14 })
const observed: ExpressionSpecification = ['==', ['get', 'kind'], 'observed']

/** The colours of owners and kinds, for the map and its key. */
export const ownerColours = () => ({ own: colour('--accent'), partner: colour('--town-edge'), rival: colour('--edge') })
export const kindColours = () => ({ observed: colour('--accent'), modelled: colour('--town-edge'), synthetic: colour('--muted'), sketch: colour('--warn-edge') })
/** How many of the shops of a circle are ours: none, and two in five or more. */
export const shareColours = () => ({ none: colour('--edge'), many: colour('--accent') })
const MANY = 0.4
/** Below this zoom the tiles hold shops added up in squares, not one by one. */
export const ONE_BY_ONE = 10

function shopColour(look: Look): ExpressionSpecification | string {
  const pick = (key: string, table: [string, string][]): ExpressionSpecification | string =>
    (table.length ? ['match', ['get', key], ...table.flat(), colour('--muted')] as unknown as ExpressionSpecification : colour('--muted'))
  if (look.paint === 'brand') return pick('brand', look.brands.map(one => [one.id, one.colour]))
  return look.paint === 'coverage' ? pick('owner', Object.entries(ownerColours())) : pick('kind', Object.entries(kindColours()))
}

/** Radius by the root of people, so that the area says how many; larger as one comes nearer. */
const peopleRadius: ExpressionSpecification = ['interpolate', ['exponential', 1.6], ['zoom'],
  3, ['*', 0.003, ['sqrt', ['coalesce', ['get', 'persons'], 0]]], 7, ['*', 0.015, ['sqrt', ['coalesce', ['get', 'persons'], 0]]],
  10, ['*', 0.055, ['sqrt', ['coalesce', ['get', 'persons'], 0]]], 12, ['*', 0.09, ['sqrt', ['coalesce', ['get', 'persons'], 0]]]]
/** From this zoom on the tiles hold townships, and a county's circle over its own townships would count people twice. */
const TOWNSHIPS = 7
const near: ExpressionSpecification = ['in', ['get', 'level'], ['literal', ['township', 'village']]]
const cellRadius: ExpressionSpecification = ['interpolate', ['linear'], ['sqrt', ['get', 'n']], 1, 7, 10, 14, 60, 30]
const shopRadius: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 9, 3, 12, 5, 15, 8]

function ground(look: Look): LayerSpecification[] {
  const bounds = look.shown.includes('bounds')
  return [
    { id: 'paper', type: 'background', paint: { 'background-color': colour('--paper') } },
    { id: 'land', type: 'fill', source: 'boundaries', 'source-layer': 'boundaries', paint: { 'fill-color': colour('--land'), 'fill-opacity': 0.7 } },
    { id: 'chosen', type: 'fill', source: 'boundaries', 'source-layer': 'boundaries', filter: ['==', ['get', 'code'], look.place], paint: { 'fill-color': colour('--tint'), 'fill-opacity': 0.4 } },
    { id: 'edges', type: 'line', source: 'boundaries', 'source-layer': 'boundaries', layout: { visibility: bounds ? 'visible' : 'none' }, paint: { 'line-color': colour('--edge'), 'line-width': 0.8 } },
  ]
}
function people(look: Look): LayerSpecification[] {
  const layout = { visibility: look.shown.includes('people') ? 'visible' as const : 'none' as const }
  const paint = { 'circle-radius': peopleRadius, 'circle-color': colour('--town'), 'circle-opacity': ['case', observed, 0.85, 0.25], 'circle-stroke-color': colour('--town-edge'), 'circle-stroke-width': ['case', observed, 1, 1.6] } satisfies CircleLayerSpecification['paint']
  return [
    { id: 'regions', type: 'circle', source: 'places', 'source-layer': 'places', maxzoom: TOWNSHIPS, filter: ['!', near], layout, paint },
    { id: 'people', type: 'circle', source: 'places', 'source-layer': 'places', filter: near, layout, paint },
    { id: 'place', type: 'circle', source: 'places', 'source-layer': 'places', filter: ['all', near, ['==', ['get', 'code'], look.place]], paint: { 'circle-radius': peopleRadius, 'circle-color': 'transparent', 'circle-stroke-color': colour('--accent'), 'circle-stroke-width': 2.5 } },
  ]
}
function shops(look: Look): LayerSpecification[] {
  const layout = { visibility: look.shown.includes('shops') ? 'visible' as const : 'none' as const }
  const base = { source: 'shops', 'source-layer': 'shops' }
  const ours: ExpressionSpecification = ['/', ['+', ['coalesce', ['get', 'own'], 0], ['coalesce', ['get', 'partner'], 0]], ['max', 1, ['get', 'n']]]
  const ownership: ExpressionSpecification = ['interpolate', ['linear'], ours, 0, shareColours().none, MANY, shareColours().many]
  // What was not observed, all of it or a part, is hollow: a ring of its colour around paper.
  return [
    { id: 'cells', type: 'circle', ...base, filter: ['has', 'n'], layout, paint: {
      'circle-radius': cellRadius, 'circle-opacity': 0.75, 'circle-stroke-width': ['case', observed, 1, 2], 'circle-stroke-color': ['case', observed, colour('--paper'), ownership],
      'circle-color': ['case', observed, ownership, colour('--paper')] } },
    // Every circle has its number, whatever names lie there; a name may still stand beside it.
    { id: 'counts', type: 'symbol', ...base, filter: ['has', 'n'], layout: { ...layout, 'text-field': ['to-string', ['get', 'n']], 'text-font': FONT, 'text-size': 10, 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': colour('--ink'), 'text-halo-color': colour('--paper'), 'text-halo-width': 1.2 } },
    { id: 'shops', type: 'circle', ...base, filter: ['!', ['has', 'n']], layout, paint: {
      'circle-radius': shopRadius, 'circle-color': ['case', observed, shopColour(look), colour('--paper')], 'circle-stroke-color': ['case', observed, colour('--paper'), shopColour(look)], 'circle-stroke-width': ['case', observed, 1, 2] } },
    { id: 'shop', type: 'circle', ...base, filter: ['==', ['get', 'id'], look.shop], paint: { 'circle-radius': 12, 'circle-color': 'transparent', 'circle-stroke-color': colour('--accent'), 'circle-stroke-width': 3 } },
  ]
}
function names(look: Look): LayerSpecification[] {
  const text: ExpressionSpecification = look.lang === 'en' ? ['coalesce', ['get', 'name_en'], ['get', 'name']] : ['coalesce', ['get', 'name'], ['get', 'name_en']]
  const style: Omit<SymbolLayerSpecification, 'id'> = { type: 'symbol', source: 'places', 'source-layer': 'places',
    layout: { visibility: look.shown.includes('names') ? 'visible' : 'none', 'text-field': text, 'text-font': FONT, 'text-size': 13, 'text-variable-anchor': ['top', 'bottom', 'left', 'right'], 'text-radial-offset': 0.9, 'text-justify': 'auto', 'symbol-sort-key': ['-', 0, ['coalesce', ['get', 'persons'], 0]] },
    paint: { 'text-color': colour('--ink'), 'text-halo-color': colour('--paper'), 'text-halo-width': 1.6 } }
  return [{ ...style, id: 'regionNames', maxzoom: TOWNSHIPS, filter: ['!', near] }, { ...style, id: 'names', filter: near }]
}

/** The whole map for one look: pale land, thin edges, people by area, shops by colour, names drawn here without a glyph server. */
export function mapStyle(look: Look): StyleSpecification {
  return { version: 8, sources: { boundaries: source('boundaries'), places: source('places'), shops: source('shops') }, layers: [...ground(look), ...people(look), ...shops(look), ...names(look)] }
}
