import { reactive, watch } from 'vue'
import { langOf } from '../i18n'
import type { Lang } from '../report/types'

const read = () => ({ lang: langOf(new URLSearchParams(location.hash.slice(1))) })

/** The page's language, kept in the address's hash both ways. */
export function useLang(): { lang: Lang } {
  const view = reactive(read())
  watch(view, now => history.replaceState(null, '', `#lang=${now.lang}`))
  addEventListener('hashchange', () => Object.assign(view, read()))
  return view
}
