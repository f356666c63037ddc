import { reactive } from 'vue'
import { get, HttpProblem, onSignedOut, put, remove, send } from './api/http'
import type { Person, Right, SessionAnswer } from './api/types'
import { speak, tongue } from './i18n'
import type { Lang } from '../report/types'

/** Who is signed in. `known` once the server was asked; `renewing` while a session that ended waits for its person to sign in again. */
export const session = reactive<{ person: Person | null; version: string; known: boolean; renewing: boolean }>({ person: null, version: '', known: false, renewing: false })
export const may = (right: Right): boolean => session.person?.rights.includes(right) ?? false
export const mayAny = (...rights: Right[]): boolean => rights.some(may)

let waiting: ((signedIn: boolean) => void)[] = []
onSignedOut(() => {
  if (!session.person) return Promise.resolve(false)
  session.renewing = true
  return new Promise(done => waiting.push(done))
})
/** Ends the wait of requests that met a session's end. */
export function renewed(signedIn: boolean): void {
  session.renewing = false
  const all = waiting
  waiting = []
  all.forEach(done => done(signedIn))
}

function enter(answer: SessionAnswer): void {
  session.person = answer.person
  session.version = answer.version
  session.known = true
  if (answer.person.language) speak(answer.person.language)
}
/** Asks who is signed in; nobody is no error. */
export async function ask(): Promise<void> {
  try {
    enter(await get<SessionAnswer>('/session'))
  } catch (error) {
    if (!(error instanceof HttpProblem) || error.status !== 401) throw error
    session.known = true
  }
}
export async function signIn(login: string, password: string, code: string): Promise<void> {
  enter((await send<SessionAnswer>('POST', '/session', { body: { login, password, ...(code ? { code } : {}) } })).body)
}
export async function signOut(): Promise<void> {
  await remove('/session')
  location.assign('/sign-in')
}
/** Speaks another language from now on, here and wherever the person signs in. */
export async function choose(lang: Lang): Promise<void> {
  if (lang === tongue()) return
  speak(lang)
  if (session.person) { session.person.language = lang; await put('/session/language', { language: lang }) }
}
