import { Delaunay } from 'd3-delaunay'
import { geoArea, geoDistance, geoMercator, geoPath, type GeoProjection } from 'd3-geo'
import type { FeatureCollection, Geometry, Position } from 'geojson'
import type { Points, Shops, Town } from '../report/types'

const EARTH_METERS = 6_371_008.8
const PAD = 18

/** The map's ground at zoom 1: where places fall, the land, and each township's catchment as an SVG path. */
export interface Ground {
  place: (lon: number, lat: number) => [number, number]
  land: string
  cells: string[]
  /** The township whose point is nearest to a place on the ground, as its index; -1 without townships. */
  nearest: (x: number, y: number) => number
  /** Metres on the earth for one pixel at zoom 1, at the middle of the map. */
  metersPerPixel: number
}

/** Turns a polygon so that d3-geo, which reads a ring's inside from its direction on the sphere, does not fill the globe. */
function wound(rings: Position[][]): Position[][] {
  return rings.map((ring, i) => {
    const wide = geoArea({ type: 'Polygon', coordinates: [ring] }) > 2 * Math.PI
    return wide === (i === 0) ? [...ring].reverse() : ring
  })
}

function woundGeometry(geometry: Geometry): Geometry {
  switch (geometry.type) {
    case 'Polygon': return { ...geometry, coordinates: wound(geometry.coordinates) }
    case 'MultiPolygon': return { ...geometry, coordinates: geometry.coordinates.map(wound) }
    case 'GeometryCollection': return { ...geometry, geometries: geometry.geometries.map(woundGeometry) }
    default: return geometry
  }
}

function turned(boundaries: FeatureCollection | null): FeatureCollection | null {
  return boundaries?.features.length ? { ...boundaries, features: boundaries.features.map(f => ({ ...f, geometry: woundGeometry(f.geometry) })) } : null
}

/** The hull of the points, pushed out from its middle, as the land of a region that came without boundaries. */
function hull(places: [number, number][], delaunay: Delaunay<[number, number]>): [number, number][] {
  const corners = [...new Set(delaunay.hull)].map(i => places[i]!)
  const cx = corners.reduce((sum, p) => sum + p[0], 0) / corners.length
  const cy = corners.reduce((sum, p) => sum + p[1], 0) / corners.length
  return corners.map(([x, y]) => {
    const far = Math.hypot(x - cx, y - cy) || 1
    return [x + ((x - cx) / far) * PAD * 0.8, y + ((y - cy) / far) * PAD * 0.8]
  })
}

/** How tall a region is for its width on the map, so that the frame wastes no room. */
export function heightOverWidth(towns: Town[], boundaries: FeatureCollection | null): number {
  const flat = geoMercator().scale(1000).translate([0, 0])
  const shape = turned(boundaries)
  const [[left, top], [right, bottom]] = geoPath(flat).bounds(shape ?? { type: 'MultiPoint', coordinates: towns.map(t => [t.lon, t.lat]) })
  return right > left && bottom > top ? (bottom - top) / (right - left) + 0.04 : 0.7
}

/** Lays the ground for a frame of `width` x `height` pixels. O(towns log towns + boundary points). */
export function layGround(width: number, height: number, towns: Town[], boundaries: FeatureCollection | null, points: Points, shops: Shops): Ground {
  const outline = turned(boundaries)
  const spots: Position[] = towns.map(t => [t.lon, t.lat])
  if (!outline && !spots.length) for (const at of [points, shops]) at.lon.forEach((lon, i) => spots.push([lon, at.lat[i]!]))
  if (spots.length < 2) for (const d of [-0.05, 0.05]) spots.push([(spots[0]?.[0] ?? 0) + d, (spots[0]?.[1] ?? 0) + d])
  const room: [[number, number], [number, number]] = [[PAD, PAD], [width - PAD, height - PAD]]
  const projection: GeoProjection = geoMercator().fitExtent(room, outline ?? { type: 'MultiPoint', coordinates: spots })
  const place = (lon: number, lat: number) => projection([lon, lat]) ?? [0, 0] as [number, number]

  const places = towns.map(t => place(t.lon, t.lat))
  const delaunay = Delaunay.from(places)
  const voronoi = delaunay.voronoi([0, 0, width, height])
  const edge = outline || places.length < 3 ? [] : hull(places, delaunay)
  const land = outline ? geoPath(projection).digits(1)(outline) ?? ''
    : edge.length ? `M${edge.map(p => p.map(v => v.toFixed(1)).join(',')).join('L')}Z` : `M4,4H${width - 4}V${height - 4}H4Z`
  const middle = projection.invert?.([width / 2, height / 2]) ?? [0, 0]
  const beside = projection.invert?.([width / 2 + 1, height / 2]) ?? [0.01, 0]
  return {
    place: (lon, lat) => place(lon, lat) as [number, number],
    land,
    cells: towns.map((_, i) => voronoi.renderCell(i) ?? ''),
    nearest: (x, y) => (towns.length ? delaunay.find(x, y) : -1),
    metersPerPixel: geoDistance(middle, beside) * EARTH_METERS,
  }
}
