// Words that would be code where somebody forgot that they are words: in every field people or files can put one, looked at on every page, in the report, and in what is exported.
// `node tests/app-hostile.mjs BASE WORKSPACE USERS`, a server that app-setup has set up with this workspace; USERS is what it wrote. What it writes stays: use a server of its own.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { api, counter, folder, launch, settle, somebody, users } from './app-browser.mjs'

const [base, workspace, file] = process.argv.slice(2)
if (!file) { console.error('Usage: node tests/app-hostile.mjs BASE WORKSPACE USERS'); process.exit(2) }
const { administrator, planner, founder } = users(file)
const out = folder('hostile')
const { check, close } = counter()
const browser = await launch()
/** An element that would ask for an address and run a word of ours, a script, a template, a formula, an address. Without commas and quotation marks: they go into CSV as they are. */
const EVIL = "<img src=x onerror=hurt()><script>hurt()</script>{{hurt()}}${hurt()}<svg/onload=hurt()>"
const FORMULA = '=HYPERLINK(hurt)'
const facts = name => readFileSync(join(workspace, `${name}.csv`), 'utf8')

async function come(who, lang = 'zh', phone = false) {
  const user = await somebody(browser, base, { ...who, lang, phone })
  await user.context.addInitScript(() => { window.hurt = () => console.error('a word was run') })
  return user
}
async function made(tab, method, path, body) {
  const answer = await api(tab, method, path, { body })
  check(`${method} ${path}`, answer.status < 300, JSON.stringify(answer.body).slice(0, 300))
  return answer.body
}
async function imported(tab, name, text) {
  const begun = await api(tab, 'POST', '/imports', { files: { [name]: text }, fields: { dryRun: 'false' } })
  let row
  for (let i = 0; i < 900; i++) {
    row = (await api(tab, 'GET', `/imports/${begun.body.id}`)).body
    if (!['judging', 'applying'].includes(row.state)) break
    await tab.waitForTimeout(200)
  }
  check(`${name} is imported`, row?.state === 'applied', JSON.stringify(row?.problems ?? begun.body).slice(0, 400))
  return begun.body.id
}
/** Hostile names of places, people, brands, models, visits and files. */
async function fill(tab) {
  await imported(tab, 'divisions.csv', facts('divisions').replace(/^(410329101),[^,]*,[^,]*,/m, `$1,鸣皋${EVIL},Minggao${EVIL},`))
  await imported(tab, 'brands.csv', facts('brands').replace(/^OPPO,[^,]*,[^,]*,/m, `OPPO,OPPO${EVIL},OPPO${EVIL},`))
  await imported(tab, 'visits.csv', `${facts('visits').trimEnd()}\n2017-03-16,410329101,,owner,说${EVIL},said ${EVIL},要${EVIL},need ${EVIL},OPPO,,,,javascript:hurt(),synthetic\n`)
  const ids = []
  for (const [k, name] of [EVIL, FORMULA].entries()) {
    ids.push((await made(tab, 'POST', '/shops', { name, nameEn: name, division: '410329101', lon: 112.31 + k / 1e4, lat: 34.33, owner: 'rival', format: 'owner_run', brands: ['OPPO'], promoters: 0, sign: false, kind: 'observed', source: `${EVIL} javascript:hurt()`, runningFenYear: 0, breakEvenUnitsYear: 0 })).id)
  }
  const id = `evil${Date.now() % 1e7}`
  await made(tab, 'POST', '/distributors', { id, name: EVIL, place: '410329' })
  await made(tab, 'POST', '/people', { login: id, name: EVIL, role: 'distributor', territory: { kind: 'distributor', code: id } })
  await made(tab, 'PUT', '/sources/licence', { source: 'javascript:hurt()', licence: EVIL })
  const refused = await api(tab, 'POST', '/imports', { files: { [`${EVIL.replaceAll('/', '')}.csv`]: 'id,name\n1,2\n' } })
  await made(tab, 'POST', '/tokens', { name: EVIL, rights: ['read_places'], days: 1 })
  return { shop: ids[0], refused: refused.body.id }
}
/** A scenario, a site and a plan of such names, approved with such a note. */
async function plan(tab, approver) {
  const site = await made(tab, 'POST', '/sites', { name: FORMULA, nameEn: EVIL, division: '410329101', lon: 112.289, lat: 34.316, action: 'open', shop: null, format: 'authorised_shop', promoters: 0, sign: true, modelsCarried: 6, fitOutFen: 1500000, runningFenYear: 600000, dealerMarginFen: 8000, breakEvenUnitsYear: 0, source: EVIL })
  const scenario = await made(tab, 'POST', '/scenarios', { name: EVIL, nameEn: EVIL, place: '410329', brand: 'Xiaomi', publicShares: { place: 'CN', table: 'Counterpoint', period: '2017Q1' }, budgetFen: 50_000_000, runningCapFen: 200_000_000, waves: [{ label: EVIL, budgetFen: 50_000_000 }], synthesizeSeed: 7, draws: 5, require: [site.id], forbid: [], coefficients: {} })
  const begun = await made(tab, 'POST', `/scenarios/${scenario.id}/plans`, {})
  for (let i = 0; i < 600 && (await api(tab, 'GET', `/plans/${begun.plan}`)).body.state === 'planning'; i++) await tab.waitForTimeout(300)
  const card = (await api(tab, 'GET', `/plans/${begun.plan}`)).body
  check('a plan of hostile names is made', card.state === 'draft', JSON.stringify(card).slice(0, 300))
  const csv = (await api(tab, 'GET', `/plans/${begun.plan}/sites.csv`)).body
  check('its table holds the name as text', csv.includes(`'${FORMULA}`) && !/(^|,)"?[=+@]/m.test(csv), csv.slice(0, 300))
  await made(approver, 'POST', `/plans/${begun.plan}/approve`, { note: EVIL })
  return { scenario: scenario.id, plan: begun.plan, site: site.id }
}
/** Nothing of it became an element or an address, nothing ran, nothing was asked for. */
async function harmless(name, { tab, complaints }, told = true) {
  const grown = await tab.evaluate(() => [...document.querySelectorAll('img[src="x"], [onerror], [onload], a[href^="javascript" i], svg[onload]')].map(one => one.outerHTML.slice(0, 80)))
  check(`${name}: no word becomes an element`, grown.length === 0, grown.join(' | '))
  if (told) check(`${name}: the words are there to be read`, (await tab.locator('body').innerText()).includes('onerror=hurt()'))
  check(`${name}: quiet`, complaints.length === 0, [...new Set(complaints)].join(' | '))
  complaints.length = 0
}
async function walk(user, pages) {
  for (const [name, path, told] of pages) {
    await user.tab.goto(base + path)
    await settle(user.tab)
    await harmless(name, user, told)
    await user.tab.screenshot({ path: join(out, `${name}.png`), fullPage: true })
  }
}
try {
  const admin = await come(administrator)
  const boss = await come(founder)
  const user = await come(planner)
  const { shop, refused } = await fill(admin.tab)
  const { scenario, plan: id, site } = await plan(user.tab, boss.tab)
  admin.complaints.length = user.complaints.length = boss.complaints.length = 0
  await walk(admin, [['home-admin', '/'], ['imports', '/atlas/import'], ['import', `/atlas/import/${refused}`], ['people', '/admin/people'], ['audit', '/admin/audit'], ['sources', '/admin/sources'], ['account-admin', '/account']])
  for (const [lang, phone] of [['zh', false], ['en', true]]) {
    const seen = lang === 'zh' ? user : await come(planner, lang, phone)
    await walk(seen, [[`home-${lang}`, '/'], [`atlas-${lang}`, '/atlas?place=410329101'], [`shop-${lang}`, `/atlas?place=410329101&shop=${encodeURIComponent(shop)}`], [`duplicates-${lang}`, '/atlas/duplicates?place=410329101', false], [`rollout-${lang}`, '/rollout'], [`scenario-${lang}`, `/rollout/scenarios/${scenario}`, false],
      [`plan-${lang}`, `/rollout/plans/${id}?site=${encodeURIComponent(site)}&town=410329101`], [`compare-${lang}`, `/rollout/compare?a=${id}&b=${id}`], [`share-${lang}`, '/share?place=410329'], [`demand-${lang}`, '/demand?place=410329', false]])
    // What a chart says when it is pointed at is markup of its own.
    await seen.tab.goto(`${base}/rollout/plans/${id}`)
    await settle(seen.tab)
    for (const chart of await seen.tab.locator('.chart svg, .chart canvas').all()) { await chart.scrollIntoViewIfNeeded(); await chart.hover({ force: true }).catch(() => {}); await seen.tab.waitForTimeout(100) }
    await harmless(`charts-${lang}`, seen)
  }
  const page = `/api/v1/plans/${id}/report.html`
  await user.tab.goto(base + page)
  await user.tab.waitForTimeout(1500)
  // The report stands alone in a sandbox: what this test keeps in every page is refused there.
  for (let i = user.complaints.length; i-- > 0;) if (/localStorage.*sandboxed/.test(user.complaints[i])) user.complaints.splice(i, 1)
  await harmless('report', user)
  await user.tab.screenshot({ path: join(out, 'report.png'), fullPage: true })
} catch (error) { check('the test ran to its end', false, error.stack?.slice(0, 800)) }
await browser.close()
close()
