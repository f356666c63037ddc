// Plausible whole reports, made up from a seed, to develop and test the page with: a county of 15 townships, a province of 2,600,
// and a plan that found nothing. `node tests/sample.mjs` writes tests/out/{county,province,empty}.html from the built page.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const PLACEHOLDER = '@@REPORT_DATA@@'

/** mulberry32: a small generator with a seed, so that a failure can be made again. */
export function generator(seed) {
  let a = seed
  const next = () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return { next, between: (low, high) => low + (high - low) * next(), whole: (low, high) => Math.floor(low + (high - low + 1) * next()), normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()) }
}

const BRANDS = [
  ['own', '本品牌', 'Own brand', '#d55e00'], ['oppo', 'OPPO', 'OPPO', '#009e73'], ['vivo', 'vivo', 'vivo', '#56b4e9'], ['huawei', '华为', 'Huawei', '#aa3377'],
  ['apple', '苹果', 'Apple', '#8d99a6'], ['samsung', '三星', 'Samsung', '#2f4b8f'], ['rest', '其他', 'Others', '#c9c6bd'],
].map(([id, zh, en, colour]) => ({ id, name: { zh, en }, colour, rest: id === 'rest' }))
const TOWNS = [
  ['城关街道', 'Chengguan', 112.435, 34.4165], ['河滨街道', 'Hebin', 112.433, 34.402], ['鸣皋镇', 'Minggao', 112.288, 34.315], ['水寨镇', 'Shuizhai', 112.477, 34.416], ['彭婆镇', 'Pengpo', 112.487, 34.49],
  ['白沙镇', 'Baisha', 112.56, 34.405], ['江左镇', 'Jiangzuo', 112.683, 34.41], ['高山镇', 'Gaoshan', 112.292, 34.425], ['吕店镇', 'Lüdian', 112.626, 34.437], ['半坡镇', 'Banpo', 112.705, 34.37],
  ['酒后镇', 'Jiuhou', 112.35, 34.285], ['白元镇', 'Baiyuan', 112.47, 34.345], ['鸦岭镇', 'Yaling', 112.378, 34.472], ['葛寨镇', 'Gezhai', 112.366, 34.314], ['平等乡', 'Pingdeng', 112.363, 34.377],
]
const SURNAMES = [['老王', 'Wang'], ['李记', 'Li'], ['张氏', 'Zhang'], ['小陈', 'Chen'], ['刘家', 'Liu'], ['赵记', 'Zhao'], ['孙氏', 'Sun'], ['周记', 'Zhou']]
const FORMATS = ['authorised_shop', 'owner_run', 'shop_in_shop', 'brand_shop', 'carrier']

function outline(rng) {
  const ring = []
  for (let i = 0; i < 48; i++) {
    const angle = -(i / 48) * 2 * Math.PI
    const far = 1 + 0.09 * Math.sin(3 * angle + 1) + rng.between(-0.05, 0.05)
    ring.push([112.48 + 0.31 * far * Math.cos(angle), 34.39 + 0.155 * far * Math.sin(angle)])
  }
  ring.push(ring[0])
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }] }
}

function towns(rng, count) {
  if (count === 15) return TOWNS.map(([zh, en, lon, lat], i) => town(rng, `4103290${String(i + 1).padStart(2, '0')}`, { zh, en }, lon, lat, i < 2 ? 'county_town' : 'township', [1, 5, 10, 11].includes(i) ? 'sketch' : 'observed'))
  return Array.from({ length: count }, (_, i) => {
    const middle = i % 17
    const lon = 113.5 + 2.4 * Math.cos(middle * 2.4) * Math.sqrt(middle / 17) + 0.55 * rng.normal()
    const lat = 33.9 + 1.7 * Math.sin(middle * 2.4) * Math.sqrt(middle / 17) + 0.4 * rng.normal()
    const [zh, en] = TOWNS[i % 15]
    return town(rng, `41${String(i).padStart(7, '0')}`, { zh: `${zh.slice(0, 2)}${'东西南北'[i % 4]}镇`, en: `${en} ${i}` }, lon, lat, i % 30 === 0 ? 'city' : i % 9 === 0 ? 'county_town' : 'township', i % 3 ? 'modelled' : 'observed')
  })
}
function town(rng, code, name, lon, lat, tier, pointKind) {
  const persons = rng.whole(25000, 76000)
  return { code, name, tier, lon, lat, pointKind, persons, personsKind: 'modelled', villages: rng.whole(11, 41), demandUnits: persons * 0.31, shops: 0, chosen: 0, shareBefore: rng.between(0.05, 0.11), shareAfter: 0 }
}

