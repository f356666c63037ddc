// A server from nothing, as its first administrator meets it: the one-time link, the facts of a workspace imported, people invited who set their passwords, and one who comes by an identity provider.
// `node tests/app-setup.mjs LINK WORKSPACE USERS [--oidc]`; LINK is what the server printed. Writes into USERS who there is now, as `serve --demo` does; --oidc where the server knows an identity provider.
import { randomBytes } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { api, counter, folder, launch, pause, settle, somebody } from './app-browser.mjs'

const { values: asked, positionals: [link, workspace, users] } = parseArgs({ allowPositionals: true, options: { oidc: { type: 'boolean', default: false } } })
if (!users) { console.error('Usage: node tests/app-setup.mjs LINK WORKSPACE USERS [--oidc]'); process.exit(2) }
const password = randomBytes(12).toString('base64url')
const there = []
const base = new URL(link).origin
const out = folder('setup')
const { check, close } = counter()
const browser = await launch()
const person = await somebody(browser, base, {})
const { tab, complaints } = person
const shot = name => tab.screenshot({ path: join(out, `${name}.png`), fullPage: true })

async function first() {
  await tab.goto(link)
  await tab.waitForSelector('input[type=password]')
  check('the token stays behind the hash', !new URL(tab.url()).search.includes('token'), tab.url())
  for (const [i, value] of ['管理员', 'administrator', password, password].entries()) await tab.locator('input').nth(i).fill(value)
  await tab.click('button.main')
  await tab.waitForURL(url => url.pathname === '/', { timeout: 15000 })
  await settle(tab)
  there.push('administrator')
  check('an empty home says what to do next', await tab.locator('.steps li').count() > 0)
  await shot('home')
}
async function facts() {
  await tab.goto(`${base}/atlas/import`)
  await settle(tab)
  await tab.setInputFiles('input[type=file]', readdirSync(workspace).filter(name => name !== 'scenario.yaml').map(name => resolve(workspace, name)))
  await tab.click('form button.main')
  await tab.waitForSelector('[data-import-says]', { timeout: 120000 })
  await settle(tab)
  await shot('import')
  check('the workspace is ready to apply', await tab.locator('.tools button.main').count() === 1, await tab.locator('[data-import-says]').innerText())
  await tab.click('.tools button.main')
  await tab.locator('.state.good').first().waitFor({ timeout: 120000 })
}
async function invite(role, name) {
  await tab.goto(`${base}/admin/people`)
  await settle(tab)
  await tab.locator('.tools button.main').click()
  await tab.locator('dialog input[maxlength="100"]').first().fill(role)
  await tab.locator('dialog input[maxlength="200"]').first().fill(name)
  await tab.locator('dialog select').first().selectOption(role)
  await tab.locator('dialog .el-select').click()
  await tab.locator('dialog .el-select-dropdown__item:visible').first().click()
  await pause(tab, 300)
  await tab.locator('dialog button.main').click()
  await tab.waitForSelector('.banner.once input')
  const guest = await somebody(browser, base, {})
  await guest.tab.goto(await tab.locator('.banner.once input').inputValue())
  await guest.tab.waitForSelector('input[type=password]')
  for (const i of [0, 1]) await guest.tab.locator('input[type=password]').nth(i).fill(password)
  await guest.tab.locator('button.main').click()
  await guest.tab.waitForURL(/sign-in/, { timeout: 15000 })
  check(`${role} has a password`, guest.complaints.length === 0, guest.complaints.join(' | '))
  there.push(role)
  await guest.close()
}
/** Somebody who was invited at the address the provider vouches for, and somebody who was not. */
async function byProvider() {
  await api(tab, 'POST', '/people', { body: { login: 'zhou', name: '周分析', email: 'zhou@example.com', role: 'analyst', territory: { kind: 'place', code: '410329' } } })
  for (const name of ['zhou', 'stranger']) {
    const guest = await somebody(browser, base, {})
    await guest.tab.goto(`${base}/sign-in`)
    await guest.tab.locator('a.button.wide').click()
    await guest.tab.fill('input[name=login]', name)
    await guest.tab.fill('input[name=password]', 'x')
    await guest.tab.click('button[type=submit]')
    await guest.tab.locator('button[type=submit]', { hasText: 'Continue' }).click()
    await guest.tab.waitForURL(url => url.origin === base && !url.pathname.startsWith('/api'))
    await guest.tab.waitForLoadState('networkidle')
    if (name === 'zhou') check('who was invited comes in by the provider', (await guest.tab.locator('h1').innerText()).includes('周分析'), guest.tab.url())
    else check('who was not is told what to do', (await guest.tab.locator('.problem').innerText()).includes('没有对应的账号'), guest.tab.url())
    await guest.tab.screenshot({ path: join(out, `oidc-${name}.png`) })
    await guest.close()
  }
}
try {
  await first()
  await facts()
  await invite('planner', '李规划')
  await invite('founder', '张创')
  if (asked.oidc) await byProvider()
  writeFileSync(users, there.map(role => `${role}\t${password}\t${role}\n`).join(''))
  check('quiet', complaints.length === 0, complaints.join(' | '))
} catch (error) {
  check('the set-up ran to its end', false, error.stack?.slice(0, 600))
  await shot('failed')
}
await browser.close()
close()
