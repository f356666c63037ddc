import type { HomeAnswer } from '../api/types'
import type { useWords } from '../i18n'

type Waiting = HomeAnswer['waiting'][number]
type Changed = HomeAnswer['changed'][number]

/** A job may say why by a key of the server's words, which is nothing to read. */
const KEY = /^[a-z]+\.[a-z_]+$/

/** Where a thing that waits is dealt with. */
export function waitingLink(one: Waiting): string {
  const links: Record<string, string> = { import: `/atlas/import/${one.id}`, duplicates: '/atlas/duplicates', approve: `/rollout/plans/${one.id}`, job: one.name?.startsWith('import.') ? '/atlas/import' : '/rollout' }
  return links[one.kind] ?? '/'
}
export const waitingText = (one: Waiting, { word }: ReturnType<typeof useWords>): string => [word('waits', one.kind), one.name && !KEY.test(one.name) ? one.name : ''].filter(Boolean).join(' · ')
/** What changed, how much, and by whom where that may be told. */
export function changeText({ kind, args }: Changed, { a, word, num }: ReturnType<typeof useWords>): string {
  const what = kind === 'import' ? a('import.one', { id: args.name ?? '' }) : args.name
  return [word('change', kind), args.n === undefined ? what : a('home.several', { n: num(args.n) }), args.by].filter(Boolean).join(' · ')
}
