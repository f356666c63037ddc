import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { HttpProblem } from './api/http'
import type { Page } from './api/types'

/** Loads something and again whenever what it depends on changes; an older answer never overtakes a newer one. */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, on?: () => unknown) {
  const data = shallowRef<T>()
  const problem = shallowRef<HttpProblem>()
  const loading = ref(false)
  let running: AbortController | undefined
  async function reload(): Promise<void> {
    running?.abort()
    const mine = running = new AbortController()
    loading.value = true
    try {
      const got = await load(mine.signal)
      if (mine.signal.aborted) return
      data.value = got
      problem.value = undefined
    } catch (error) {
      if (mine.signal.aborted) return
      if (!(error instanceof HttpProblem)) throw error
      problem.value = error
    } finally {
      if (running === mine) loading.value = false
    }
  }
  if (on) watch(on, reload, { immediate: true })
  else void reload()
  onScopeDispose(() => running?.abort())
  return { data, problem, loading, reload }
}

/** A list that comes a page at a time. */
export function usePages<T>(load: (cursor: string | null, signal: AbortSignal) => Promise<Page<T>>, on?: () => unknown) {
  const items = shallowRef<T[]>([])
  const next = ref<string | null>(null)
  const state = useLoad(async signal => {
    const page = await load(null, signal)
    items.value = page.items
    next.value = page.next
    return page
  }, on)
  async function more(): Promise<void> {
    if (!next.value) return
    const page = await load(next.value, new AbortController().signal)
    items.value = [...items.value, ...page.items]
    next.value = page.next
  }
  return { ...state, items, next, more }
}
