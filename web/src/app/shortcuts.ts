import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { mayAny } from './session'
import { ADMIN, WAYS } from './ways'

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** / searches, g then a letter goes to a page, ? shows the keys. Nothing happens while somebody types. */
export function useShortcuts(help: () => void): void {
  const router = useRouter()
  let going = 0
  function key(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('[role=dialog]')) return
    if (event.timeStamp - going < 1500) {
      going = 0
      const way = [...WAYS, ...ADMIN].find(one => one.letter === event.key && (!one.rights.length || mayAny(...one.rights)))
      if (way) { event.preventDefault(); void router.push(way.path) }
      return
    }
    if (event.key === '/') { event.preventDefault(); document.querySelector<HTMLInputElement>('.search input')?.focus() }
    else if (event.key === 'g') going = event.timeStamp
    else if (event.key === '?') help()
  }
  onMounted(() => addEventListener('keydown', key))
  onBeforeUnmount(() => removeEventListener('keydown', key))
}

/** Arrows walk from row to row of a table or list: to the first thing in it that can be pressed. */
export function walkRows(event: KeyboardEvent): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (!by || (typing(event.target) && (event.target as HTMLElement).tagName !== 'INPUT')) return
  const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.findIndex(row => row.contains(event.target as Node))
  const stop = 'a[href], button:not(:disabled), input[type=checkbox]'
  const next = rows[at + by]?.querySelector<HTMLElement>(stop)
  if (next) { event.preventDefault(); next.focus() }
}
