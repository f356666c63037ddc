import { computed, ref } from 'vue'
import type { Site } from '../../report/types'
import { patch, post, send } from '../api/http'
import type { Scenario } from '../api/types'
import { forget, keep, kept } from '../draft'

/** What the planner wants otherwise in the next plan, kept until it is asked for. */
interface Wishes { require: string[]; forbid: string[]; free: string[] }
const NONE: Wishes = { require: [], forbid: [], free: [] }
/** The id under which a site or a kept shop is locked. */
export const lockId = (site: Site): string => (site.action === 'keep' || site.action === 'close' ? site.id.replace(/-KEEP$/, '') : site.id)

/** Locks of the scenario as they are and as they shall be. */
export function useChanges(scenario: () => Scenario | undefined, id: number) {
  const draft = `locks.${id}`
  const wishes = ref<Wishes>(kept<Wishes>(draft) ?? { ...NONE })
  keep(draft, wishes)
  const locks = computed(() => {
    const { require, forbid, free } = wishes.value
    const were = scenario()
    const after = (now: string[], old: string[] | undefined, other: string[]) => [...new Set([...(old ?? []).filter(one => !free.includes(one) && !other.includes(one)), ...now])]
    return { require: after(require, were?.require, forbid), forbid: after(forbid, were?.forbid, require) }
  })
  const count = computed(() => wishes.value.require.length + wishes.value.forbid.length + wishes.value.free.length)
  const stateOf = (one: string): 'require' | 'forbid' | 'free' => (locks.value.require.includes(one) ? 'require' : locks.value.forbid.includes(one) ? 'forbid' : 'free')
  /** Wants a site in, out, or free again; the same wish twice takes it back. */
  function wish(one: string, to: 'require' | 'forbid') {
    const again = stateOf(one) === to
    const without = (list: string[]) => list.filter(other => other !== one)
    const were = scenario()
    const old = were?.require.includes(one) ? 'require' : were?.forbid.includes(one) ? 'forbid' : 'free'
    const next: Wishes = { require: without(wishes.value.require), forbid: without(wishes.value.forbid), free: without(wishes.value.free) }
    const target = again ? 'free' : to
    if (target !== old) next[target].push(one)
    wishes.value = next
  }
  function clear() { wishes.value = { require: [], forbid: [], free: [] } }
  /** Writes the locks into the scenario and starts the next plan. */
  async function replan(): Promise<{ plan: number; job: number }> {
    const { etag } = await send<Scenario>('GET', `/scenarios/${id}`)
    await patch(`/scenarios/${id}`, etag, locks.value)
    const started = await post<{ plan: number; job: number }>(`/scenarios/${id}/plans`, {})
    clear()
    forget(draft)
    return started
  }
  return { wishes, locks, count, stateOf, wish, clear, replan }
}