function site(rng, i, at, waves, draws) {
  const net = 330 * Math.exp(-i / 18) + rng.between(40, 90)
  const units = net * rng.between(1.08, 1.35)
  const lost = units - net
  const [zh, en] = SURNAMES[i % 8]
  const parts = { oppo: 0.34, vivo: 0.3, huawei: 0.14, rest: 0.22 }
  const action = i % 9 === 7 ? 'upgrade' : i % 11 === 10 ? 'keep' : i === 16 ? 'close' : i % 3 === 0 ? 'open' : 'sign'
  return {
    id: `s${String(i + 1).padStart(4, '0')}`, name: { zh: `${at.name.zh.slice(0, 2)}${zh}手机店`, en: `${en}’s phones, ${at.name.en}` }, town: at.code, lon: at.lon + 0.012 * rng.normal(), lat: at.lat + 0.009 * rng.normal(), kind: i % 12 === 5 ? 'observed' : 'synthetic',
    action, wave: action === 'keep' ? 0 : 1 + Math.min(waves - 1, Math.floor(i / 7)), format: FORMATS[i % 5], units, netUnits: net,
    fromBrands: Object.entries(parts).map(([brand, part]) => ({ brand, units: net * part })),
    fromChannels: [{ channel: 'township', units: net * 0.62 }, { channel: 'county_town', units: net * 0.18 }, { channel: 'online', units: net * 0.09 + lost * 0.6 }, { channel: 'nothing', units: net * 0.11 }],
    cannibalisedOnline: lost * 0.6, cannibalisedShops: lost * 0.4, costFen: rng.whole(60, 180) * 100000, runningFen: rng.whole(20, 60) * 100000, dealerMarginFenMonth: Math.round(units / 12 * 9000),
    paybackMonths: i % 13 === 12 ? null : rng.between(6, 26), breakEvenUnits: rng.between(90, 150), stays: Math.max(3, Math.min(draws, draws - Math.floor(i * rng.between(0.2, 1.6)))),
  }
}

function ranks() {
  const quarter = (period, sharePct, half, rankLow, rankHigh, topFive, hidden = false) => ({ period, present: true, sharePct, lowPct: sharePct === null ? 0 : sharePct - half, highPct: sharePct === null ? half : sharePct + half, rankLow, rankHigh, topFive, hidden, listsTop: hidden ? 5 : null, source: 'https://example.org/market/press-release' })
  const absent = period => ({ period, present: false, sharePct: null, lowPct: null, highPct: null, rankLow: null, rankHigh: null, topFive: null, hidden: false, listsTop: null, source: '' })
  return [
    { place: { zh: '中国', en: 'China' }, table: 'Firm A', measure: { zh: '出货', en: 'shipments' }, quarters: [quarter('2016Q1', 14.1, 0.05, 3, 3, 1), quarter('2016Q2', 9.5, 0.05, 4, 4, 1), absent('2016Q3'), quarter('2016Q4', 7.4, 0.05, 5, 5, 1), quarter('2017Q1', 9.0, 0.4, 4, 5, 0.96), quarter('2017Q3', 12.4, 0.05, 4, 4, 1)] },
    { place: { zh: '世界', en: 'World' }, table: 'Firm B', measure: { zh: '出货', en: 'shipments' }, quarters: [quarter('2016Q1', null, 4.3, 6, null, 0, true), quarter('2016Q2', null, 4.7, 6, 9, 0.02, true), absent('2016Q4'), quarter('2017Q2', 6.2, 0.05, 5, 5, 1), quarter('2017Q3', 7.4, 0.05, 5, 5, 1)] },
  ]
}

function shares(rng) {
  const cells = []
  for (const tier of ['county_town', 'township']) for (const channel of ['online', 'county_town', 'township']) {
    const base = channel === 'online' ? [0.27, 0.06, 0.06, 0.2, 0.14, 0.05, 0.22] : [0.05, 0.27, 0.25, 0.13, 0.05, 0.06, 0.19]
    const gain = channel === 'online' ? -0.01 : rng.between(0.03, 0.08)
    BRANDS.forEach((brand, b) => cells.push({ tier, channel, brand: brand.id, before: base[b], after: b === 0 ? base[0] + gain : base[b] * (1 - gain / (1 - base[0])) }))
  }
  return cells
}

