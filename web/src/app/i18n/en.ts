import { enWork } from './en-work'
import type { AppMessages } from './index'

/** The English words of the app, key for key the same as zh.ts: a missing or extra key fails the type check. */
export const enApp: AppMessages = {
  name: 'Xiaxiang',
  tagline: 'Plans the roll-out of a consumer brand to county towns and townships, and measures whether it worked.',
  skip: 'Skip to the page',
  loading: 'Loading…',
  nextStep: 'Next: ',
  tryAgain: 'Try again',
  close: 'Close',
  undo: 'Undo',
  undone: 'Undone',
  save: 'Save',
  saved: 'Saved',
  cancel: 'Cancel',
  add: 'Add',
  edit: 'Edit',
  more: 'Show more',
  all: 'All',
  choose: 'Choose',
  toHome: 'Back to home',
  sortBy: 'Sort by {column}',
  signOut: 'Sign out',
  by: 'By',
  at: 'When',
  state: 'State',
  yes: 'yes',
  no: 'no',
  kindWord: 'Kind',
  sourceWord: 'Source',

  nav: { label: 'Main', home: 'Home', atlas: 'Atlas', demand: 'Demand', rollout: 'Roll-out', share: 'Share', admin: 'Admin', me: 'My account' },
  net: {
    refused: 'Not allowed', refusedNext: 'Ask an administrator about your role and territory.', gone: 'Not found', goneNext: 'Check the link, or start from home.',
    stale: 'Somebody else changed this just now', staleNext: 'Load it again and repeat the change; what you typed is still here.', failed: 'The server could not do this', failedNext: 'Try again later; if it persists, ask an administrator to read the log.',
    down: 'The server cannot be reached', downNext: 'Check the network and try again; what you typed is still here.',
  },
  search: { label: 'Search places and shops', none: 'Nothing found', hint: 'Place, code or shop (press /)' },
  keys: { title: 'Keyboard', search: 'Search', rows: 'Move between the rows of a table', close: 'Close a box or card', help: 'Show this list' },
  territory: { all: 'everywhere', place: 'Place', distributor: 'Distributor', shop: 'Shop', kind: 'Kind of territory' },
  role: { founder: 'founder', planner: 'planner', county_manager: 'county manager', field_worker: 'field worker', distributor: 'distributor', shop: 'shop owner', analyst: 'analyst', finance: 'finance', administrator: 'administrator' },
  right: {
    read_places: 'see places', read_shops: 'see shops', edit_shops: 'edit shops', import: 'import', export: 'export', read_demand: 'see the demand model', fit: 'fit demand', read_plans: 'see plans', plan: 'make plans',
    approve: 'approve plans', read_share: 'see shares', read_people: 'see people', manage_people: 'manage people', read_audit: 'see the audit trail', read_sources: 'see data sources', edit_sources: 'note licences of sources', run_jobs: 'run jobs',
  },
  level: { country: 'country', province: 'province', prefecture: 'prefecture', city: 'city', county: 'county', township: 'township', village: 'village' },

  signIn: {
    title: 'Sign in', login: 'User name', password: 'Password', code: 'Code', codeHint: 'Open your authenticator app and type the six digits.', enter: 'Sign in', busy: 'Signing in…',
    again: 'Sign in again', againWhy: 'Your session has ended. Sign in here and go on: what you typed is still there.', oidc: 'Sign in with {name}', oidcDown: 'The identity provider does not answer. Try again later, or sign in with a password.', oidcRefused: 'The identity provider did not confirm who you are. Try again.', oidcState: 'Signing in took too long, or began in another browser. Try again.', oidcEmail: 'The identity provider has not verified your e-mail address, so it leads to no account. Ask an administrator.', oidcUnknown: 'There is no account for you. Ask an administrator to invite you at your e-mail address.', forgot: 'Forgot your password? Ask an administrator for a new invitation link.', setUpNeeded: 'There is no administrator yet. Open the one-time link that the server printed when it started.',
  },
  setUp: { title: 'First set-up', lead: 'Make the first administrator. This link works once.', noToken: 'The link has no token. Copy the whole link that the server printed when it started.', start: 'Create and sign in' },
  invite: { title: 'Accept the invitation', lead: 'Choose a password, then sign in. This link works once.', noToken: 'The link has no token. Copy the whole invitation link.', accept: 'Set the password', loginHint: 'You sign in with this name from now on.', done: 'Your password is set. Please sign in.' },
  password: { new: 'New password', again: 'Once more', rule: 'At least {n} characters; a sentence is easiest to remember.', short: 'At least {n} characters are needed', differs: 'The two differ', current: 'Current password', change: 'Change password', changed: 'Password changed' },
  refused: { title: 'You may not see this page', why: 'You are {role} for {place}, which does not cover what is here.', next: 'If you need it, ask an administrator to change your role or territory.' },
  gone: { title: 'There is nothing here', why: 'The link is incomplete, or what it led to was deleted.', next: 'Check the link, or start from home.' },

  home: {
    hello: 'Hello, {name}', places: 'Places', shops: 'Shops', plans: 'Plans', waiting: 'Waiting for you', nets: 'net gain {n} units a year', nothingWaits: 'Nothing is waiting for you.', changed: 'What changed', several: '{n} of them', nothingChanged: 'Nothing changed lately in your territory.', next: 'Next steps',
    step: { facts: 'Import places, people and shops', look: 'Check the data on the map', plan: 'Make a scenario' },
    stepWhy: { facts: 'A dry run shows every problem before anything is written.', look: 'What is hollow was not observed: worth checking first.', plan: 'Give a place, a budget and waves; a plan takes seconds to minutes.' },
  },
  waits: { import: 'Import to confirm', duplicates: 'Shops that may be the same', approve: 'Plan to approve', job: 'A job did not succeed' },
  change: { import: 'Import applied', plan: 'New plan', approved: 'Plan approved', scenario: 'Scenario', shop: 'Shop changed', shops: 'Shops changed', place: 'Place changed', places: 'Places changed', site: 'Candidate site changed', sites: 'Candidate sites changed', merge: 'Shops merged' },
  ...enWork,
}
