// Opens the page of `xiaxiang effect estimate` as its reader does; any such page, whatever its estimators.
// `node tests/effect.mjs PAGE.html OUTDIR` prints what failed and one closing line; exit code 1 when anything failed.
import { settle, tester } from './browser.mjs'

const { data, check, open, decent, everyGuise, print, broken, download, run } = await tester('node tests/effect.mjs PAGE.html OUTDIR')
const estimators = data.result.estimators
const SECTIONS = ['answers', 'warnings', 'study', 'means', 'data']
const KEYS = /\beffect\.[a-z]\w+/g
const shown = estimators.filter(e => e.name !== 'bacon' || e.refusal)

async function look(name, lang, phone, dark) {
  const { tab, quiet, close } = await open(lang, phone, dark)
  for (const id of SECTIONS) check(`${name} section ${id}`, await tab.locator(`#${id}`).count() === 1 && (await tab.locator(`#${id}`).innerText()).trim().length > 3)
  const rows = tab.locator('#answers tbody tr')
  check(`${name} a line an estimator`, await rows.count() === shown.length)
  for (const [k, e] of shown.entries()) {
    const line = await rows.nth(k).innerText()
    const at = estimators.indexOf(e)
    if (e.refusal) for (const why of data.notes[at][lang]) check(`${name} ${e.name} says why not`, line.includes(why), line)
    else check(`${name} ${e.name} has a verdict`, line.includes({ EFFECT: { zh: '发现效应', en: 'Effect found' }, NO_EFFECT: { zh: '未发现效应', en: 'No effect found' }, CANNOT_TELL: { zh: '无法判断', en: 'Cannot tell' } }[data.verdicts[at]][lang]), line)
    if (e.name === 'twfe' && !e.refusal) check(`${name} twfe is marked`, line.includes({ zh: '有偏', en: 'biased' }[lang]), line)
  }
  const band = await tab.locator('#warnings').innerText()
  for (const notes of data.notes) for (const note of notes[lang].slice(0, 12)) check(`${name} warns`, band.includes(note), note)
  const drawn = await tab.locator('figure .chart').evaluateAll(all => all.map(c => c.querySelectorAll('svg path').length))
  check(`${name} charts are drawn`, drawn.length > 0 && drawn.every(n => n > 4), drawn.join(' '))
  const study = estimators.filter(e => (e.aggregations?.dynamic?.rows ?? e.table).some(r => typeof r.eventTime === 'number' && r.estimate !== null))
  check(`${name} an event study each`, await tab.locator('#study figure').count() === study.length)
  const labels = await tab.locator('#study figure').evaluateAll(all => all.map(f => [...f.querySelectorAll('svg text')].map(t => t.textContent)))
  for (const [k, e] of study.entries()) {
    const times = (e.aggregations?.dynamic?.rows ?? e.table).filter(r => typeof r.eventTime === 'number').map(r => String(r.eventTime).replace('-', '−'))
    if (times.length <= 8) for (const time of times) check(`${name} ${e.name} axis names ${time}`, labels[k].includes(time), labels[k].join(' '))
  }
  await decent(name, tab, lang, phone, KEYS)
  check(`${name} runs nothing of the data's`, await tab.evaluate(() => window.hacked === undefined))
  quiet(name)
  await close()
}

/** The cells of a CSV that quotes as RFC 4180 says. */
const cells = text => [...text.matchAll(/(?:^|[,\n])(?:"((?:[^"]|"")*)"|([^",\n]*))/g)].map(m => m[1]?.replaceAll('""', '"') ?? m[2])
const number = /^-?[\d.]+(e[+-]?\d+)?$/i

/** Whether a browser can draw the text as an image, which only well-formed SVG is. */
const drawn = svg => new Promise(done => { const image = new Image(); image.onload = () => done(image.width > 100); image.onerror = () => done(false); image.src = `data:image/svg+xml,${encodeURIComponent(svg)}` })

/** Clicks every button that hands out a table or chart; the files are kept here, since a browser lets one page give only so many before it asks its reader. */
const files = async () => {
  const taken = []
  let blob
  URL.createObjectURL = made => { blob = made; return 'blob:kept' }
  HTMLAnchorElement.prototype.click = function () { taken.push(blob.arrayBuffer().then(bytes => ({ name: this.download, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) }))) }
  for (const button of document.querySelectorAll('[data-csv], [data-svg]')) button.click()
  return Promise.all(taken)
}

async function use() {
  const { tab, quiet, close } = await open('zh', false, true)
  const title = await tab.locator('h1').innerText()
  await tab.click('[data-lang=en]')
  await settle(tab)
  check('switched to English', (await tab.locator('h1').innerText()) !== title && (await tab.evaluate(() => document.title)).includes('what the treatment caused') && (await tab.evaluate(() => location.hash)) === '#lang=en')
  const json = await download(tab, '[data-export=json]')
  check('JSON is the result', JSON.stringify(JSON.parse(json.text)) === JSON.stringify(data.result))
  await tab.keyboard.press('Home')
  await tab.locator('.skip').focus()
  await tab.keyboard.press('Enter')
  check('the keyboard skips to the study', await tab.evaluate(() => document.activeElement.id) === 'study')
  const buttons = await tab.locator('[data-csv], [data-svg]').count()
  const given = await tab.evaluate(files)
  check('a file a button, each with a name of its own', given.length === buttons && new Set(given.map(f => f.name)).size === buttons, given.map(f => f.name).join(' '))
  for (const { name, text } of given) {
    if (name.endsWith('.csv')) check(`csv ${name}`, text.startsWith('\uFEFF') && text.trim().split('\n').length > 1 && cells(text.slice(1)).every(c => number.test(c) || !/^[=+\-@\t]/.test(c)), text.slice(0, 200))
    else check(`svg ${name}`, /^<svg [\s\S]*<\/svg>\s*$/.test(text) && !text.includes('var(') && await tab.evaluate(drawn, text), text.slice(0, 300))
  }
  quiet('use')
  await close()
}

await run(async () => {
  await everyGuise(look)
  await use()
  await print()
  await broken('xiaxiang effect estimate')
})
