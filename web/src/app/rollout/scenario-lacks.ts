import type { useWords } from '../i18n'
import { MOST_YUAN, sumOfWaves, twinWave, type ScenarioFields } from './scenario-fields'

/** What still keeps a scenario from being saved; `field` where it is said at the field too. */
export interface Lack { field: 'name' | 'nameEn' | 'budget' | 'running' | 'draws' | 'seed' | null; text: string }
const LONGEST_NAME = 200

const amount = (yuan: unknown) => typeof yuan === 'number' && yuan >= 0 && yuan <= MOST_YUAN
const whole = (n: unknown, most: number) => typeof n === 'number' && Number.isInteger(n) && n >= 0 && n <= most

/** Everything that is missing or wrong, in the order of the form: what the server would refuse, said before it is asked. */
export function lacksOf(form: ScenarioFields, { a, num, money }: ReturnType<typeof useWords>): Lack[] {
  const all: Lack[] = []
  const lack = (wrong: unknown, text: () => string, field: Lack['field'] = null) => { if (wrong) all.push({ field, text: text() }) }
  const most = money(MOST_YUAN * 100)
  lack(!form.name.trim(), () => a('scenario.lack.name'))
  for (const field of ['name', 'nameEn'] as const) lack(form[field].trim().length > LONGEST_NAME, () => a('scenario.lack.long', { most: LONGEST_NAME, n: num(form[field].trim().length) }), field)
  lack(!form.place, () => a('scenario.lack.place'))
  lack(!form.brand, () => a('scenario.lack.brand'))
  lack(!form.publicShares.place || !form.publicShares.table || !form.publicShares.period, () => a('scenario.lack.shares'))
  lack(!amount(form.budgetYuan), () => a('scenario.lack.budget', { most }), 'budget')
  lack(!amount(form.runningYuan), () => a('scenario.lack.running', { most }), 'running')
  form.waves.forEach((wave, i) => {
    lack(!wave.label.trim(), () => a('scenario.lack.waveName', { n: i + 1 }))
    const twin = twinWave(form.waves, i)
    lack(twin >= 0, () => a('scenario.lack.waveTwice', { n: i + 1, m: twin + 1 }))
    lack(!amount(wave.yuan), () => a('scenario.lack.waveBudget', { n: i + 1, most }))
  })
  if (amount(form.budgetYuan)) lack(sumOfWaves(form) > form.budgetYuan, () => a('scenario.over', { by: money((sumOfWaves(form) - form.budgetYuan) * 100) }))
  lack(!whole(form.draws, 1000), () => a('scenario.lack.draws'), 'draws')
  lack(form.synthesizeSeed !== null && !whole(form.synthesizeSeed, 2147483647), () => a('scenario.lack.seed'), 'seed')
  return all
}
