import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import type { AppKey } from './i18n'
import type { Right } from './api/types'
import { ask, session } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Without signing in. */
    open?: boolean
    /** Any one of these rights opens the page. */
    rights?: Right[]
    title: AppKey
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/sign-in', component: () => import('./pages/SignInPage.vue'), meta: { open: true, title: 'signIn.title' } },
  { path: '/setup', component: () => import('./pages/SetUpPage.vue'), meta: { open: true, title: 'setUp.title' } },
  { path: '/invitation', component: () => import('./pages/InvitationPage.vue'), meta: { open: true, title: 'invite.title' } },
  { path: '/', component: () => import('./pages/HomePage.vue'), meta: { title: 'nav.home' } },
  { path: '/atlas', component: () => import('./atlas/AtlasPage.vue'), meta: { rights: ['read_places'], title: 'nav.atlas' } },
  { path: '/atlas/import', component: () => import('./atlas/ImportsPage.vue'), meta: { rights: ['import'], title: 'import.title' } },
  { path: '/atlas/import/:id(\\d+)', component: () => import('./atlas/ImportPage.vue'), meta: { rights: ['import'], title: 'import.title' } },
  { path: '/atlas/duplicates', component: () => import('./atlas/DuplicatesPage.vue'), meta: { rights: ['edit_shops'], title: 'twins.title' } },
  { path: '/demand', component: () => import('./demand/DemandPage.vue'), meta: { rights: ['read_demand'], title: 'nav.demand' } },
  { path: '/demand/fits/:id(\\d+)', component: () => import('./demand/FitPage.vue'), meta: { rights: ['read_demand'], title: 'fit.title' } },
  { path: '/rollout', component: () => import('./rollout/RolloutPage.vue'), meta: { rights: ['read_plans'], title: 'nav.rollout' } },
  { path: '/rollout/scenarios/new', component: () => import('./rollout/ScenarioPage.vue'), meta: { rights: ['plan'], title: 'scenario.new' } },
  { path: '/rollout/scenarios/:id(\\d+)', component: () => import('./rollout/ScenarioPage.vue'), meta: { rights: ['read_plans'], title: 'scenario.title' } },
  { path: '/rollout/plans/:id(\\d+)', component: () => import('./rollout/PlanPage.vue'), meta: { rights: ['read_plans'], title: 'plan.title' } },
  { path: '/rollout/compare', component: () => import('./rollout/ComparePage.vue'), meta: { rights: ['read_plans'], title: 'compare.title' } },
  { path: '/share', component: () => import('./share/SharePage.vue'), meta: { rights: ['read_share'], title: 'nav.share' } },
  { path: '/admin', redirect: '/admin/people' },
  { path: '/admin/people', component: () => import('./admin/PeoplePage.vue'), meta: { rights: ['read_people'], title: 'admin.people' } },
  { path: '/admin/roles', component: () => import('./admin/RolesPage.vue'), meta: { rights: ['read_people', 'read_audit'], title: 'admin.roles' } },
  { path: '/admin/audit', component: () => import('./admin/AuditPage.vue'), meta: { rights: ['read_audit'], title: 'admin.audit' } },
  { path: '/admin/sources', component: () => import('./admin/SourcesPage.vue'), meta: { rights: ['read_sources'], title: 'admin.sources' } },
  { path: '/account', component: () => import('./account/AccountPage.vue'), meta: { title: 'account.title' } },
  { path: '/:rest(.*)*', component: () => import('./pages/GonePage.vue'), meta: { title: 'gone.title' } },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach(async to => {
  // A one-time link carries its token behind the hash, which no server's log ever sees, and there it stays: /#/setup?token=...
  if (to.path === '/' && to.hash.startsWith('#/')) { const [path = '', token = ''] = to.hash.slice(1).split('?'); return { path, hash: `#${token}`, replace: true } }
  if (!session.known) await ask()
  if (to.meta.open || session.person) return true
  return { path: '/sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
})
