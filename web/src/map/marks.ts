import type { Ground } from './ground'

/** Dots as one path: zero-length strokes that a round cap turns into dots. One path for thousands of places. */
export function dots(ground: Ground, lon: number[], lat: number[], keep: (i: number) => boolean = () => true): string {
  let path = ''
  for (let i = 0; i < lon.length; i++) {
    if (!keep(i)) continue
    const [x, y] = ground.place(lon[i]!, lat[i]!)
    path += `M${x.toFixed(1)},${y.toFixed(1)}h0`
  }
  return path
}

/** A circle as a path, so that many circles are one element. */
export function circle(x: number, y: number, r: number): string {
  return `M${(x - r).toFixed(1)},${y.toFixed(1)}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`
}

/** The radius of a site's core and the distance between its rings, in pixels; without rings (step 0) where too many are in sight to tell them apart. */
export interface SiteSize { core: number; step: number }
export function siteSize(inSight: number, width: number): SiteSize {
  if (inSight > 250) return { core: 1.6, step: 0 }
  return inSight > 60 || width < 420 ? { core: 2.5, step: 2 } : { core: 3.5, step: 3 }
}

/** A site's rings: one per wave, none for a shop kept as it is. */
export function rings(x: number, y: number, wave: number, size: SiteSize): string {
  if (size.step === 0) return ''
  let path = ''
  for (let i = 1; i <= Math.min(wave, 6); i++) path += circle(x, y, size.core + i * size.step)
  return path
}

/** Which of two plans has a site; each has a shape of its own. */
export const SIDES = ['a', 'b', 'both'] as const
export type Side = (typeof SIDES)[number]
export function sideMark(side: Side, x: number, y: number, r: number): string {
  const at = (n: number) => n.toFixed(1)
  if (side === 'both') return circle(x, y, r)
  return side === 'a' ? `M${at(x)},${at(y - r * 1.3)}L${at(x + r * 1.2)},${at(y + r * 0.8)}H${at(x - r * 1.2)}Z` : `M${at(x - r)},${at(y - r)}h${at(2 * r)}v${at(2 * r)}h${at(-2 * r)}Z`
}

export function cross(x: number, y: number, r: number): string {
  return `M${(x - r).toFixed(1)},${(y - r).toFixed(1)}l${2 * r},${2 * r}m0,${-2 * r}l${-2 * r},${2 * r}`
}
