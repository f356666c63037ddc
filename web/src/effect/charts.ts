import { nice, tickStep } from 'd3-array'
import { CustomChart, ScatterChart } from 'echarts/charts'
import { use } from 'echarts/core'
import { ACCENT, common, INK, MUTED, PAPER, quiet, valueAxis, type ChartOption } from '../charts/echarts'
import type { Row, Value } from './types'

use([CustomChart, ScatterChart])

/** An estimate at a place on the x axis, with its own interval and, perhaps, the one that holds for all places at once. `early`: from before treatment. */
export interface Mark { x: number; label: string; value: number; low: number | null; high: number | null; bandLow: number | null; bandHigh: number | null; early: boolean }

export const number = (value: Value | undefined) => (typeof value === 'number' && Number.isFinite(value) ? value : null)

/** Rows of a table as marks; rows without an estimate are left out. */
export function marks(rows: Row[], key: string, early: (row: Row) => boolean): Mark[] {
  return rows.map((row, i) => ({ x: typeof row[key] === 'number' && key === 'eventTime' ? row[key] : i, label: String(row[key] ?? ''), value: number(row.estimate) ?? NaN, low: number(row.low), high: number(row.high), bandLow: number(row.bandLow), bandHigh: number(row.bandHigh), early: early(row) }))
    .filter(mark => Number.isFinite(mark.value))
}

const TICKS = 6
/** The round range that shows all of the values. */
export function around(values: number[]): [number, number] {
  const [low, high] = nice(Math.min(...values), Math.max(...values), TICKS)
  return low < high ? [low, high] : Number.isFinite(low) ? [low - 1, high + 1] : [-1, 1]
}

/** The range that shows all of the marks and 0; of what else is drawn, no more than half as far again. */
export function extent(list: Mark[], more: number[] = []): [number, number] {
  const values = [0, ...list.flatMap(m => [m.value, m.low ?? m.value, m.high ?? m.value, m.bandLow ?? m.value, m.bandHigh ?? m.value])]
  const low = Math.min(...values)
  const high = Math.max(...values)
  const room = (high - low) / 2
  return around([...values, ...more.map(v => Math.min(high + room, Math.max(low - room, v)))])
}

/** Every how many places an axis has room for a label. */
const every = (places: number) => [1, 2, 5, 10, 20, 50, 100, 200, 500].find(step => places / step <= 14) ?? 1000

/** An axis of places, each with its label where there is room; some room is free at both ends. */
export function placeAxis(places: { x: number; label: string }[], name: string, room: number): ChartOption {
  const labels = new Map(places.map(p => [p.x, p.label]))
  const first = Math.min(...places.map(p => p.x))
  const last = Math.max(...places.map(p => p.x))
  const step = every(places.length)
  return {
    ...valueAxis, min: first - room, max: last + room, name, nameLocation: 'middle', nameGap: 26, splitLine: { show: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: MUTED } }, axisLabel: { ...quiet, hideOverlap: true, customValues: [...labels.keys()].filter(x => x % step === 0), formatter: (x: number) => (labels.get(x) ?? '').replace('-', '−') },
  }
}

/** An axis of outcomes, whose ticks are as short as they can be told apart; `fixed` writes a number with so many decimals. */
export function outcomeAxis(name: string, [min, max]: [number, number], fixed: (value: number, digits: number) => string): ChartOption {
  const step = tickStep(min, max, TICKS)
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  return {
    ...valueAxis, min, max, interval: step, name, nameTextStyle: { ...quiet, align: 'left', padding: [0, 0, 4, 0] }, axisLine: { show: false, onZero: false },
    axisLabel: { ...quiet, hideOverlap: true, formatter: (v: number) => fixed(v, digits) },
  }
}

export const grid = { left: 8, right: 16, top: 36, bottom: 28, containLabel: true }
/** A line across at a level, or up at a place; no label, no arrow. */
export const ruler = (at: { xAxis: number } | { yAxis: number }, dashed = false) =>
  ({ type: 'line', data: [], silent: true, markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: INK, width: 1, type: dashed ? 'dotted' : 'solid' }, data: [at] } })

interface Api { value(dimension: number): number; coord(at: [number, number]): [number, number] }
const stroke = (x1: number, y1: number, x2: number, y2: number, lineWidth: number, colour: string) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth } })

