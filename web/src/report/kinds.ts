// What each shop is worth: seen, computed, invented or placed by hand.
import type { Kind, Shops } from './types'

const KINDS: Kind[] = ['observed', 'modelled', 'synthetic', 'sketch']
export const shopKind = (shops: Shops, i: number): Kind => typeof shops.kind === 'string' ? shops.kind : KINDS[shops.kind[i]!]!

/** How many shops of each kind, of those that `keep` keeps. */
export function shopKinds(shops: Shops, keep: (i: number) => boolean = () => true): Map<Kind, number> {
  const counts = new Map<Kind, number>()
  for (const kind of KINDS) {
    let n = 0
    for (let i = 0; i < shops.lon.length; i++) if (shopKind(shops, i) === kind && keep(i)) n++
    if (n) counts.set(kind, n)
  }
  return counts
}