const HEARD = [
  ['owner', '卖一台OPPO我挣一百多，卖你们的挣三十，你说我推哪个？', 'An OPPO earns me over a hundred, one of yours thirty. Which would you recommend?', '每台毛利不低于八十元', 'a margin of at least ¥80 a unit', 'oppo', 12000, null, 22],
  ['shopper', '网上便宜是便宜，坏了找谁？还是在熟人店里买放心。', 'Online is cheaper, but who helps when it breaks? I buy from someone I know.', '镇上能修、能退换', 'repair and returns in town', 'vivo', null, 159900, null],
  ['promoter', '来的多是给老人换机，电池要大、声音要响。', 'Most come to replace a parent’s phone: big battery, loud sound.', '大电池、大音量的千元机', 'a ¥1,000 phone, big battery, loud', 'vivo', 9000, 99900, 30],
  ['official', '逢集那几天人最多，门头要能看得见。', 'Market days bring the crowd; the sign must be seen.', '集市街上的门头', 'a sign on the market street', 'huawei', null, null, null],
  ['owner', '压货我受不了，卖不动要能退。', 'I cannot carry stock that does not move; let me return it.', '滞销能退', 'returns of slow stock', 'oppo', 15000, null, 18],
]

function report(seed, size) {
  const rng = generator(seed)
  const draws = 50
  const all = towns(rng, size.towns)
  const points = { lon: [], lat: [], units: [], kind: 'modelled' }
  if (size.pointsDrawn) for (let i = 0; i < size.points; i++) { const at = all[i % all.length]; points.lon.push(at.lon + 0.024 * rng.normal()); points.lat.push(at.lat + 0.016 * rng.normal()); points.units.push(rng.between(40, 900)) }
  const shops = { lon: [], lat: [], brand: [], owner: [], town: [], kind: [] }
  for (let i = 0; i < size.shops; i++) {
    const at = all[i % 3 ? i % all.length : i % Math.min(2, all.length)]
    const brand = i % 23 === 0 ? 0 : [1, 2, 1, 2, 3, 6, 5, 1, 2, 4][i % 10]
    shops.lon.push(at.lon + 0.013 * rng.normal()); shops.lat.push(at.lat + 0.009 * rng.normal()); shops.brand.push(brand); shops.owner.push(brand === 0 ? 0 : 2); shops.town.push(at.code); shops.kind.push(2)
    at.shops++
  }
  const sites = Array.from({ length: size.sites }, (_, i) => site(rng, size.sites > 100 ? i % 60 + i / 1000 | 0 : i, all[(i * 7) % all.length], 4, draws)).map((s, i) => ({ ...s, id: `s${String(i + 1).padStart(4, '0')}` }))
  for (const s of sites) all.find(t => t.code === s.town).chosen++
  for (const t of all) t.shareAfter = t.shareBefore + 0.03 * t.chosen + 0.002
  const sum = (of, rows = sites) => rows.reduce((total, one) => total + of(one), 0)
  const net = sum(s => s.netUnits)
  const cost = sum(s => s.costFen)
  const budget = Math.max(cost * 1.02, 3e8)
  const values = Array.from({ length: sites.length ? draws : 0 }, () => net * (1 + 0.07 * rng.normal())).sort((a, b) => a - b)
  const waves = sites.length ? [1, 2, 3, 4].map(wave => { const own = sites.filter(s => s.wave === wave); return { wave, label: { zh: `2018年第${wave}季度`, en: `2018Q${wave}` }, sites: own.length, costFen: sum(s => s.costFen, own), availableFen: Math.max(budget / 4, sum(s => s.costFen, own)), netUnits: sum(s => s.netUnits, own) } }) : []
  const schedule = Array.from({ length: sites.length ? 12 : 0 }, (_, q) => ({ quarter: q + 1, label: `${2018 + Math.floor(q / 4)}Q${q % 4 + 1}`, units: sum(s => s.netUnits, sites.filter(s => s.wave <= q + 1)) / 4 }))
  const hash = text => createHash('sha256').update(text).digest('hex')
  return {
    schema: 'xiaxiang.report.1', place: size.place, brand: 'own', brands: BRANDS, period: '2017Q3', currency: 'CNY', measure: { zh: '出货', en: 'shipments' },
    answer: {
      status: 'feasible', netUnits: { value: net, low: values[2] ?? null, high: values[47] ?? null, level: 0.9 }, shareBefore: 0.08, shareAfter: { value: 0.08 + (sites.length ? 0.0492 : 0), low: sites.length ? 0.119 : null, high: sites.length ? 0.138 : null, level: 0.9 },
      costFen: cost, budgetFen: budget, runningFen: sum(s => s.runningFen), runningCapFen: sum(s => s.runningFen) * 1.1 + 1e7, lower: net, upper: net * 1.0003, gap: sites.length ? 0.0003 : 0, viabilityLoss: 0.012,
      grossUnits: sum(s => s.units), fromOthers: net, cannibalisedOnline: sum(s => s.cannibalisedOnline), cannibalisedShops: sum(s => s.cannibalisedShops), scheduleUnits: sum(q => q.units, schedule), onlineCeiling: 0.103,
    },
    towns: all, points, pointsDrawn: size.pointsDrawn, shops, boundaries: size.outline ? outline(rng) : null, sites, waves, schedule,
    frontier: sites.length ? Array.from({ length: 13 }, (_, i) => ({ budgetFen: budget * i / 8, netUnits: net * (1 - Math.exp(-2.2 * i / 8)) / (1 - Math.exp(-2.2)) })) : [],
    share: sites.length ? shares(rng) : [], draws: { count: values.length, netUnits: values }, ranks: ranks(),
    coefficients: [
      ['distance', '距离', 'distance', -0.18, 0.04, '1/km'], ['margin', '店主毛利', 'dealer margin', 0.011, 0.003, '1/¥'], ['range', '上柜机型数', 'models carried', 0.07, 0.02, '1/model'], ['price', '价格匹配', 'price fit', 0.9, 0.25, '-'],
      ['online', '网购渠道', 'online channel', -1.6, 0.3, '-'], ['brand_nest', '我方嵌套系数', 'own nest', 0.62, 0.1, '-'], ['outside', '不买', 'buying nothing', 0.4, 0.2, '-'],
    ].map(([name, zh, en, value, spread, unit], i) => ({ name, label: { zh, en }, value, spread, unit, source: i % 2 ? 'https://example.org/dealer-interview-2016' : 'Huff 1964; assumption', kind: 'modelled' })),
    heard: sites.length ? HEARD.map(([who, zh, en, needZh, needEn, brand, margin, price, month], i) => ({ town: all[i * 2].code, date: `2017-10-${10 + i}`, who, quote: { zh, en }, need: { zh: needZh, en: needEn }, brand, rivalMarginFen: margin, priceFen: price, unitsMonth: month, kind: i === 4 ? 'synthetic' : 'observed', source: 'visits.csv' })) : [],
    provenance: [
      { what: { zh: '行政区划', en: 'Divisions' }, rows: all.length + size.points, observed: all.length + size.points, modelled: 0, synthetic: 0, sketch: 0, sources: ['https://example.org/statistics/divisions-2020'] },
      { what: { zh: '人口', en: 'People' }, rows: size.points, observed: 0, modelled: size.points, synthetic: 0, sketch: 0, sources: ['2020 census', 'https://example.org/census'] },
      { what: { zh: '门店', en: 'Shops' }, rows: size.shops, observed: 0, modelled: 0, synthetic: size.shops, sketch: 0, sources: ['seed 7'] },
      { what: { zh: '乡镇位置', en: 'Township positions' }, rows: all.length, observed: all.filter(t => t.pointKind === 'observed').length, modelled: all.filter(t => t.pointKind === 'modelled').length, synthetic: 0, sketch: all.filter(t => t.pointKind === 'sketch').length, sources: ['https://example.org/gazetteer'] },
      { what: { zh: '走访', en: 'Visits' }, rows: 5, observed: 4, modelled: 0, synthetic: 1, sketch: 0, sources: ['visits.csv'] },
    ],
    notes: [{ zh: '本页由样例数据生成，用于测试页面。</script> 不会结束数据块。', en: 'Made from sample data to test the page. </script> does not end the data block.' }],
    made: { version: '0.1.0', command: 'xiaxiang plan sample --seed 7', seed: 7, inputs: hash(`inputs ${seed}`), problem: hash(`problem ${seed}`) },
  }
}

