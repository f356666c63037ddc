import { say, tongue } from '../i18n'
import type { RowProblem } from './types'

/** Why a request was refused, in the reader's language: what, why, and what to do next. `status` 0: the server could not be reached. */
export class HttpProblem extends Error {
  constructor(readonly status: number, readonly type: string, readonly title: string, readonly detail: string, readonly nextStep: string, readonly problems: RowProblem[] = []) {
    super(detail || title)
  }
  /** Whether the problem's type ends in this word, such as `wrong-credentials`. */
  is(word: string): boolean { return this.type.split('/').at(-1) === word }
}

/** The problem a thrown thing stands for; what is no problem of a request is a fault of the page and goes on. */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error
  throw error
}

export type Query = Record<string, string | number | boolean | null | undefined>
export interface Options { query?: Query; body?: unknown; etag?: string | undefined; key?: string; signal?: AbortSignal; seconds?: number }
export interface Answer<T> { body: T; etag: string | undefined }

const ROOT = '/api/v1'
/** What to do when the session has ended in the midst of work: resolves true once somebody has signed in again. Set by the session. */
let renew: () => Promise<boolean> = async () => false
export function onSignedOut(ask: () => Promise<boolean>): void { renew = ask }

/** The address of a resource, for a request or a link. */
export function address(path: string, query: Query = {}): string {
  const asked = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== '') asked.set(key, String(value))
  return `${ROOT}${path}${asked.size ? `?${asked}` : ''}`
}

function csrf(): string {
  const cookie = document.cookie.split('; ').find(one => one.startsWith('__Host-csrf='))
  return cookie ? decodeURIComponent(cookie.slice('__Host-csrf='.length)) : ''
}

async function refusal(response: Response): Promise<HttpProblem> {
  const said: Partial<HttpProblem> = response.headers.get('content-type')?.includes('json') ? await response.json().catch(() => ({})) : {}
  const known = response.status === 403 ? 'refused' : response.status === 404 ? 'gone' : response.status === 412 ? 'stale' : 'failed'
  return new HttpProblem(response.status, said.type ?? '', said.title ?? say(`net.${known}`), said.detail ?? '', said.nextStep ?? say(`net.${known}Next`), said.problems ?? [])
}

async function once(method: string, path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { 'Accept': 'application/json', 'Accept-Language': tongue() === 'zh' ? 'zh-CN' : 'en' }
  const form = options.body instanceof FormData
  if (options.body !== undefined && !form) headers['Content-Type'] = 'application/json'
  if (method !== 'GET') headers['X-CSRF-TOKEN'] = csrf()
  if (options.etag) headers['If-Match'] = options.etag
  if (options.key) headers['Idempotency-Key'] = options.key
  const limit = AbortSignal.timeout((options.seconds ?? 30) * 1000)
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit }
  if (options.body !== undefined) init.body = form ? options.body as FormData : JSON.stringify(options.body)
  try {
    return await fetch(address(path, options.query), init)
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new HttpProblem(0, '', say('net.down'), '', say('net.downNext'))
  }
}

/** The browser lost what its requests must repeat, or holds that of another session: asking who is signed in gives it anew, and shows whether anybody still is. */
async function rejoined(): Promise<boolean> {
  const response = await once('GET', '/session', {})
  return response.ok || (response.status === 401 && await renew())
}

/** Sends one request. A session that ended is renewed in place and the request sent once more, so that nothing typed is lost. */
export async function send<T>(method: string, path: string, options: Options = {}): Promise<Answer<T>> {
  let response = await once(method, path, options)
  if (response.status === 401 && !path.startsWith('/session') && await renew()) response = await once(method, path, options)
  if (!response.ok) {
    const refused = await refusal(response)
    if (!refused.is('csrf') || !await rejoined()) throw refused
    response = await once(method, path, options)
    if (!response.ok) throw await refusal(response)
  }
  const body = response.status === 204 || !response.headers.get('content-type')?.includes('json') ? undefined : await response.json()
  return { body: body as T, etag: response.headers.get('etag') ?? undefined }
}

export const get = async <T>(path: string, query: Query = {}, signal?: AbortSignal) => (await send<T>('GET', path, signal ? { query, signal } : { query })).body
/** A new thing; the key makes a second sending of the same press harmless. */
export const post = async <T>(path: string, body: unknown = {}, key = crypto.randomUUID()) => (await send<T>('POST', path, { body, key })).body
export const put = async <T>(path: string, body: unknown) => (await send<T>('PUT', path, { body })).body
export const remove = async <T = void>(path: string, etag?: string, body?: unknown) => (await send<T>('DELETE', path, { etag, body })).body
export const patch = async <T>(path: string, etag: string | undefined, body: unknown) => (await send<T>('PATCH', path, { etag, body })).body
