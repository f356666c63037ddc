import { createApp } from 'vue'
import { words } from '../i18n'
import BrokenReport from '../report/BrokenReport.vue'
import '../report/page.css'
import './effect.css'
import EffectPage from './EffectPage.vue'
import { useLang } from './lang'
import type { Effect } from './types'

/** What was estimated, as filled into the page, or why it cannot be read. */
function load(): Effect | string {
  try {
    const effect = JSON.parse(document.getElementById('report-data')?.textContent ?? '') as Effect
    return effect.schema === 'xiaxiang.effect.1' ? effect : `schema ${String(effect.schema)}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const effect = load()
const view = useLang()
const app = typeof effect === 'string' ? createApp(BrokenReport, { why: effect, command: 'xiaxiang effect estimate' }) : createApp(EffectPage, { effect, view })
app.use(words(view.lang)).mount('#app')
