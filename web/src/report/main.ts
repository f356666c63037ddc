import { createApp } from 'vue'
import { words } from '../i18n'
import BrokenReport from './BrokenReport.vue'
import './page.css'
import ReportPage from './ReportPage.vue'
import { useView } from './state'
import type { Report } from './types'

/** The report filled into the page, or why it cannot be read. */
function load(): Report | string {
  try {
    const report = JSON.parse(document.getElementById('report-data')?.textContent ?? '') as Report
    return report.schema === 'xiaxiang.report.1' ? report : `schema ${String(report.schema)}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const report = load()
const view = useView()
const app = typeof report === 'string' ? createApp(BrokenReport, { why: report, command: 'xiaxiang plan' }) : createApp(ReportPage, { report, view })
app.use(words(view.lang)).mount('#app')
