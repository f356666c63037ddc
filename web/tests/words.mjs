// Both dictionaries of the app and of the report: the same keys, the same values to fill in, no key used that has no words, and none kept that nothing uses.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const server = await createServer({ root, configFile: false, logLevel: 'error', server: { middlewareMode: true, ws: false, watch: null }, optimizeDeps: { noDiscovery: true } })
const problems = []

function leaves(words, path = '', into = new Map()) {
  for (const [key, value] of Object.entries(words)) typeof value === 'string' ? into.set(path + key, value) : leaves(value, `${path}${key}.`, into)
  return into
}
const slots = text => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join()
const sources = folder => readdirSync(folder).flatMap(name => { const path = join(folder, name); return statSync(path).isDirectory() ? sources(path) : /\.(vue|ts)$/.test(name) ? [path] : [] })

function same(what, zh, en) {
  for (const key of zh.keys()) if (!en.has(key)) problems.push(`${what}: ${key} has no English words`)
  for (const key of en.keys()) if (!zh.has(key)) problems.push(`${what}: ${key} has no Chinese words`)
  for (const [key, text] of zh) {
    if (!text.trim() || !en.get(key)?.trim()) problems.push(`${what}: ${key} is empty`)
    if (en.has(key) && slots(text) !== slots(en.get(key))) problems.push(`${what}: ${key} fills in ${slots(text) || 'nothing'} in Chinese and ${slots(en.get(key)) || 'nothing'} in English`)
  }
}

/** Keys written out, and the groups of keys whose last part is a value: a(`app.role.${role}`), word('role', role). */
function used(files, call) {
  const keys = new Map()
  const groups = new Set()
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    for (const match of text.matchAll(call)) keys.set(match[2], file)
    for (const match of text.matchAll(/`([\w.]+)\.\$\{/g)) groups.add(match[1].replace(/^app\./, ''))
    for (const match of text.matchAll(/\bword\('(\w+)'/g)) groups.add(match[1])
    for (const match of text.matchAll(/\bgroup="(\w+)"/g)) groups.add(match[1])
    for (const match of text.matchAll(/'([a-z]\w*(?:\.\w+)*)'/gi)) if (!keys.has(match[1])) keys.set(match[1], null)
  }
  return { keys, groups }
}

try {
  const load = async path => (await server.ssrLoadModule(path))
  const [{ zh }, { en }, { zhApp }, { enApp }] = await Promise.all(['/src/i18n/zh.ts', '/src/i18n/en.ts', '/src/app/i18n/zh.ts', '/src/app/i18n/en.ts'].map(load))
  const report = { zh: leaves(zh), en: leaves(en) }
  const app = { zh: leaves(zhApp), en: leaves(enApp) }
  same('report', report.zh, report.en)
  same('app', app.zh, app.en)
  const files = sources(join(root, 'src/app')).filter(path => !path.includes('/i18n/'))
  const { keys, groups } = used(files, /\b(a|some|say)\('([\w.]+)'/g)
  for (const [key, file] of keys) if (file && !app.zh.has(key)) problems.push(`app: ${key} is used in ${file.slice(root.length + 1)} and has no words`)
  const needed = key => keys.has(key) || [...groups].some(group => key.startsWith(`${group}.`))
  for (const key of app.zh.keys()) if (!needed(key)) problems.push(`app: nothing uses ${key}`)
  console.log(`words: ${report.zh.size} of the report, ${app.zh.size} of the app, in two languages`)
} finally {
  await server.close()
}
if (problems.length) {
  console.error(problems.join('\n'))
  process.exit(1)
}
