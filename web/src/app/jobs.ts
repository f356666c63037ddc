import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { address, HttpProblem, remove, send } from './api/http'
import type { Job } from './api/types'
import { complain } from './toasts'

export const ended = (job: Job): boolean => job.state === 'done' || job.state === 'failed' || job.state === 'cancelled'
/** A lower and an upper bound as they were at a moment, in seconds after the first that was seen. */
export interface Bound { seconds: number; lower: number | null; upper: number | null }

/**
 * Follows a job as it runs: pushed by the server, or asked for every few seconds where the push fails; never both, or an older answer would overtake.
 * A job may solve several problems in turn: bounds that get worse belong to the next one, and begin anew.
 * `lost` while the server cannot be reached; it is asked until it answers.
 * `end` is called once, when it ended or had ended already.
 */
export function useJob(id: () => number | null, end: (job: Job) => void) {
  const job = shallowRef<Job>()
  const bounds = shallowRef<Bound[]>([])
  const lost = ref(false)
  let stream: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let first = 0
  let over = false
  function stop() {
    stream?.close()
    stream = undefined
    clearTimeout(timer)
  }
  function take(now: Job) {
    job.value = now
    lost.value = false
    if (now.lower !== null || now.upper !== null) {
      first ||= Date.now()
      const last = bounds.value.at(-1)
      const next = { seconds: (Date.now() - first) / 1000, lower: now.lower, upper: now.upper }
      const worse = last && ((next.lower ?? Infinity) < (last.lower ?? -Infinity) || (next.upper ?? -Infinity) > (last.upper ?? Infinity))
      if (worse) bounds.value = [next]
      else if (!last || last.lower !== next.lower || last.upper !== next.upper) bounds.value = [...bounds.value.slice(-499), next]
    }
    if (ended(now) && !over) { over = true; stop(); end(now) }
  }
  async function poll(which: number) {
    try {
      const { body } = await send<Job>('GET', `/jobs/${which}`, { seconds: 10 })
      if (id() !== which) return
      take(body)
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error
      if (error.status === 403 || error.status === 404) { stop(); return }
      lost.value = id() === which
    }
    if (!over && id() === which) timer = setTimeout(() => void poll(which), 3000)
  }
  function follow(which: number | null) {
    stop()
    job.value = undefined
    bounds.value = []
    lost.value = false
    first = 0
    over = false
    if (which === null) return
    stream = new EventSource(address(`/jobs/${which}/events`))
    const read = (event: Event) => { if (event instanceof MessageEvent && typeof event.data === 'string' && event.data.startsWith('{')) take(JSON.parse(event.data) as Job) }
    stream.addEventListener('progress', read)
    stream.addEventListener('end', event => { read(event); stop(); if (!over) void poll(which) })
    stream.addEventListener('error', () => { stop(); if (!over) timer = setTimeout(() => void poll(which), 1000) })
  }
  watch(id, follow, { immediate: true })
  onScopeDispose(stop)
  /** Ends the job; a plan keeps the best found so far. */
  async function cancel() { await remove(`/jobs/${job.value?.id ?? id()}`).catch(complain) }
  return { job, bounds, lost, cancel }
}
