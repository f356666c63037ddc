import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

// Changes of one tick go into one replacement of the address, or the second would undo the first.
let pending: Record<string, string | undefined> | null = null

/** One value of the page's address, so that a link opens the same view. An empty value leaves the address. */
export function useLinked(key: string, first = ''): WritableComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => { const value = route.query[key]; return typeof value === 'string' ? value : first },
    set: value => {
      if (!pending) {
        pending = {}
        const path = route.path
        queueMicrotask(() => {
          const changes = pending ?? {}
          pending = null
          if (router.currentRoute.value.path === path) void router.replace({ query: { ...router.currentRoute.value.query, ...changes }, hash: router.currentRoute.value.hash })
        })
      }
      pending[key] = value === first ? undefined : value
    },
  })
}
