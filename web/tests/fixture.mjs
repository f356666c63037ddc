// A development-only server: answers the HTTP contract with made-up data, so that pages can be looked at without the program. Never shipped, never imported by src.
// `node tests/fixture.mjs [port]`; sign in with a role's name and any password (`planner`); `locked`, `wrong` and `totp` show those refusals. REPORT=plan/index.html takes a real plan.
import { createServer } from 'node:http'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GeoJSONVT } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import { boundaries, bounds, brands, byCode, pathOf, places, report, RIGHTS, shops, terms, text, under } from './fixture-facts.mjs'

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist/app')
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml' }
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const now = () => new Date().toISOString()
const answer = report.answer
const net = { netUnits: answer.netUnits.value, netLow: answer.netUnits.low, netHigh: answer.netUnits.high, shareBefore: answer.shareBefore, shareAfter: answer.shareAfter.value, costFen: answer.costFen, gap: answer.gap, certifiedGap: answer.gap }
const none = Object.fromEntries(Object.keys(net).map(key => [key, null]))
const scenario = (id, name, nameEn) => ({ id, name, nameEn, place: places[0].code, placeName: places[0].name, brand: report.brand, publicShares: { place: 'CN', table: 'Counterpoint', period: '2017Q1' }, budgetFen: 80000000, runningCapFen: 60000000, waves: ['2017Q2', '2017Q3', '2017Q4', '2018Q1'].map(label => ({ label, budgetFen: 20000000 })), synthesizeSeed: 7, draws: 50, require: [], forbid: [], coefficients: {}, version: 1 })
const plan = (id, of, name, nameEn, state, figures) => ({ id, scenario: of, name, nameEn, place: places[0].code, state, ...figures, by: '李规划', at: now(), job: null })
const db = {
  scenarios: [scenario(1, '伊川县春季方案', 'Yichuan, spring')], jobs: new Map(), imports: [], fits: [{ id: 1, place: places[0].code, placeName: places[0].name, at: now(), by: '王分析' }], inUse: null, tokens: [], merges: new Map(), changes: [],
  plans: [plan(1, 1, '伊川县春季方案', 'Yichuan, spring', 'draft', net), plan(2, 1, '伊川县春季方案', 'Yichuan, spring', 'approved', { ...net, netUnits: net.netUnits * 0.94, costFen: net.costFen * 0.9 }), plan(3, 1, '伊川县小预算', 'Yichuan, small budget', 'infeasible', none)],
  people: Object.keys(RIGHTS).map((role, i) => ({ id: i + 1, login: role, name: ['张创', '李规划', '赵县管', '钱外勤', '孙经销', '周店主', '王分析', '吴财务', '郑管理'][i], role, territory: { kind: 'place', code: places[0].code, name: places[0].name, nameEn: places[0].nameEn }, disabled: false, invited: i === 4 })),
}
let last = 100
class Refused extends Error { constructor(status, type, title, detail = '', nextStep = '', problems) { super(title); Object.assign(this, { status, type: `https://xiaxiang.example/problems/${type}`, title, detail, nextStep, problems }) } }
const gone = () => new Refused(404, 'not-found', '找不到 Not found', '', '请检查链接。')
const paged = (rows, query) => { const from = Number(query.get('cursor') || 0); const limit = Number(query.get('limit') || 50); return { items: rows.slice(from, from + limit), next: from + limit < rows.length ? String(from + limit) : null } }
const person = who => { const one = db.people.find(p => p.login === who); return { person: { ...one, rights: RIGHTS[one.role].split(' '), language: null, totp: Boolean(one.totp) }, version: '0.1.0' } }
const find = (list, id) => list.find(one => String(one.id) === id) ?? (() => { throw gone() })()
const told = (who, table, row, op, changes) => db.changes.unshift({ at: now(), personName: db.people.find(p => p.login === who)?.name ?? null, origin: 'ip 127.0.0.1', table, row, op, changes })

