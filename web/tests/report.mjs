// Opens a report as its reader does: from a file, without a network, in both languages, on a desk and on a phone, in light and dark.
// `node tests/report.mjs REPORT.html OUTDIR` prints what failed and one closing line; exit code 1 when anything failed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const [file, out] = process.argv.slice(2)
if (!file || !out) { console.error('Usage: node tests/report.mjs REPORT.html OUTDIR'); process.exit(2) }
mkdirSync(out, { recursive: true })
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const page = readFileSync(file, 'utf8')
const report = JSON.parse(/<script type="application\/json" id="report-data">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? 'null')
const hasSites = report.sites.length > 0
const SECTIONS = ['answers', 'warnings', 'map', 'ranked', 'town', 'waves', 'frontier', 'heard', 'share', 'trust', 'ranks', 'provenance', 'notes']

let passed = 0
let failed = 0
function check(what, ok, detail = '') {
  if (ok) passed++
  else { failed++; console.log(`FAILED ${what}${detail ? `: ${detail}` : ''}`) }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})

/** A fresh page on the report, whose every complaint and request is kept. */
async function open(lang, phone, dark, hash = `lang=${lang}`) {
  const context = await browser.newContext({
    viewport: phone ? { width: 360, height: 740 } : { width: 1366, height: 800 }, deviceScaleFactor: phone ? 2 : 1, hasTouch: phone, isMobile: phone,
    colorScheme: dark ? 'dark' : 'light', locale: lang === 'zh' ? 'zh-CN' : 'en-GB', offline: true, acceptDownloads: true,
  })
  const tab = await context.newPage()
  const complaints = []
  const requests = []
  tab.on('console', message => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()) })
  tab.on('pageerror', error => complaints.push(error.message))
  tab.on('request', request => { if (!/^(file|data|blob):/.test(request.url())) requests.push(request.url()) })
  await tab.addInitScript(() => addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)))
  await tab.goto(`${pathToFileURL(resolve(file))}#${hash}`)
  await settle(tab)
  return { tab, complaints, requests, close: () => context.close() }
}
const settle = tab => tab.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 120)))))

async function accessible(name, tab) {
  await tab.evaluate(axe)
  const hurt = await tab.evaluate(async () => (await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations
    .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => `${v.id} x${v.nodes.length} ${v.nodes[0].target.join(' ')} ${v.nodes[0].any[0]?.message ?? ''}`))
  check(`${name} accessible`, hurt.length === 0, hurt.join('; '))
}

