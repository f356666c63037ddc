import { reactive } from 'vue'
import { HttpProblem } from './api/http'
import { say } from './i18n'

/** A short message; with `undo` it offers the way back, and a problem stays until it is closed. */
export interface Toast { id: number; text: string; next: string; bad: boolean; undo: (() => Promise<void>) | null }
export const toasts = reactive<Toast[]>([])
let last = 0

export function close(id: number): void {
  const at = toasts.findIndex(one => one.id === id)
  if (at >= 0) toasts.splice(at, 1)
}
function show(toast: Omit<Toast, 'id'>): void {
  const id = ++last
  toasts.push({ ...toast, id })
  if (toasts.length > 4) toasts.shift()
  if (!toast.bad) setTimeout(() => close(id), toast.undo ? 12_000 : 5000)
}
export const tell = (text: string, undo: (() => Promise<void>) | null = null) => show({ text, next: '', bad: false, undo })
/** Shows why something failed; a fault that is no answer of the server is thrown on. */
export function complain(error: unknown): void {
  if (!(error instanceof HttpProblem)) throw error
  show({ text: error.detail && error.detail !== error.title ? `${error.title}: ${error.detail}` : error.title, next: error.nextStep, bad: true, undo: null })
}
/** Does something, tells that it was done, and offers to undo it. */
export async function doing(work: () => Promise<unknown>, done: string, undo: (() => Promise<void>) | null = null): Promise<boolean> {
  try {
    await work()
    tell(done, undo ? async () => { await undo(); tell(say('undone')) } : null)
    return true
  } catch (error) {
    complain(error)
    return false
  }
}
