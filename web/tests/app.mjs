// The app as its people use it, in Chromium against a running server: every page in both languages, on a desk and on a phone, in light and dark.
// `node tests/app.mjs BASE USERS [--only NAME] [--brief]`, USERS the file of example users that `serve --demo` leaves in its data folder; with --brief Chinese on a desk in light and English on a phone in dark alone. Of each page: no complaint of the console, no failed request, no sideways
// scroll, no word missing, touch targets, accessibility; screenshots into tests/out/app.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { counter, folder, launch, settle, somebody, users } from './app-browser.mjs'

const { values: asked, positionals: [base, file] } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' }, brief: { type: 'boolean', default: false }, plan: { type: 'string' }, out: { type: 'string', default: 'app' } } })
if (!file) { console.error('Usage: node tests/app.mjs BASE USERS [--only NAME] [--brief] [--plan ID] [--out FOLDER]'); process.exit(2) }
const { planner, administrator } = users(file)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const out = folder(asked.out)
const { check, close } = counter()
const browser = await launch()
const person = (who, { lang = 'zh', phone = false, dark = false } = {}) => somebody(browser, base, { ...who, lang, phone, dark })

async function accessible(name, tab) {
  await tab.evaluate(axe)
  const hurt = await tab.evaluate(async () => (await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations
    .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => `${v.id} x${v.nodes.length} ${v.nodes[0].target.join(' ')} ${v.nodes[0].any[0]?.message ?? v.nodes[0].failureSummary ?? ''}`))
  check(`${name} accessible`, hurt.length === 0, hurt.join('; '))
}
async function look(page, user, { lang, phone, dark }) {
  const name = `${page}-${lang}${phone ? '-phone' : ''}${dark ? '-dark' : ''}`
  const { tab, complaints } = user
  await settle(tab)
  const text = await tab.locator('body').innerText()
  const holes = text.match(/undefined|NaN|\[object|\{\w+\}|Infinity/g) ?? []
  check(`${name} values`, holes.length === 0, holes.slice(0, 4).join(' '))
  if (lang === 'en') {
    const stray = (await tab.locator('h1, h2, h3, th[scope=col], .field > .name, nav a, button').allInnerTexts()).filter(words => /[\u4e00-\u9fff]/.test(words) && !/中文/.test(words))
    if (stray.length) check(`${name} English`, !stray.some(words => words.length > 40), stray.slice(0, 3).join(' | '))
  }
  const wide = await tab.evaluate(() => {
    const width = document.documentElement.clientWidth
    return document.documentElement.scrollWidth > width ? [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll, svg, .gl')).slice(0, 4).map(e => `${e.tagName}.${e.className}`).join(' ') || 'page' : ''
  })
  check(`${name} no sideways scroll`, !wide, wide)
  if (phone) {
    const small = await tab.evaluate(() => [...document.querySelectorAll('button, select, a.button, nav a, summary')].filter(e => e.offsetParent && !e.closest('.maplibregl-ctrl-bottom-left') && (e.offsetHeight < 43.5 || (e.tagName === 'BUTTON' && e.offsetWidth < 43.5))).map(e => `${e.tagName}.${e.className} "${e.textContent.slice(0, 12)}" ${e.offsetWidth}x${e.offsetHeight}`))
    check(`${name} touch targets`, small.length === 0, small.slice(0, 4).join('; '))
  }
  check(`${name} quiet`, complaints.length === 0, [...new Set(complaints)].slice(0, 4).join(' | '))
  complaints.length = 0
  await accessible(name, tab)
  await tab.screenshot({ path: join(out, `${name}.png`), fullPage: true })
}

/** The pages of somebody who plans and of an administrator, by name and address. */
async function addresses() {
  const user = await person(planner)
  const ask = path => user.tab.evaluate(async url => { const response = await fetch(url); return response.ok ? response.json() : null }, `/api/v1${path}`)
  const [places, plans, shops, fits] = [await ask('/places'), await ask('/plans'), await ask('/shops?limit=1'), await ask('/fits')]
  const done = asked.plan ?? plans?.items.find(one => one.state === 'draft' || one.state === 'approved')?.id
  const two = plans?.items.filter(one => one.netUnits !== null).slice(0, 2).map(one => one.id) ?? []
  const shop = shops?.items[0]
  await user.close()
  const place = places?.items[0]?.code
  return {
    mine: [
      ['home', '/'], ['atlas', '/atlas'], shop && ['atlas-shop', `/atlas?place=${shop.division}&shop=${encodeURIComponent(shop.id)}&paint=kind`], ['imports', '/atlas/import'], ['duplicates', `/atlas/duplicates?place=${place ?? ''}`], ['demand', '/demand'], fits?.items[0] && ['fit', `/demand/fits/${fits.items[0].id}`],
      ['rollout', '/rollout'], ['scenario-new', `/rollout/scenarios/new?place=${place ?? ''}`], done && ['plan', `/rollout/plans/${done}`], two.length === 2 && ['compare', `/rollout/compare?a=${two[0]}&b=${two[1]}`], ['share', '/share'], ['account', '/account'], ['refused', '/admin/audit'], ['gone', '/no/such/page'],
    ].filter(Boolean),
    admin: [['people', '/admin/people'], ['roles', '/admin/roles'], ['audit', '/admin/audit'], ['sources', '/admin/sources']],
  }
}
async function walk(pages, login, guise) {
  const user = await person(login, guise)
  for (const [name, path] of pages) {
    if (asked.only && name !== asked.only) continue
    await user.tab.goto(base + path)
    await look(name, user, guise)
  }
  await user.close()
}
const guises = asked.brief ? [{ lang: 'zh', phone: false, dark: false }, { lang: 'en', phone: true, dark: true }]
  : [false, true].flatMap(dark => [false, true].flatMap(phone => ['zh', 'en'].map(lang => ({ lang, phone, dark }))))
try {
  const { mine, admin } = await addresses()
  for (const guise of guises) {
    if (!asked.only || asked.only === 'sign-in') { const nobody = await person(null, guise); await nobody.tab.goto(`${base}/sign-in`); await look('sign-in', nobody, guise); await nobody.close() }
    await walk(mine, planner, guise)
    await walk(admin, administrator, guise)
  }
} catch (error) { check('the test ran to its end', false, error.stack) } finally { await browser.close() }
close()
