import { reactive, watch } from 'vue'
import { COLUMNS, FIRST, type Column, type Sort } from '../components/site-order'
import { langOf } from '../i18n'
import type { Lang } from './types'

/** What a link carries, so that a colleague opens the same view. */
export interface View { lang: Lang; site: string | null; town: string | null; sort: Sort }

function read(): View {
  const hash = new URLSearchParams(location.hash.slice(1))
  const [column, way] = (hash.get('sort') ?? '').split('-')
  const known = COLUMNS.find((one): one is Column => one === column)
  return { lang: langOf(hash), site: hash.get('site'), town: hash.get('town'), sort: known ? { column: known, down: way !== 'up' } : FIRST }
}

function write(view: View): string {
  const hash = new URLSearchParams({ lang: view.lang })
  if (view.town) hash.set('town', view.town)
  if (view.site) hash.set('site', view.site)
  if (view.sort.column !== FIRST.column || view.sort.down !== FIRST.down) hash.set('sort', `${view.sort.column}-${view.sort.down ? 'down' : 'up'}`)
  return `#${hash}`
}

/** The view, kept in the address's hash both ways. */
export function useView(): View {
  const view = reactive(read())
  watch(view, now => {
    const hash = write(now)
    if (hash !== location.hash) history.replaceState(null, '', hash)
  })
  addEventListener('hashchange', () => Object.assign(view, read()))
  return view
}