/** A job that takes a few seconds, step by step; `step` changes it, `end` gives its result. */
function start(kind, steps, step, end) {
  const job = { id: ++last, kind, state: 'running', stage: null, done: 0, total: steps, lower: null, upper: null, message: null, result: null, by: '李规划', createdAt: now(), startedAt: now(), endedAt: null }
  db.jobs.set(job.id, job)
  const timer = setInterval(() => {
    if (job.state === 'running') { job.done++; step(job) }
    if (job.done >= steps || job.state === 'cancelled') { clearInterval(timer); job.state = 'done'; job.endedAt = now(); job.result = end(job) }
  }, 350)
  timer.unref()
  return job.id
}
function startPlan(of) {
  const made = { ...plan(++last, of.id, of.name, of.nameEn, 'planning', none) }
  db.plans.unshift(made)
  const top = net.netUnits
  made.job = start('plan', 16, job => { job.stage = job.done < 3 ? 'snapshot' : job.done < 12 ? 'solve' : 'draws'; if (job.done >= 3) { job.lower = top * (1 - 0.3 / (job.done - 2) ** 2); job.upper = top * (1 + 0.5 / (job.done - 2) ** 2) } }, () => { Object.assign(made, net, { state: 'draft' }); return { plan: made.id } })
  return { plan: made.id, job: made.job }
}

const problems = ['shops.csv 3 lon 212.5 经度超出 [-180,180]', 'shops.csv 7 owner 别家 归属应为 own、partner、rival', 'shops.csv 9 division 410329999 没有这个区划代码'].map(line => { const [file, row, column, value, ...rule] = line.split(' '); return { file, row: Number(row), column, value, rule: 'range', message: rule.join(' '), nextStep: '改好后重新上传。' } })
function importOf(names) {
  const bad = names.some(name => /bad/.test(name))
  const made = { id: ++last, state: 'judging', files: names.map(name => ({ name, bytes: 48211, sha256: 'a3'.repeat(32) })), counts: {}, problems: [], problemCount: 0, changes: [], by: '李规划', at: now() }
  db.imports.unshift(made)
  made.job = start('import', 6, job => { job.stage = 'judge' }, () => { Object.assign(made, bad ? { state: 'refused', problems, problemCount: 3 } : { state: 'ready', counts: { shops: { new: 12, changed: 2, same: 186 } }, changes: [{ table: 'shops', key: 's1', column: 'promoters', old: 0, new: 1 }, { table: 'shops', key: 's2', column: 'name', old: '老王手机店', new: '老王手机专卖' }] }); return { import: made.id } })
  return { id: made.id, job: made.job }
}
function apply(id) {
  const one = find(db.imports, id)
  one.state = 'applying'
  one.job = start('apply', 4, job => { job.stage = 'apply' }, () => { one.state = 'applied'; return {} })
  return { job: one.job }
}