/** Puts a report into the page as the program does: nothing in it can end the data block. */
export function fill(template, data) {
  if (template.split(PLACEHOLDER).length !== 2) throw new Error(`${PLACEHOLDER} must stand in the page exactly once`)
  const json = JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
  return template.replace(PLACEHOLDER, () => json)
}

export const SAMPLES = {
  county: () => report(7, { towns: 15, points: 367, shops: 200, sites: 25, pointsDrawn: true, outline: true, place: { code: '410329', name: { zh: '伊川县', en: 'Yichuan County' } } }),
  province: () => report(11, { towns: 2600, points: 52000, shops: 25000, sites: 2000, pointsDrawn: false, outline: false, place: { code: '41', name: { zh: '河南省', en: 'Henan Province' } } }),
  empty: () => report(13, { towns: 1, points: 3, shops: 0, sites: 0, pointsDrawn: true, outline: false, place: { code: '410329101', name: { zh: '鸣皋镇', en: 'Minggao' } } }),
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = join(here, 'out')
  mkdirSync(out, { recursive: true })
  const template = readFileSync(join(here, '../dist/report.html'), 'utf8')
  for (const [name, make] of Object.entries(SAMPLES)) {
    const page = fill(template, make())
    writeFileSync(join(out, `${name}.html`), page)
    console.log(`tests/out/${name}.html ${(page.length / 1000).toFixed(0)} kB`)
  }
}
