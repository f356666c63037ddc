import type { HomeAnswer } from '../api/types'
import type { useWords } from '../i18n'

type Waiting = HomeAnswer['waiting'][number]
type Changed = HomeAnswer['changed'][number]

/** Where a thing that waits is dealt with. */
export function waitingLink(one: Waiting): string {
  const links: Record<string, string> = {
    import: `/atlas/import/${one.id}`, duplicates: '/atlas/duplicates', duplicate: '/atlas/duplicates', plan: `/rollout/plans/${one.id}`, approve: `/rollout/plans/${one.id}`,
    scenario: `/rollout/scenarios/${one.id}`, fit: `/demand/fits/${one.id}`, invitation: '/admin/people', job: '/rollout',
  }
  return links[one.kind] ?? '/'
}
export function waitingText(one: Waiting, { word }: ReturnType<typeof useWords>): string {
  return [word('waits', one.kind), one.name ?? String(one.id)].filter(Boolean).join(' · ')
}
/** What changed, in the server's words where it gives them. */
export function changeText(one: Changed, { word }: ReturnType<typeof useWords>): string {
  if (one.text) return one.text
  const args = Array.isArray(one.args) ? one.args : Object.values(one.args ?? {})
  return [word('change', one.kind), ...args.map(String)].join(' · ')
}
