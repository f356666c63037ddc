import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, LineChart, GridComponent, TooltipComponent, MarkLineComponent, MarkPointComponent, MarkAreaComponent, AriaComponent, SVGRenderer, LabelLayout])
export { init }
export type { EChartsCoreOption as ChartOption } from 'echarts/core'

// Colours are CSS variables: the SVG follows light, dark and print without being drawn again.
export const INK = 'var(--ink)'
export const MUTED = 'var(--muted)'
export const LINE = 'var(--line)'
export const ACCENT = 'var(--accent)'
export const PALE = 'var(--tint)'
export const PAPER = 'var(--paper)'
const FONT = 'system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif'

export const text = { color: INK, fontFamily: FONT, fontSize: 13 }
export const quiet = { color: MUTED, fontFamily: FONT, fontSize: 13 }
/** What every chart shares: no motion, one type size, a tooltip drawn in the SVG (a strict page allows no HTML with styles). */
export const common = {
  animation: false,
  textStyle: { fontFamily: FONT, fontSize: 13, color: INK },
  aria: { enabled: false },
  tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: PAPER, borderColor: LINE, textStyle: text, axisPointer: { type: 'line', lineStyle: { color: MUTED } } },
}
export const valueAxis = { type: 'value', axisLabel: { ...quiet, hideOverlap: true }, splitLine: { lineStyle: { color: LINE } }, axisLine: { show: false }, axisTick: { show: false }, nameTextStyle: quiet }
export const categoryAxis = { type: 'category', axisLabel: { ...text, hideOverlap: true }, axisLine: { lineStyle: { color: MUTED } }, axisTick: { show: false } }
export const still = { emphasis: { disabled: true }, blur: {}, silent: false }
