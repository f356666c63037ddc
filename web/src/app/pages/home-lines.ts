import type { HomeAnswer } from '../api/types'
import type { useWords } from '../i18n'

type Waiting = HomeAnswer['waiting'][number]
type Changed = HomeAnswer['changed'][number]

/** Where a thing that waits is dealt with: its own page, or that of its like. */
export function waitingLink(one: Waiting): string {
  if (one.kind === 'duplicates') return '/atlas/duplicates'
  const [what, id] = (one.about ?? '').split('/')
  const pages: Record<string, string> = { import: '/atlas/import', plan: id ? '/rollout/plans' : '/rollout', fit: '/demand' }
  return [pages[what ?? ''] ?? '/', id].filter(Boolean).join('/')
}
/** What waits: of a job, which import or plan it was for before why it failed; of duplicates, how many; plans of one name are told apart by what they bring and when they were made. */
export function waitingText(one: Waiting, { a, word, short, when }: ReturnType<typeof useWords>): string {
  const [what, id] = (one.about ?? '').split('/')
  const about = one.kind !== 'job' ? '' : what === 'import' && id ? a('import.one', { id }) : what === 'plan' && id ? a('job.plan', { id }) : what === 'fit' ? a('fit.title') : ''
  const name = one.kind === 'duplicates' && one.name ? a('twins.pairs', { n: one.name }) : one.name
  return [word('waits', one.kind), about, name, typeof one.netUnits === 'number' && a('home.nets', { n: short(one.netUnits) }), one.at && when(one.at)].filter(Boolean).join(' · ')
}
/** What changed, how much, and by whom where that may be told. */
export function changeText({ kind, args }: Changed, { a, word, num }: ReturnType<typeof useWords>): string {
  const what = kind === 'import' ? a('import.one', { id: args.name ?? '' }) : args.name
  return [word('change', kind), args.n === undefined ? what : a('home.several', { n: num(args.n) }), args.by].filter(Boolean).join(' · ')
}