const shopsUnder = query => shops.filter(one => !one.closed && under(one.division, query.get('place')) && ['owner', 'kind'].every(key => !query.get(key) || one[key] === query.get(key)) && (!query.get('brand') || one.brands.includes(query.get('brand'))) && (!query.get('q') || `${one.name}${one.nameEn}${one.id}`.toLowerCase().includes(query.get('q').toLowerCase())))
function edit(kind, one, body, who, request) {
  if (request.headers['if-match'] && request.headers['if-match'] !== `"${one.version}"`) throw new Refused(412, 'stale', '刚被别人改过 Changed by somebody else', '', '')
  const changes = Object.fromEntries(Object.entries(body).filter(([key, value]) => JSON.stringify(one[key]) !== JSON.stringify(value)).map(([key, value]) => [key, [one[key] ?? null, value]]))
  Object.assign(one, body, { version: (one.version ?? 1) + 1 })
  told(who, kind, one.code ?? String(one.id), 'update', changes)
  return one
}
const siteList = report.sites.slice(0, 9)
const ROUTES = [
  ['GET /setup', () => ({ needed: false, oidc: { name: '企业账号', url: '/api/v1/session/oidc' } })], ['POST /setup', () => ({})], ['POST /invitations/accept', () => ({})], ['GET /session', ({ who }) => person(who)], ['PUT /session/password', ({ body }) => { if (body.current === 'wrong') throw new Refused(401, 'wrong-credentials', '当前密码不对 Wrong password', '', '再试一次。') }], ['PUT /session/language', () => undefined],
  ['POST /session/totp', () => ({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x', qrSvg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path fill="#fff" d="M0 0h4v4H0z"/><path d="M0 0h1v1H0zM2 1h1v1H2zM1 3h2v1H1z"/></svg>' })], ['PUT /session/totp', () => undefined], ['DELETE /session/totp', () => undefined],
  ['GET /home', () => ({ changed: [{ at: now(), kind: 'import_applied', args: { name: '12', format: 'WORKSPACE' } }, { at: new Date(Date.now() - 9e6).toISOString(), kind: 'plan', args: { name: '伊川县春季方案', by: '李规划' } }], waiting: [{ kind: 'approve', id: 1, name: '伊川县春季方案' }, { kind: 'duplicates', id: 'duplicates', name: '' }], counts: { places: places.length, shops: shops.length, plans: db.plans.length } })],
  ['GET /places', ({ query }) => paged(query.get('q') ? places.filter(one => `${one.name}${one.nameEn}${one.code}`.toLowerCase().includes(query.get('q').toLowerCase())) : places.filter(one => one.parent === (query.get('parent') || '')), query)],
  ['GET /places/:id', ({ id }) => { const one = byCode.get(id); if (!one) throw gone(); return { ...one, path: pathOf(id), bounds: one.parent ? null : bounds, validFrom: null, validTo: null, successors: [] } }], ['PATCH /places/:id', ({ id, body, who, request }) => edit('place', byCode.get(id), body, who, request)],
  ['GET /places/:id/history', ({ id }) => ({ items: db.changes.filter(one => one.row === id), next: null })],
  ['GET /shops', ({ query }) => paged(shopsUnder(query), query)], ['POST /shops', ({ body, who }) => { const one = { unitsMonth: null, dealerMarginFen: null, closingFen: null, distributor: null, closed: false, version: 1, ...body, id: `n${++last}`, divisionName: byCode.get(body.division)?.name ?? '' }; shops.push(one); told(who, 'shop', one.id, 'insert', { name: [null, one.name] }); return one }],
  ['GET /shops/duplicates', ({ query }) => paged(shops.length > 5 ? [[0, 7], [2, 9], [4, 11]].filter(([x, y]) => !shops[x].closed && !shops[y].closed).map(([x, y]) => ({ a: shops[x].id, b: shops[y].id, meters: 18 + x, nameSimilarity: 0.86, reason: 'near_and_name' })) : [], query)],
  ['GET /shops/:id', ({ id }) => find(shops, id)], ['PATCH /shops/:id', ({ id, body, who, request }) => edit('shop', find(shops, id), body, who, request)], ['DELETE /shops/:id', ({ id, who }) => { find(shops, id).closed = true; told(who, 'shop', id, 'close', {}) }], ['POST /shops/:id/restore', ({ id }) => { find(shops, id).closed = false; return find(shops, id) }], ['GET /shops/:id/history', ({ id }) => ({ items: db.changes.filter(one => one.row === id), next: null })],
  ['POST /shops/:id/merge', ({ id }) => { find(shops, id).closed = true; db.merges.set(++last, id); return { merge: last } }], ['POST /merges/:id/undo', ({ id }) => { find(shops, db.merges.get(Number(id))).closed = false; return {} }],
  ['GET /sites', () => ({ items: [], next: null })], ['POST /sites', ({ body }) => ({ ...body, id: `site-${++last}`, kind: 'sketch' })], ['GET /brands', () => brands], ['GET /models', () => []],
  ['GET /sources', () => report.provenance.flatMap(one => one.sources.map(source => ({ source, kind: one.observed ? 'observed' : one.modelled ? 'modelled' : 'synthetic', table: 'divisions', rows: one.rows, licence: null })))],
  ['GET /imports', ({ query }) => paged(db.imports, query)], ['GET /imports/:id', ({ id }) => find(db.imports, id)], ['POST /imports/:id/apply', ({ id }) => apply(id)],
  ['GET /jobs', ({ query }) => paged([...db.jobs.values()].reverse(), query)], ['GET /jobs/:id', ({ id }) => db.jobs.get(Number(id)) ?? (() => { throw gone() })()], ['DELETE /jobs/:id', ({ id }) => { db.jobs.get(Number(id)).state = 'cancelled' }],
  ['GET /coefficients', () => ({ fit: db.inUse, terms })], ['GET /fits', ({ query }) => paged(db.fits, query)], ['POST /fits', ({ body }) => ({ job: start('fit', 8, job => { job.stage = 'fit' }, () => { db.fits.unshift({ id: ++last, place: body.place, placeName: byCode.get(body.place)?.name, at: now(), by: '王分析' }); return { fit: last } }) })],
  ['GET /fits/:id', ({ id }) => ({ ...find(db.fits, id), terms: terms.map((one, i) => ({ ...one, fitted: i % 3 !== 0 })), diagnostics: { converged: true, gradientNorm: 2.1e-7, answers: 1200, answersBeyondReach: 4, totals: 96, dispersion: 1.8, logLikelihoodOfAnswers: -2204.7 }, holdOut: { answers: 240, fitted: { logLikelihoodAnAnswer: -1.71, shareErrorByTier: { county_town: 0.012, township: 0.021 } }, believed: { logLikelihoodAnAnswer: -1.88, shareErrorByTier: { county_town: 0.031, township: 0.044 } }, huff: { logLikelihoodAnAnswer: -2.04, shareErrorByTier: { county_town: 0.05, township: 0.07 } } }, notices: ['访谈多为合成的示例，系数按合成标注。'] })], ['POST /fits/:id/use', ({ id }) => { db.inUse = Number(id); return {} }],
  ['GET /scenarios', ({ query }) => paged(db.scenarios, query)], ['POST /scenarios', ({ body }) => { const one = { ...body, id: ++last, placeName: byCode.get(body.place)?.name, version: 1 }; db.scenarios.unshift(one); return one }], ['GET /scenarios/:id', ({ id }) => find(db.scenarios, id)], ['PATCH /scenarios/:id', ({ id, body, who, request }) => edit('scenario', find(db.scenarios, id), body, who, request)],
  ['DELETE /scenarios/:id', ({ id }) => { db.scenarios = db.scenarios.filter(one => String(one.id) !== id) }], ['POST /scenarios/:id/copy', ({ id }) => { const one = { ...find(db.scenarios, id), id: ++last }; db.scenarios.unshift(one); return one }], ['POST /scenarios/:id/plans', ({ id }) => startPlan(find(db.scenarios, id))],
  ['GET /plans', ({ query }) => paged(db.plans.filter(one => !query.get('scenario') || String(one.scenario) === query.get('scenario')), query)], ['GET /plans/compare', ({ query }) => ({ a: find(db.plans, query.get('a')), b: find(db.plans, query.get('b')), onlyA: siteList.slice(0, 3), onlyB: siteList.slice(3, 5), both: siteList.slice(5).map(site => ({ site, netA: site.netUnits, netB: site.netUnits * 0.97 })), answers: {} })],
  ['GET /plans/:id', ({ id }) => ({ ...find(db.plans, id), summary: {}, made: report.made, ...(find(db.plans, id).state === 'approved' ? { approvedBy: '张创', approvedAt: now(), approvedNote: '先做县城' } : {}) })], ['GET /plans/:id/report', ({ id }) => { find(db.plans, id); return report }], ['POST /plans/:id/verify', () => ({ proven: true, gap: answer.gap })], ['POST /plans/:id/approve', ({ id }) => { find(db.plans, id).state = 'approved'; return {} }],
  ['GET /share', () => ({ plan: 1, cells: report.share, ranks: report.ranks, actual: [] })],
  ['GET /people', ({ query }) => paged(db.people, query)], ['GET /people/:id', ({ id }) => find(db.people, id)], ['POST /people', ({ body }) => { const one = { ...body, id: ++last, disabled: false, invited: true, territory: { ...body.territory, name: byCode.get(body.territory.code)?.name ?? body.territory.code } }; db.people.push(one); return { person: one, invitation: `http://127.0.0.1/#/invitation?token=example-${one.id}` } }], ['PATCH /people/:id', ({ id, body, who, request }) => edit('person', find(db.people, id), body, who, request)], ['POST /people/:id/invitation', ({ id }) => ({ invitation: `http://127.0.0.1/#/invitation?token=again-${id}` })],
  ['GET /roles', () => Object.entries(RIGHTS).map(([role, rights]) => ({ role, rights: rights.split(' ') }))], ['GET /tokens', () => db.tokens], ['POST /tokens', ({ body }) => { const one = { id: ++last, ...body, expiresAt: new Date(Date.now() + body.days * 864e5).toISOString() }; db.tokens.push(one); return { ...one, token: 'xx_example_token' } }], ['DELETE /tokens/:id', ({ id }) => { db.tokens = db.tokens.filter(one => String(one.id) !== id) }], ['GET /distributors', () => [{ id: 'd1', name: '伊川县包', place: places[0].code }]], ['POST /distributors', ({ body }) => body],
  ['GET /audit', ({ query }) => paged(db.changes, query)],
].map(([key, work]) => { const [method, path] = key.split(' '); return { method, parts: path.split('/').slice(1), work } })
const NEEDS = [[/^\/people|^\/roles|^\/distributors/, 'read_people'], [/^\/audit/, 'read_audit'], [/^\/plans|^\/scenarios/, 'read_plans'], [/^\/imports/, 'import'], [/^\/fits|^\/coefficients/, 'read_demand'], [/^\/share$/, 'read_share'], [/^\/sources/, 'read_sources']]

