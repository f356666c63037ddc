import type { Right } from './api/types'
import type { AppKey } from './i18n'

/** A page that the head leads to; `letter` goes there after g. */
export interface Way { path: string; title: AppKey; letter: string; rights: Right[] }
export const WAYS: Way[] = [
  { path: '/', title: 'nav.home', letter: 'h', rights: [] },
  { path: '/atlas', title: 'nav.atlas', letter: 'a', rights: ['read_places'] },
  { path: '/demand', title: 'nav.demand', letter: 'd', rights: ['read_demand'] },
  { path: '/rollout', title: 'nav.rollout', letter: 'r', rights: ['read_plans'] },
  { path: '/share', title: 'nav.share', letter: 's', rights: ['read_share'] },
]
export const ADMIN: Way[] = [
  { path: '/admin/people', title: 'admin.people', letter: 'p', rights: ['read_people'] },
  { path: '/admin/roles', title: 'admin.roles', letter: '', rights: ['read_people', 'read_audit'] },
  { path: '/admin/audit', title: 'admin.audit', letter: 'l', rights: ['read_audit'] },
  { path: '/admin/sources', title: 'admin.sources', letter: '', rights: ['read_sources'] },
]
