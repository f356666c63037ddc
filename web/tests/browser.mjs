// A page opened as its reader does: from a file, without a network, in both languages, on a desk and on a phone, in light and dark; and what any page of ours must be then.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const settle = tab => tab.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 120)))))

/** The checks of one page: the file named on the command line, screenshots into the folder named after it. `data` is what the program filled in. */
export async function tester(usage) {
  const [file, out] = process.argv.slice(2)
  if (!file || !out) { console.error(`Usage: ${usage}`); process.exit(2) }
  mkdirSync(out, { recursive: true })
  const page = readFileSync(file, 'utf8')
  const data = JSON.parse(/<script type="application\/json" id="report-data">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? 'null')
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

  /** A fresh tab on the page, whose every complaint and request is kept. */
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
    const quiet = name => {
      check(`${name} quiet console`, complaints.length === 0, [...new Set(complaints)].slice(0, 3).join(' | '))
      check(`${name} no request`, requests.length === 0, requests.join(' '))
    }
    return { tab, quiet, close: () => context.close() }
  }

  async function accessible(name, tab) {
    await tab.evaluate(axe)
    const hurt = await tab.evaluate(async () => (await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations
      .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => `${v.id} x${v.nodes.length} ${v.nodes[0].target.join(' ')} ${v.nodes[0].any[0]?.message ?? ''}`))
    check(`${name} accessible`, hurt.length === 0, hurt.join('; '))
  }

  /** What holds of every page in every guise; `keys` finds keys that found no words and show as themselves. */
  async function decent(name, tab, lang, phone, keys) {
    const text = await tab.locator('body').innerText()
    const bare = text.match(keys) ?? []
    check(`${name} words`, bare.length === 0, bare.join(' '))
    const holes = text.match(/undefined|NaN|\[object|\{\w+\}/g) ?? []
    check(`${name} values`, holes.length === 0, holes.join(' '))
    check(`${name} lang`, await tab.evaluate(() => document.documentElement.lang) === (lang === 'zh' ? 'zh-CN' : 'en'))
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
  }

  /** Every language, width and colour scheme, each handed to `look(name, lang, phone, dark)`. */
  async function everyGuise(look) {
    for (const phone of [false, true]) for (const lang of ['zh', 'en']) for (const dark of [false, true]) await look(`${phone ? 'phone' : 'desktop'}-${lang}${dark ? '-dark' : ''}`, lang, phone, dark)
  }

  async function print() {
    const { tab, close } = await open('zh', false, true)
    await tab.pdf({ path: join(out, 'print.pdf'), format: 'A4', preferCSSPageSize: true })
    await tab.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await tab.setViewportSize({ width: 703, height: 1000 })
    await settle(tab)
    check('print is light', await tab.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()) === '#fff')
    const sources = tab.locator('.prov td.wrap')
    if (await sources.count()) check('sources have room on paper', (await sources.first().boundingBox()).width >= 250, JSON.stringify(await sources.first().boundingBox()))
    if (await sources.count()) check('and nothing lies over them', await tab.locator('.prov tbody tr').evaluateAll(rows => rows.every(row => { const [bar, words] = [row.querySelector('.mix').getBoundingClientRect(), row.lastElementChild.getBoundingClientRect()]; return bar.right <= words.left + 1 || bar.bottom <= words.top + 1 })))
    check('print hides the tools', await tab.locator('.tools').isHidden())
    check('print fits the paper', await tab.evaluate(() => document.documentElement.scrollWidth <= 704), String(await tab.evaluate(() => document.documentElement.scrollWidth)))
    await close()
  }

  /** A page whose data was cut off says so, and what to do, in place of a blank sheet. */
  async function broken(command) {
    const cut = join(out, 'broken.html')
    writeFileSync(cut, page.replace(/(id="report-data">)[\s\S]*?<\/script>/, (_, head) => `${head}{"schema":</script>`))
    const context = await browser.newContext({ offline: true, locale: 'en-GB' })
    const tab = await context.newPage()
    await tab.goto(pathToFileURL(resolve(cut)).href)
    check('a broken page says so', (await tab.locator('[role=alert]').innerText()).includes(command))
    await context.close()
  }

  /** A click that hands the reader a file: its name and text. */
  async function download(tab, selector) {
    const [given] = await Promise.all([tab.waitForEvent('download'), tab.locator(selector).first().click()])
    return { name: given.suggestedFilename(), text: readFileSync(await given.path(), 'utf8') }
  }

  /** Runs the checks and prints one closing line; the exit code is 1 when anything failed. */
  async function run(all) {
    try {
      await all()
    } catch (error) {
      check('the test ran to its end', false, error.stack)
    } finally {
      await browser.close()
    }
    console.log(`${passed} passed, ${failed} failed`)
    process.exitCode = failed ? 1 : 0
  }
  return { data, out, check, open, accessible, decent, everyGuise, print, broken, download, run }
}