/** A mark: a thin line with caps for the simultaneous band, a thick one for the interval, a point that is hollow before treatment; `radius` is the point's. */
const whisker = (radius: number) => (_: unknown, api: Api) => {
  const x = api.coord([api.value(0), 0])[0]
  const y = (dimension: number) => api.coord([0, api.value(dimension)])[1]
  const has = (dimension: number) => Number.isFinite(api.value(dimension))
  const lines = []
  if (has(4) && has(5)) lines.push(stroke(x, y(4), x, y(5), 1, INK), stroke(x - radius, y(4), x + radius, y(4), 1, INK), stroke(x - radius, y(5), x + radius, y(5), 1, INK))
  if (has(2) && has(3)) lines.push(stroke(x, y(2), x, y(3), radius - 1, ACCENT))
  const point = { type: 'circle', shape: { cx: x, cy: y(1), r: radius }, style: { fill: api.value(6) ? PAPER : INK, stroke: INK, lineWidth: 2 } }
  return { type: 'group', children: [...lines, point] }
}

/** A line that a trend would draw, in pieces. */
export interface Trend { before: [number, number][]; after: [number, number][] }

export interface IntervalChart { marks: Mark[]; xName: string; yName: string; range: [number, number]; trend?: Trend | null; treatment?: number; fixed: (value: number, digits: number) => string; tip: (mark: Mark) => string }

/** Estimates with their intervals, the zero line, where treatment begins, and what a trend would look like. */
export function intervalChart(c: IntervalChart): ChartOption {
  const dash = (data: [number, number][]) => ({ type: 'line', data, symbol: data.length > 1 ? 'none' : 'rect', symbolSize: [14, 2], silent: true, lineStyle: { color: MUTED, width: 2, type: 'dashed' }, itemStyle: { color: MUTED } })
  return {
    ...common,
    tooltip: { ...common.tooltip, trigger: 'item', formatter: (p: { dataIndex: number }) => { const mark = c.marks[p.dataIndex]; return mark ? c.tip(mark) : '' } },
    grid,
    xAxis: placeAxis(c.marks, c.xName, 0.5),
    yAxis: outcomeAxis(c.yName, c.range, c.fixed),
    series: [
      ruler({ yAxis: 0 }),
      ...(c.treatment === undefined ? [] : [ruler({ xAxis: c.treatment }, true)]),
      ...(c.trend ? [dash(c.trend.before), dash(c.trend.after)] : []),
      { type: 'custom', renderItem: whisker(c.marks.length > 24 ? 3 : 5), clip: false, encode: { x: 0, y: [1, 2, 3, 4, 5] }, data: c.marks.map(m => [m.x, m.value, m.low ?? NaN, m.high ?? NaN, m.bandLow ?? NaN, m.bandHigh ?? NaN, m.early ? 1 : 0]) },
    ],
  }
}

/** How lines are told apart without colour: dashes and marks; the colours of the page. */
export const STYLES = [
  { color: INK, type: 'solid', symbol: 'circle' }, { color: ACCENT, type: 'dashed', symbol: 'rect' }, { color: 'var(--warn-edge)', type: 'solid', symbol: 'triangle' }, { color: 'var(--town-edge)', type: 'dotted', symbol: 'diamond' },
  { color: ACCENT, type: 'solid', symbol: 'emptyCircle' }, { color: MUTED, type: 'dashed', symbol: 'emptyRect' }, { color: 'var(--warn-edge)', type: 'dashed', symbol: 'emptyTriangle' }, { color: 'var(--village)', type: 'solid', symbol: 'emptyDiamond' },
] as const

export interface Path { name: string; style: (typeof STYLES)[number]; values: (number | null)[] }
export interface PathChart { paths: Path[]; labels: string[]; xName: string; yName: string; treatment?: number | undefined; zero?: boolean; say: (value: number) => string; fixed: (value: number, digits: number) => string }

/** Paths over time, told apart by dash and mark; `treatment` is the index of the first treated period. */
export function pathChart(c: PathChart): ChartOption {
  const values = c.paths.flatMap(p => p.values).filter((v): v is number => v !== null)
  const sparse = c.labels.length <= 24
  return {
    ...common,
    tooltip: { ...common.tooltip, formatter: (points: { seriesName: string; value: [number, number] }[]) => [c.labels[points[0]?.value[0] ?? 0] ?? '', ...points.map(p => `${p.seriesName}  ${c.say(p.value[1])}`)].join('\n') },
    grid,
    xAxis: placeAxis(c.labels.map((label, x) => ({ x, label })), c.xName, sparse ? 0.5 : 0),
    yAxis: outcomeAxis(c.yName, around(c.zero ? [0, ...values] : values), c.fixed),
    series: [
      ...(c.zero ? [ruler({ yAxis: 0 })] : []),
      ...(c.treatment === undefined ? [] : [ruler({ xAxis: c.treatment - 0.5 }, true)]),
      ...c.paths.map(p => ({
        type: 'line', name: p.name, symbol: p.style.symbol, symbolSize: 7, showSymbol: sparse, lineStyle: { color: p.style.color, width: 2, type: p.style.type }, itemStyle: { color: p.style.color },
        emphasis: { disabled: true }, data: p.values.map((v, x) => [x, v]),
      })),
    ],
  }
}
