// Opens a report as its reader does: from a file, without a network, in both languages, on a desk and on a phone, in light and dark.
// `node tests/report.mjs REPORT.html OUTDIR` prints what failed and one closing line; exit code 1 when anything failed.
import { join } from 'node:path'
import { settle, tester } from './browser.mjs'

const { data: report, out, check, open, accessible, decent, everyGuise, print, broken, download, run } = await tester('node tests/report.mjs REPORT.html OUTDIR')
const hasSites = report.sites.length > 0
const SECTIONS = ['answers', 'warnings', 'map', 'ranked', 'town', 'waves', 'frontier', 'heard', 'share', 'trust', 'ranks', 'provenance', 'notes']
// A key that found no words shows as itself, such as answer.net; a value that is missing as undefined or NaN.
const KEYS = /\b(answer|warn|map|town|site|why|wave|frontier|share|trust|ranks|heard|prov|unit)\.[a-z]\w+/g

async function look(name, lang, phone, dark) {
  const { tab, quiet, close } = await open(lang, phone, dark)
  for (const id of SECTIONS) check(`${name} section ${id}`, await tab.locator(`#${id}`).count() === 1 && (await tab.locator(`#${id}`).innerText()).trim().length > 3)
  if (lang === 'en' && hasSites) {
    const headings = await tab.locator('h1, h2, h3, h4, th[scope=col], dt').allInnerTexts()
    const stray = headings.filter(h => /[\u4e00-\u9fff]/.test(h))
    check(`${name} English headings`, stray.length === 0, stray.join(' | '))
  }
  await decent(name, tab, lang, phone, KEYS)
  quiet(name)
  await close()
}

async function use() {
  const { tab, quiet, close } = await open('zh', false, false)
  const netOf = () => tab.locator('#ranked tbody tr[data-site]').evaluateAll(rows => rows.map(r => Number(r.querySelector('td.strong').textContent.replaceAll(',', '').replace('−', '-'))))
  const falling = list => list.every((n, i) => i === 0 || list[i - 1] >= n)
  const rows = tab.locator('#ranked tbody tr[data-site]')
  check('a page of rows', await rows.count() === Math.min(100, report.sites.length))
  check('best first', falling(await netOf()))
  await tab.click('[data-sort=net]')
  check('sorted up', falling((await netOf()).reverse()) && await tab.locator('th[aria-sort=ascending]').count() === 1)
  await tab.click('[data-sort=town]')
  check('one sorted column', await tab.locator('th[aria-sort=ascending], th[aria-sort=descending]').count() === 1)
  await tab.click('[data-sort=net]')

  const second = await rows.nth(1).getAttribute('data-site')
  await rows.nth(1).locator('button').click()
  await settle(tab)
  check('why panel', await tab.locator(`[data-why="${second}"]`).isVisible())
  const why = await tab.locator(`[data-why="${second}"]`).innerText()
  for (const word of ['从哪些品牌来', '自我蚕食', '店主毛利', '保本销量', '回本']) check(`why says ${word}`, why.includes(word))
  check('map lights the site', await tab.locator(`[data-lit-site="${second}"]`).count() === 1)
  const town = report.sites.find(s => s.id === second).town
  check('map lights the township', await tab.locator(`[data-lit-town="${town}"]`).count() === 1)
  check('township card', await tab.locator(`[data-town-card="${town}"]`).isVisible())
  check('the link carries it', (await tab.evaluate(() => location.hash)).includes(`site=${second}`))
  await tab.screenshot({ path: join(out, 'selected.png'), fullPage: true })
  await accessible('selected', tab)

  await tab.click('[data-lang=en]')
  await settle(tab)
  check('switched to English', (await tab.locator('h1').innerText()).includes('roll-out plan') && (await tab.evaluate(() => document.title)).includes('roll-out plan') && (await tab.evaluate(() => location.hash)).includes('lang=en'))
  check('selection survives the switch', await tab.locator(`[data-why="${second}"]`).isVisible())
  await tab.click('[data-lang=zh]')
  await settle(tab)
  check('switched back', (await tab.locator('h1').innerText()).includes('下乡方案'))

  for (const layer of ['shops', 'sites']) {
    const box = tab.locator(`[data-toggle=${layer}]`)
    const on = await box.isChecked()
    await box.click()
    check(`layer ${layer} turns`, (await tab.locator(`[data-layer=${layer}]`).count() === 1) === !on)
    await box.click()
  }

  const place = () => tab.locator('.still').first().getAttribute('transform')
  const before = await place()
  await tab.locator('.frame').focus()
  await tab.keyboard.press('+')
  check('keyboard zooms', await place() !== before)
  const zoomed = await place()
  await tab.keyboard.press('ArrowLeft')
  check('keyboard moves', await place() !== zoomed)
  await tab.keyboard.press('0')
  await settle(tab)
  check('0 resets', /translate\(0,\s*0\) scale\(1\)/.test(await place()))

  const first = rows.first().locator('button')
  await first.focus()
  await tab.keyboard.press('ArrowDown')
  check('arrows walk the rows', await tab.evaluate(() => document.activeElement.closest('tr')?.dataset.site) === await rows.nth(1).getAttribute('data-site'))
  await rows.nth(2).locator('button').focus()
  await tab.keyboard.press('Enter')
  await settle(tab)
  check('Enter opens', await rows.nth(2).locator('button').getAttribute('aria-expanded') === 'true')
  await tab.keyboard.press('Escape')
  check('Escape closes', await tab.locator('[data-why]').count() === 0)

  const box = await tab.locator('.frame > svg').boundingBox()
  await tab.selectOption('.pick select', '')
  await tab.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  await settle(tab)
  check('a click on the map selects', await tab.locator('[data-town-card]').count() === 1)
  const far = report.towns.at(-1).code
  await tab.selectOption('.pick select', far)
  await settle(tab)
  check('the list selects a township', await tab.locator(`[data-lit-town="${far}"]`).count() === 1)

  for (const [kind, end] of [['csv', '.csv'], ['geojson', '.geojson']]) {
    const { name, text: content } = await download(tab, `[data-export=${kind}]`)
    check(`${kind} name`, name.endsWith(end), name)
    if (kind === 'csv') {
      check('CSV rows', content.trim().split('\n').length === report.sites.length + 1)
      check('CSV mark and no formula', content.startsWith('\uFEFF') && !/(^|,)"?[=+@]/m.test(content))
    } else check('GeoJSON sites', JSON.parse(content).features.length === report.sites.length)
  }
  quiet('use')
  await close()

  const linked = await open('en', false, false, `lang=zh&site=${second}&town=${town}&sort=cost-up`)
  check('a link opens the same view', await linked.tab.locator(`[data-why="${second}"]`).count() === 1 && await linked.tab.locator('th[aria-sort=ascending] [data-sort=cost]').count() === 1 && await linked.tab.evaluate(() => document.documentElement.lang) === 'zh-CN')
  await linked.close()
}

/** The share of today is of a quarter, which is named beside it. */
async function today() {
  const { tab, close } = await open('en', false)
  for (const where of ['#answers', '#share .ladder']) check(`${where} names the quarter of today’s share`, (await tab.locator(where).innerText()).includes(report.period), await tab.locator(where).innerText())
  await close()
}

await run(async () => {
  await everyGuise(look)
  await today()
  if (hasSites) await use()
  await print()
  await broken('xiaxiang plan')
})
