import { csvFormatRows } from 'd3-dsv'
import { safeCell } from '../report/export'
import type { Row } from './types'

/** The rows as CSV with a byte order mark and the keys as heads, as the program's own tables have them. */
export function rowsCsv(rows: Row[]): string {
  const keys = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const cell = (value: Row[string] | undefined) => (typeof value === 'string' ? safeCell(value) : String(value ?? ''))
  return `\uFEFF${csvFormatRows([keys, ...rows.map(row => keys.map(key => cell(row[key])))])}\n`
}

/** The colours of the light page, whatever the reader's screen is: a figure is for paper. */
function lightColours(): CSSStyleDeclaration {
  for (const sheet of document.styleSheets) for (const rule of sheet.cssRules) if (rule instanceof CSSStyleRule && rule.selectorText === ':root') return rule.style
  return getComputedStyle(document.documentElement)
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A chart as a file of its own: on white, in the light page's colours, under its title and the lines that explain its marks. */
export function standaloneSvg(svg: string, lines: string[]): string {
  const colours = lightColours()
  const drawn = svg.replace(/var\((--[\w-]+)\)/g, (all, name: string) => colours.getPropertyValue(name).trim() || all)
  const width = Number(/width="([\d.]+)"/.exec(drawn)?.[1] ?? 640)
  const height = Number(/height="([\d.]+)"/.exec(drawn)?.[1] ?? 320)
  const head = 16 + 20 * lines.length
  const words = lines.map((line, i) => `<text x="8" y="${20 + 20 * i}" font-size="13" font-weight="${i ? 400 : 600}" font-family="system-ui, sans-serif" fill="#1d2126">${escape(line)}</text>`).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + head}" viewBox="0 0 ${width} ${height + head}"><rect width="100%" height="100%" fill="#fff"/>${words}<g transform="translate(0 ${head})">${drawn}</g></svg>\n`
}