async function look(name, lang, phone, dark) {
  const { tab, complaints, requests, close } = await open(lang, phone, dark)
  for (const id of SECTIONS) check(`${name} section ${id}`, await tab.locator(`#${id}`).count() === 1 && (await tab.locator(`#${id}`).innerText()).trim().length > 3)
  const text = await tab.locator('body').innerText()
  // A key that found no words shows as itself, such as answer.net; a value that is missing as undefined or NaN.
  const bare = text.match(/\b(answer|warn|map|town|site|why|wave|frontier|share|trust|ranks|heard|prov|unit)\.[a-z]\w+/g) ?? []
  check(`${name} words`, bare.length === 0, bare.join(' '))
  const holes = text.match(/undefined|NaN|\[object|\{\w+\}/g) ?? []
  check(`${name} values`, holes.length === 0, holes.join(' '))
  check(`${name} lang`, await tab.evaluate(() => document.documentElement.lang) === (lang === 'zh' ? 'zh-CN' : 'en'))
  if (lang === 'en' && hasSites) {
    const headings = await tab.locator('h1, h2, h3, h4, th[scope=col], dt').allInnerTexts()
    const stray = headings.filter(h => /[\u4e00-\u9fff]/.test(h))
    check(`${name} English headings`, stray.length === 0, stray.join(' | '))
  }
  const wide = await tab.evaluate(() => {
    const width = document.documentElement.clientWidth
    return document.documentElement.scrollWidth > width ? [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll, svg')).slice(0, 5).map(e => `${e.tagName}.${e.className}`).join(' ') || 'page' : ''
  })
  check(`${name} no sideways scroll`, !wide, wide)
  if (phone) {
    const small = await tab.evaluate(() => [...document.querySelectorAll('button, select, .legend label')].filter(e => e.offsetParent && (e.offsetHeight < 43.5 || (e.tagName === 'BUTTON' && e.offsetWidth < 43.5))).map(e => `${e.tagName}.${e.className} "${e.textContent.slice(0, 12)}" ${e.offsetWidth}x${e.offsetHeight}`))
    check(`${name} touch targets`, small.length === 0, small.slice(0, 4).join('; '))
  }
  await accessible(name, tab)
  await tab.screenshot({ path: join(out, `${name}.png`), fullPage: true })
  check(`${name} quiet console`, complaints.length === 0, [...new Set(complaints)].slice(0, 3).join(' | '))
  check(`${name} no request`, requests.length === 0, requests.join(' '))
  await close()
}

async function use() {
  const { tab, complaints, requests, close } = await open('zh', false, false)
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
    const [download] = await Promise.all([tab.waitForEvent('download'), tab.click(`[data-export=${kind}]`)])
    const content = readFileSync(await download.path(), 'utf8')
    check(`${kind} name`, download.suggestedFilename().endsWith(end), download.suggestedFilename())
    if (kind === 'csv') {
      check('CSV rows', content.trim().split('\n').length === report.sites.length + 1)
      check('CSV mark and no formula', content.startsWith('\uFEFF') && !/(^|,)"?[=+@]/m.test(content))
    } else check('GeoJSON sites', JSON.parse(content).features.length === report.sites.length)
  }
  check('use quiet console', complaints.length === 0, [...new Set(complaints)].slice(0, 3).join(' | '))
  check('use no request', requests.length === 0, requests.join(' '))
  await close()

  const linked = await open('en', false, false, `lang=zh&site=${second}&town=${town}&sort=cost-up`)
  check('a link opens the same view', await linked.tab.locator(`[data-why="${second}"]`).count() === 1 && await linked.tab.locator('th[aria-sort=ascending] [data-sort=cost]').count() === 1 && await linked.tab.evaluate(() => document.documentElement.lang) === 'zh-CN')
  await linked.close()
}

async function print() {
  const { tab, close } = await open('zh', false, true)
  await tab.pdf({ path: join(out, 'print.pdf'), format: 'A4', preferCSSPageSize: true })
  await tab.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await tab.setViewportSize({ width: 703, height: 1000 })
  await settle(tab)
  check('print is light', await tab.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()) === '#fff')
  check('print hides the tools', await tab.locator('.tools').isHidden())
  check('print fits the paper', await tab.evaluate(() => document.documentElement.scrollWidth <= 704), String(await tab.evaluate(() => document.documentElement.scrollWidth)))
  await close()
}

/** A page whose data was cut off says so, and what to do, in place of a blank sheet. */
async function broken() {
  const cut = join(out, 'broken.html')
  writeFileSync(cut, page.replace(/(id="report-data">)[\s\S]*?<\/script>/, (_, head) => `${head}{"schema":</script>`))
  const context = await browser.newContext({ offline: true, locale: 'en-GB' })
  const tab = await context.newPage()
  await tab.goto(pathToFileURL(resolve(cut)).href)
  check('a broken report says so', (await tab.locator('[role=alert]').innerText()).includes('xiaxiang plan'))
  await context.close()
}

try {
  for (const phone of [false, true]) for (const lang of ['zh', 'en']) for (const dark of [false, true]) await look(`${phone ? 'phone' : 'desktop'}-${lang}${dark ? '-dark' : ''}`, lang, phone, dark)
  if (hasSites) await use()
  await print()
  await broken()
} catch (error) {
  check('the test ran to its end', false, error.stack)
} finally {
  await browser.close()
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