function route(method, path) {
  const parts = path.split('/').slice(1).map(decodeURIComponent)
  for (const one of ROUTES) if (one.method === method && one.parts.length === parts.length && one.parts.every((part, i) => part.startsWith(':') || part === parts[i])) return { work: one.work, id: parts[one.parts.indexOf(':id')] }
  return null
}
const point = (one, properties) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [one.lon, one.lat] }, properties })
const layers = {
  places: { type: 'FeatureCollection', features: places.filter(one => one.lon !== null && one.level !== 'county').map(one => point(one, { code: one.code, name: one.name, name_en: one.nameEn, level: one.level, persons: one.persons, shops: one.shops, kind: one.pointKind ?? one.kind })) },
  shops: { type: 'FeatureCollection', features: shops.map(one => point(one, { id: one.id, name: one.name, owner: one.owner, format: one.format, brand: one.brands[0], kind: one.kind, division: one.division })) },
  boundaries,
}
const tiles = Object.fromEntries(Object.entries(layers).map(([name, data]) => [name, new GeoJSONVT(data, { maxZoom: 14 })]))

async function bodyOf(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}
function send(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json', 'cache-control': 'no-store', ...headers })
  response.end(body === undefined ? '' : JSON.stringify(body))
}
function signIn(body, response) {
  if (body.login === 'locked') throw new Refused(429, 'locked', '尝试太多，账户已暂时锁定 Locked after too many tries', '', '15 分钟后再试，或请管理员解锁。')
  if ((!RIGHTS[body.login] && body.login !== 'totp') || body.password.startsWith('not')) throw new Refused(401, 'wrong-credentials', '用户名或密码不对 Wrong user name or password', '', '检查后再试一次。')
  if (body.login === 'totp' && !body.code) throw new Refused(401, 'code-needed', '需要动态验证码 A code is needed', '', '')
  const who = body.login === 'totp' ? 'planner' : body.login
  send(response, 200, person(who), { 'set-cookie': [`__Host-session=${who}; Path=/; HttpOnly; Secure; SameSite=Strict`, '__Host-csrf=fixture; Path=/; Secure; SameSite=Strict'] })
}
function events(job, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const timer = setInterval(() => {
    const over = ['done', 'failed'].includes(job.state)
    response.write(`event: ${over ? 'end' : 'progress'}\ndata: ${JSON.stringify(job)}\n\n`)
    if (over) { clearInterval(timer); response.end() }
  }, 300)
  response.on('close', () => clearInterval(timer))
}
async function api(request, response, path, query) {
  const who = /__Host-session=(\w+)/.exec(request.headers.cookie ?? '')?.[1]
  if (path === '/session' && request.method === 'DELETE') { send(response, 204, undefined, { 'set-cookie': '__Host-session=; Path=/; Secure; Max-Age=0' }); return }
  const raw = await bodyOf(request)
  const body = request.headers['content-type']?.includes('json') && raw.length ? JSON.parse(raw) : {}
  if (path === '/session' && request.method === 'POST') { signIn(body, response); return }
  if (!who && !/^\/(setup|invitations)/.test(path)) throw new Refused(401, 'signed-out', '请先登录 Please sign in', '', '')
  const need = NEEDS.find(([pattern]) => pattern.test(path))?.[1]
  if (need && !RIGHTS[who].split(' ').includes(need)) throw new Refused(403, 'refused', '没有权限 Not allowed', '您的角色没有这项权限。', '请联系管理员。')
  const tile = /^\/tiles\/(\w+)\/(\d+)\/(\d+)\/(\d+)\.mvt$/.exec(path)
  if (tile) { const got = tiles[tile[1]].getTile(+tile[2], +tile[3], +tile[4]); response.writeHead(200, { 'content-type': 'application/vnd.mapbox-vector-tile' }); response.end(got ? Buffer.from(fromGeojsonVt({ [tile[1]]: got }, { version: 2 })) : ''); return }
  if (path === '/exports/market.csv') { response.writeHead(200, { 'content-type': 'text/csv' }); response.end(text('market.csv')); return }
  if (path === '/imports' && request.method === 'POST') { send(response, 202, importOf([...raw.toString('latin1').matchAll(/filename="([^"]+)"/g)].map(one => one[1]))); return }
  const stream = /^\/jobs\/(\d+)\/events$/.exec(path)
  if (stream && db.jobs.has(Number(stream[1]))) { events(db.jobs.get(Number(stream[1])), response); return }
  const found = route(request.method, path)
  if (!found) throw gone()
  const result = found.work({ ...found, query, body, who, request })
  send(response, result === undefined ? 204 : 200, result, result?.version ? { etag: `"${result.version}"` } : {})
}
const server = createServer((request, response) => {
  const address = new URL(request.url, 'http://x')
  if (address.pathname.startsWith('/api/v1/')) {
    api(request, response, address.pathname.slice(7), address.searchParams).catch(error => {
      if (error instanceof Refused) send(response, error.status, { type: error.type, title: error.title, status: error.status, detail: error.detail, nextStep: error.nextStep, problems: error.problems })
      else { console.error(error); send(response, 500, { title: String(error) }) }
    })
    return
  }
  let file = join(dist, address.pathname)
  if (!file.startsWith(dist) || !existsSync(file) || statSync(file).isDirectory()) file = join(dist, 'index.html')
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': CSP, 'x-content-type-options': 'nosniff' })
  createReadStream(file).pipe(response)
})
server.listen(Number(process.argv[2] ?? 4173), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
