// Builds the pages when their sources changed and lays them into target/classes; says nothing when nothing changed.
// Content hashes decide, not times: a fresh checkout of the same commit needs no second build.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const at = path => join(here, path)
const SOURCES = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'report.html', 'effect.html', 'index.html', 'src', 'tests/words.mjs']
const BUILT = ['report.html', 'report-licences.md', 'effect.html', 'effect-licences.md', 'app/index.html']

/** All files below a path, in an order that does not depend on the file system. */
function files(path) {
  if (!statSync(at(path)).isDirectory()) return [path]
  return readdirSync(at(path)).sort().flatMap(name => files(`${path}/${name}`))
}

function hash(paths) {
  const sum = createHash('sha256')
  for (const path of paths) sum.update(path).update('\0').update(readFileSync(at(path))).update('\0')
  return sum.digest('hex')
}

const stamp = path => (existsSync(at(path)) ? readFileSync(at(path), 'utf8').trim() : '')

function run(command, ...args) {
  const done = spawnSync(command, args, { cwd: here, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  if (done.status === 0) return
  process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error ? `${done.error.message}\n` : ''}`)
  console.error(`web: "${command} ${args.join(' ')}" failed. Node 20 or newer with npm is needed.`)
  process.exit(1)
}

const lock = hash(['package.json', 'package-lock.json'])
if (stamp('node_modules/.lock-hash') !== lock) {
  console.log('web: fetching the pages\' libraries (npm ci) ...')
  run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error')
  writeFileSync(at('node_modules/.lock-hash'), `${lock}\n`)
}

const sources = hash(SOURCES.flatMap(files))
if (stamp('dist/.source-hash') !== sources || BUILT.some(name => !existsSync(at(`dist/${name}`)))) {
  console.log('web: type check and build of the pages ...')
  run('npm', 'run', 'build')
  writeFileSync(at('dist/.source-hash'), `${sources}\n`)
}

mkdirSync(at('target/classes/xiaxiang'), { recursive: true })
for (const name of BUILT.filter(name => !name.startsWith('app/'))) {
  const to = `target/classes/xiaxiang/${name}`
  if (!existsSync(at(to)) || !readFileSync(at(to)).equals(readFileSync(at(`dist/${name}`)))) copyFileSync(at(`dist/${name}`), at(to))
}

// The app's files carry the hash of what they hold in their names, so a stale one would stay in the jar for ever: the folder is laid anew when any differs.
const named = folder => (existsSync(at(folder)) ? files(folder).map(path => path.slice(folder.length)).join() : '')
const laid = 'target/classes/xiaxiang/app'
if (named(laid) !== named('dist/app') || !readFileSync(at(`${laid}/index.html`)).equals(readFileSync(at('dist/app/index.html')))) {
  rmSync(at(laid), { recursive: true, force: true })
  cpSync(at('dist/app'), at(laid), { recursive: true })
}
