// What the tests of the app share: Chromium, people who sign in, and what is kept of their complaints.
import { createHmac } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

export const pause = (tab, ms) => tab.waitForTimeout(ms)
/** A count of checks; a failed one is printed at once. */
export function counter() {
  const count = { passed: 0, failed: 0 }
  const check = (what, ok, detail = '') => { if (ok) count.passed++; else { count.failed++; console.log(`FAILED ${what}${detail ? `: ${detail}` : ''}`) } }
  const close = () => { console.log(`${count.passed} passed, ${count.failed} failed`); process.exitCode = count.failed ? 1 : 0 }
  return { check, close }
}
export function folder(name) {
  const out = join(dirname(fileURLToPath(import.meta.url)), 'out', name)
  mkdirSync(out, { recursive: true })
  return out
}
export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
/** The login and password of each role, from the file `serve --demo` leaves: login, password and role in columns. */
export function users(file) {
  const rows = readFileSync(file, 'utf8').split('\n').filter(line => line && !line.startsWith('#')).map(line => line.split('\t'))
  return Object.fromEntries(rows.map(([login, password, role]) => [role, { login, password }]))
}
/** Somebody at a desk or with a phone, signed in where a login is given; every complaint and failed request of theirs is kept. */
export async function somebody(browser, base, { login, password, lang = 'zh', phone = false, dark = false }) {
  const context = await browser.newContext({
    viewport: phone ? { width: 360, height: 740 } : { width: 1366, height: 800 }, deviceScaleFactor: phone ? 2 : 1, hasTouch: phone, isMobile: phone, colorScheme: dark ? 'dark' : 'light', locale: lang === 'zh' ? 'zh-CN' : 'en-GB', acceptDownloads: true,
  })
  const tab = await context.newPage()
  const complaints = []
  tab.on('console', message => { if (['error', 'warning'].includes(message.type()) && !/status of 401|GPU stall|WebGL/.test(message.text())) complaints.push(message.text().slice(0, 200)) })
  tab.on('pageerror', error => complaints.push(`page: ${error.message.slice(0, 200)}`))
  tab.on('response', response => { if (response.status() >= 400 && response.status() !== 401) complaints.push(`${response.status()} ${response.request().method()} ${response.url().replace(base, '').slice(0, 120)}`) })
  await tab.addInitScript(language => {
    localStorage.setItem('xiaxiang.language', language)
    addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))
  }, lang)
  if (login) {
    await tab.goto(`${base}/sign-in`)
    await tab.fill('input[name=username]', login)
    await tab.fill('input[name=password]', password)
    await tab.click('button[type=submit]')
    await tab.waitForURL(url => !url.pathname.startsWith('/sign-in'), { timeout: 15000 })
    // The account may speak another language than this test wants.
    await tab.waitForSelector('.me > button.plain')
    if (await tab.evaluate(() => document.documentElement.lang) !== (lang === 'zh' ? 'zh-CN' : 'en')) { await tab.click('.me > button.plain'); await pause(tab, 300) }
  }
  return { tab, complaints, context, close: () => context.close() }
}
/** Asks the API as whoever is signed in in the tab. `files`, by name, go as an upload. */
export const api = (tab, method, path, { body, files, fields } = {}) => tab.evaluate(async ({ method, path, body, files, fields }) => {
  const csrf = document.cookie.split('; ').find(one => one.startsWith('__Host-csrf='))?.slice('__Host-csrf='.length)
  const form = files && new FormData()
  if (form) for (const [name, text] of Object.entries(files)) form.append('files', new Blob([text]), name)
  if (form) for (const [name, value] of Object.entries(fields ?? {})) form.append(name, value)
  const headers = { 'X-CSRF-TOKEN': decodeURIComponent(csrf ?? ''), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...(method === 'POST' ? { 'Idempotency-Key': crypto.randomUUID() } : {}) }
  const response = await fetch(`/api/v1${path}`, { method, headers, body: form ?? (body === undefined ? undefined : JSON.stringify(body)) })
  const text = await response.text()
  return { status: response.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text }
}, { method, path, body, files, fields })
/** The code an authenticator shows for a secret in base 32 (RFC 6238: SHA-1, 30 s, six digits), some steps from now. */
export function totp(secret, steps = 0) {
  const bits = [...secret].map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
/** Waits until nothing loads any more and the map, where there is one, stands. */
export async function settle(tab) {
  await tab.waitForLoadState('networkidle', { timeout: 15000 }).catch(() => {})
  for (let i = 0; i < 40 && await tab.locator('.loading').count(); i++) await pause(tab, 100)
  if (await tab.locator('.gl-box').count()) for (let i = 0; i < 60 && !await tab.locator('.gl-box[data-idle]').count(); i++) await pause(tab, 100)
  await pause(tab, 250)
}
