import { computed, shallowRef } from 'vue'
import { get, HttpProblem } from './api/http'
import type { BrandRow, Page } from './api/types'

const brands = shallowRef<BrandRow[]>([])
let asked: Promise<void> | undefined
async function load(): Promise<void> {
  try {
    const got = await get<Page<BrandRow> | BrandRow[]>('/brands')
    brands.value = Array.isArray(got) ? got : got.items
  } catch (error) {
    asked = undefined
    if (!(error instanceof HttpProblem)) throw error
  }
}
/** The brands, read once; their colours are the same on every page. */
export function useBrands() {
  asked ??= load()
  const byId = computed(() => new Map(brands.value.map(one => [one.id, one])))
  return { brands, byId }
}
