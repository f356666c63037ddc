import { watch, type Ref } from 'vue'

const PREFIX = 'xiaxiang.draft.'

/** What was typed and not yet saved, kept in this browser until it is; null where nothing is kept or it cannot be read. */
export function kept<T>(name: string): T | null {
  try { return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') as T | null } catch { return null }
}
export function forget(name: string): void { localStorage.removeItem(PREFIX + name) }
export function hold<T>(name: string, form: T): void { localStorage.setItem(PREFIX + name, JSON.stringify(form)) }
/** Keeps every change of a form from now on. */
export function keep<T>(name: string, form: Ref<T>): void {
  watch(form, now => hold(name, now), { deep: true })
}
/** Removes every draft: they belong to the person who signed out. */
export function forgetAll(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
}
