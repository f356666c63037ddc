import type { zhWork } from './zh-work'

type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> }
/** The English words of the pages where work is done. */
export const enWork: Same<typeof zhWork> = {
  copy: 'Copy', copied: 'Copied', comma: ', ',
  unit: { yuan: '¥', yuanYear: '¥ a year', yuanUnit: '¥ a unit', unitsYear: 'units a year' },
  point: { lon: 'Longitude (WGS-84)', lat: 'Latitude (WGS-84)' },
  owner: { own: 'own', partner: 'partner', rival: 'rival' },
  measure: { shipment: 'shipments', 'sell-in': 'sell-in', 'sell-out': 'sell-out', activation: 'activations' },
  table: {
    divisions: 'Divisions', people: 'People', shops: 'Shops', sites: 'Candidate sites', brands: 'Brands', models: 'Models', market: 'Public shares', channels: 'Channel figures', visits: 'Visits', answers: 'Answers', sellout: 'Sell-out', boundaries: 'Boundaries',
    division: 'Divisions', place: 'Divisions', places: 'Divisions', shop: 'Shops', site: 'Candidate sites', brand: 'Brands', model: 'Models', channel: 'Channel figures', visit: 'Visits', answer: 'Answers', sell_out: 'Sell-out', boundary: 'Boundaries',
  },
  op: { insert: 'added', update: 'changed', delete: 'deleted', merge: 'merged', close: 'closed', restore: 'restored', import: 'imported', approve: 'approved', sign_in: 'signed in', sign_in_refused: 'sign-in refused' },
  audited: {
    session: 'Signing in', shop: 'Shops', place: 'Divisions', site: 'Candidate sites', people: 'People', boundary: 'Boundaries', import: 'Imports', shop_merge: 'Merges of shops', brand: 'Brands', model: 'Models', market_fact: 'Public shares', channel_fact: 'Channel figures', visit: 'Visits', answer: 'Answers', sell_out: 'Sell-out',
    licence: 'Licences of sources', scenario: 'Scenarios', plan: 'Plans', fit: 'Fits', person: 'Accounts', invitation: 'Invitations', credential: 'Passwords and second factors', identity: 'Identities at a provider', token: 'Tokens', distributor: 'Distributors',
  },
  column: {
    id: 'id', code: 'code', name: 'name', name_en: 'English name', place: 'place', division: 'place', parent: 'place above', level: 'level', tier: 'tier', urban_rural: 'urban-rural class', persons: 'people', income_index: 'income index', lon: 'longitude', lat: 'latitude', point_kind: 'kind of point', valid_from: 'begins', valid_to: 'ends', successors: 'successors', owner: 'owner', format: 'format', brand: 'brand', brands: 'brands on sale',
    units_month: 'units a month', dealer_margin_fen: 'margin a unit', promoters: 'promoters', sign: 'sign', closing_fen: 'cost of closing', running_fen_year: 'running cost', break_even_units_year: 'break-even', distributor: 'distributor', seed: 'seed', closed_at: 'closed', merged_into: 'merged into', source: 'source', kind: 'kind', action: 'action', models_carried: 'models carried', fit_out_fen: 'cost, once', deleted_at: 'deleted',
    state: 'state', approved_by: 'approved by', approved_at: 'approved', approval_note: 'note', scenario: 'scenario', created_at: 'made', applied_at: 'applied', used_since: 'in use since', used_until: 'in use until', login: 'user name', email: 'e-mail', role: 'role', territory: 'kind of territory', language: 'language', disabled_at: 'disabled', expires_at: 'good until', person: 'person', shop: 'shop', into_shop: 'merged into', at: 'when', undone_at: 'undone', undone_by: 'undone by',
    licence: 'licence', part: 'source', password_hash: 'password', totp_secret: 'second factor', hash: 'link', rights: 'rights',
  },
  refusal: { title: 'because', unknown: 'nobody has this name', password: 'wrong password', code: 'wrong code', disabled: 'account disabled' },
  history: { title: 'History', of: 'History of {what}', none: 'Nothing was changed yet.' },
  map: {
    label: 'Map of {place}: places and shops', layers: 'Layers', paint: 'Shops by', layer: { people: 'People', shops: 'Shops', bounds: 'Boundaries', names: 'Names' }, paints: { brand: 'brand', coverage: 'own and rival', kind: 'kind of data' },
    hollow: 'hollow: not observed', cells: 'zoomed out, a circle is several shops, its number how many; nearer, each shop is coloured by {paint}', share: { none: 'none of ours', many: 'two in five or more ours' }, zoomIn: 'Zoom in', zoomOut: 'Zoom out', ctrl: 'Hold Ctrl and scroll to zoom', twoFingers: 'Use two fingers to move the map',
    blind: 'This browser cannot draw the map (no WebGL). The tree and the list of shops work as ever.', failed: 'Some of the map could not be read; moving it tries again.',
  },
  atlas: { empty: 'There are no places in your territory yet.', emptyNext: 'Import places and shops', places: 'Places', path: 'Places above' },
  place: {
    code: 'Code', persons: 'People', shops: 'Shops', ours: '{n} ours', point: 'Point', urbanRural: 'Urban-rural class', validTo: 'Ended', people: 'People and income by year', year: 'Year', income: 'Income index', peopleSource: 'Source of people', sources: 'Where these numbers come from', edit: 'Edit place',
    name: 'Name', nameEn: 'English name', sourceHint: 'What this rests on: a page, a file, or who saw it and when.',
  },
  urbanClass: { 111: 'city core', 112: 'city fringe', 121: 'town core', 122: 'town fringe', 123: 'special area', 210: 'township seat', 220: 'village' },
  shop: {
    shop: 'Shop', shops: 'Shops', add: 'Add a shop', search: 'Find by name or id', owner: 'Owner', brand: 'Brand', brands: 'Brands on sale', format: 'Format', division: 'Place', none: 'No shop fits.', sells: 'What it sells', unitsMonth: 'Units a month', margin: 'Margin a unit',
    promoters: 'Promoters', sign: 'Brand sign', running: 'Running cost', breakEven: 'Break-even', shut: 'Close shop', closed: 'Shop closed', isClosed: 'closed', restore: 'Reopen', restored: 'Reopened', added: 'Shop added',
    theirs: 'Somebody else made it: {value}. Saving puts yours in its place.', syntheticEdit: 'This shop is synthetic. A change keeps it as a sketch; if somebody has seen it, choose “observed” and name the source.', kindHint: 'Observed if somebody saw it, else a sketch.',
  },
  export: {
    title: 'Export', short: 'Export', lead: 'Everything of this place and below, in exactly the columns an import takes.', workspace: 'The whole workspace', plan: 'Export the plan', sites: 'Sites', proof: { problem: 'Problem solved', certificate: 'Certificate of the bounds', snapshot: 'Snapshot of the facts' },
  },
  import: {
    title: 'Import', lead: 'A dry run first: see what is new, what changes and every problem, then apply.', file: 'File', files: 'Files', row: 'Row', column: 'Column', value: 'Value', rule: 'Problem', next: 'Next step', blank: '(blank)', problems: '{k} problem | {k} problems', firstOnes: 'The first {n} are listed here.', problemsTable: 'Problems',
    earlier: 'Earlier imports', none: 'Nothing was imported yet. Drop files above to begin.', new: 'New', changed: 'Changed', same: 'Same', problemCount: 'Problems', drop: 'Drop files here, or press to choose', kinds: 'CSV, CSV.GZ, XLSX, GeoJSON, or one ZIP of them', leaveOut: 'Leave out',
    format: 'Format', formats: { workspace: 'Workspace tables', shops_geojson: 'Shops as GeoJSON', shops_osm: 'Shops from an OSM extract', national: 'National divisions and people' },
    formatHint: { workspace: 'A file’s name is its table: shops.csv, people.xlsx … Only some of them is fine.', shops_geojson: 'Each point is a shop; its properties are the columns of the shops table.', shops_osm: 'Points tagged shop=mobile_phone and the like.', national: 'From the national atlas on the server’s machine, no files needed; for those who look after everywhere.' },
    region: 'Region code', regionHint: 'Blank: the whole country; 41: Henan.', brand: 'Brand', brandHint: 'With a brand’s id, shops are made up for it.', seed: 'Seed', dryRun: 'Dry run', dryRunHint: 'checks only, writes nothing', sending: 'Uploading…', one: 'Import #{id}', apply: 'Apply {k} row | Apply {k} rows', mend: 'Upload the mended files', look: 'See it in the atlas', table: 'Table', counts: 'What it would do', changes: 'Changes', firstChanges: 'first {n}', key: 'Id', old: 'Old', now: 'New', bytes: 'bytes',
    says: { judging: 'The files are being checked.', refused: 'The files have problems; nothing was written. Mend what the list names and upload again.', ready: 'The files are fine; nothing was written yet. Look at the changes, then apply.', applying: 'Being written.', applied: 'All written. Each row can be found in the audit trail.', failed: 'The import broke off; nothing was written. Try again.' },
  },
  importState: { judging: 'checking', refused: 'problems', ready: 'ready', applying: 'applying', applied: 'applied', failed: 'failed' },
  twins: {
    title: 'Shops that may be the same', lead: 'Two shops close by with similar names. Look, then merge; a merge can be undone and history is kept.', none: 'No two shops look the same.', pair: 'Pair {n} of {of}', pairs: 'pairs: {n}', why: '{meters} m apart, names {similar} alike', keep: 'Keep this one', later: 'Decide later', onMap: 'See on the map', merged: 'Merged', clashNext: 'Correct one of them first, or let the one that stays be right.', giveUp: 'Merge, {id} is right',
  },
  twinReason: { near: 'close by', name: 'similar names', near_and_name: 'close and alike', same_name: 'same name', similar_name: 'similar names', same_spot: 'same spot' },
  job: { plan: 'Plan #{id}', of: '{done} of {total}', progress: 'Progress', cancel: 'Cancel', lost: 'Connection lost, trying again…' },
  jobState: { waiting: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed', cancelled: 'Cancelled' },
  stage: { read: 'reading the facts', unpack: 'unpacking', judge: 'checking the files', places: 'reckoning places', snapshot: 'taking a snapshot', facts: 'reading the facts', synthesize: 'making synthetic shops', demand: 'reckoning demand', fit: 'fitting', swap: 'improving by exchanges', bound: 'tightening the upper bound', tree: 'proving by branches', solve: 'solving', draws: 'drawing other assumptions', verify: 'checking the certificate', write: 'writing', keep: 'keeping the result', known: 'fetching what is known', copy: 'loading', compare: 'comparing', change: 'writing changes', count: 'counting', demand_fit: 'fitting' },

  demand: { lead: 'How people choose a phone: each coefficient with its value, error and source.', inUse: 'Coefficients in use', assumed: 'assumptions with sources, not fitted', term: 'Coefficient', value: 'Value', error: 'Standard error', unit: 'Unit', notFitted: 'not fitted, as assumed', assumption: 'assumption' },
  fit: {
    title: 'Demand fit', fit: 'Fit', run: 'Fit', lead: 'Fits the coefficients to the answers and sell-out of a place; what the data cannot tell stays as assumed.', start: 'Start the fit', invented: 'Without data', inventedOn: 'Try it with answers made from a seed', inventedHint: 'Everything it gives is marked synthetic: to try the way, not to use.', earlier: 'Earlier fits', none: 'No fit yet. Import answers.csv or sellout.csv, then start above.', one: 'Fit #{id}', inUse: 'in use', use: 'Use this fit', used: 'In use: plans from now on take it',
    failed: 'The fit did not succeed', failedNext: 'See why, complete answers.csv or sellout.csv, and try again.', errorKind: 'robust (sandwich), clustered by township', terms: 'Coefficients', diagnostics: 'Diagnostics', holdOut: 'Hold-out', noHoldOut: 'No hold-out: it needs more answers.', holdOutLead: '{n} answers were kept out of the fit, to see who foretells them: a higher log likelihood and a smaller error of shares are better.',
    model: 'Model', likelihood: 'Log likelihood an answer', points: 'share error, points', side: { fitted: 'this fit', believed: 'as assumed', huff: 'Huff' },
  },
  diagnostic: { townships: 'Townships', converged: 'Converged', gradientNorm: 'Norm of the gradient', answers: 'Answers', answersBeyondReach: 'Answers beyond reach', totals: 'Totals of sales', dispersion: 'Dispersion', logLikelihoodOfAnswers: 'Log likelihood of the answers', error: 'Kind of error' },

  rollout: { lead: 'Give a place, a budget and waves; see where to open, what it brings, and how far from the best it is.', plans: 'Plans', scenarios: 'Scenarios' },
  scenario: {
    title: 'Scenario', new: 'New scenario', name: 'Name', what: 'What to plan', brand: 'Brand', shares: 'Public shares', sharesHint: 'The model meets these shares in this period.', sharesLack: 'lacks {n} brands', sharesPlace: 'Place of the public table', sharesTable: 'Public table', sharesPeriod: 'Period', money: 'Money and waves',
    budget: 'Budget, once', budgetHint: 'fit-out, upgrades, closing', running: 'Running cap', runningHint: 'chosen sites and own shops that may close', waves: 'Waves', wavesHint: 'a quarter each; what one leaves goes to the next', waveLabel: 'Name of wave {n}', waveBudget: 'Budget of wave {n} in yuan', waveDrop: 'Remove wave {n}', waveAdd: 'Add a wave', spread: 'Spread evenly',
    over: 'The waves exceed the budget by {by}', left: '{left} not yet given to a wave', assume: 'Assumptions and limits', draws: 'Draws', drawsHint: 'So many sets of assumptions give the intervals; 0: no intervals.', seed: 'Synthetic shops', seedOn: 'Make shops from a seed', seedHint: 'Where positions are not public; synthetic ones are always drawn hollow.',
    require: 'Must be in', requireHint: 'candidate sites or own shops', forbid: 'Must not be in', forbidHint: 'none that must also be in', sitesEmpty: 'No limit', sitesNone: 'No candidate sites; type an id', do: 'Actions', run: 'Plan', copy: 'Copy', drop: 'Delete', dropped: 'Scenario deleted', none: 'No scenarios yet.', locks: 'Locks', lockCount: '{require} in · {forbid} out',
    saveAndRun: 'Save and plan', itsPlans: 'Plans made from it', recovered: 'What you typed and did not save is back.', forget: 'Discard it', dropTitle: 'Delete “{name}”?', dropLead: '{k} plan made from it is approved. Plans stay, but cannot be changed and planned again by this scenario. It can be taken back afterwards. | {k} plans made from it are approved. Plans stay, but cannot be changed and planned again by this scenario. It can be taken back afterwards.', gone: 'Scenario deleted', restore: 'Take it back', restored: 'Scenario taken back', lacks: 'Cannot be saved yet: {what}',
    lack: { name: 'it has no name', long: 'a name has at most {most} characters, this one {n}', place: 'no place is chosen', brand: 'no brand is chosen', shares: 'no public table is chosen', budget: 'the budget must be a number from 0 to {most}', running: 'the running cap must be a number from 0 to {most}', waveName: 'wave {n} has no name', waveTwice: 'wave {n} has the name of wave {m}', waveBudget: 'the budget of wave {n} must be a number from 0 to {most}', draws: 'draws must be a whole number from 0 to 1000', seed: 'the seed must be a whole number from 0 to 2147483647' },
  },
  planState: { planning: 'planning', draft: 'draft', approved: 'approved', infeasible: 'infeasible', failed: 'failed' },
  plan: {
    title: 'Plan', name: 'Plan', none: 'No plans yet.', lower: 'Certain (lower bound)', lowerSays: 'what the best plan so far brings', upper: 'Possible (upper bound)', upperSays: 'no plan brings more', gap: 'Gap', gapSays: 'at most so far from the best', seconds: 'seconds', boundsChart: 'Lower and upper bound as they close in', waiting: 'The facts are being made ready; the bounds show once solving has begun.',
    stop: 'Stop and keep the best', infeasible: 'No plan keeps all the rules', infeasibleWhy: 'Budget, running cap and locked sites contradict each other.', failed: 'The plan was not made', failedWhy: 'It broke off; the scenario is still there.', changeScenario: 'Change the scenario', clickWhy: 'choose a shop to see why', clickLock: 'choose a shop to see why, lock or forbid it',
    verify: 'Verify certificate', verifying: 'Verifying…', proven: 'The certificate holds: no plan can bring more than {gap} more.', unproven: 'The certificate does not hold (gap {gap}). Do not use this plan, and tell an administrator.', report: 'Print report', approve: 'Approve', approveTitle: 'Approve “{name}”', approveLead: 'Approving freezes the plan; who, when and why are kept.', note: 'Note (optional)', approvedNow: 'Approved and frozen', frozen: 'Approved by {by} on {at}; frozen as it is.', stopped: 'stopped early', stoppedSays: 'Stopped before its end: this is the best plan found by then, and its intervals may rest on fewer draws than asked for.',
  },
  lock: {
    next: 'In the next plan:', require: 'Lock in', forbid: 'Forbid', is: { require: 'locked in', forbid: 'forbidden' }, will: { require: 'Lock in: {name}', forbid: 'Forbid: {name}', free: 'Set free: {name}' }, count: '{k} change to plan with | {k} changes to plan with', none: 'Want it otherwise? Open a shop to lock or forbid it, or add a site, and plan again.', add: 'Add a site', clear: 'Undo all', replan: 'Plan again',
  },
  site: { models: 'Models carried', fitOut: 'Cost, once', margin: 'Dealer’s margin', source: 'added by a planner', lead: 'The site joins the candidates as a sketch and is locked into the next plan.', added: 'Site added' },
  compare: { in: 'In', title: 'Compare two plans', short: 'Compare', pick: 'Compare “{name}”', go: 'Compare the two', hint: 'tick two plans to compare them', before: 'Compare with the last', swap: 'Swap A and B', answers: 'Answers', what: 'Answer', difference: 'B less A', points: '{n} points', onlyA: 'Only A has', onlyB: 'Only B has', both: 'Both have', none: 'None', unchosen: 'No plans are chosen yet. Tick two in the list of plans, then press “Compare the two”.', toPlans: 'To the list of plans' },

  share: { lead: 'Shares by tier, channel and brand; public rank; what was sold against the plan.', none: 'No plan for this place yet, so no shares are reckoned. Make a plan first.', fromPlan: 'from plan #{id}', actual: 'Sold against planned', noActual: 'No sell-out yet. Import sellout.csv and each period stands here beside its plan.', noActualNext: 'Import sell-out', period: 'Period', planned: 'Planned', sold: 'Sold', interval: 'Interval', intervalNote: 'The interval is not reckoned for each period: it is the plan’s interval for a year in proportion to what is planned for the period, and shows the rough range only.' },

  admin: { people: 'People', roles: 'Roles and rights', audit: 'Audit trail', sources: 'Data sources' },
  person: {
    name: 'Name', role: 'Role', territory: 'Territory', email: 'E-mail (optional)', lead: 'One role and one territory each. An invitation link is shown once: hand it over in person or by a way you trust.', invite: 'Invite', makeLink: 'Make the invitation link', newLink: 'New link', linkSays: 'Invitation link, shown this once:', linkFor: 'For {name} (user name {login}), good until {at}', active: 'active', disabled: 'disabled', invited: 'invited', expired: 'invitation ran out', absent: 'not invited', linkUntil: 'link until {at}', withdraw: 'Withdraw link', withdrawn: 'Link withdrawn', disable: 'Disable', enable: 'Enable', disabledNow: 'Disabled', enabledNow: 'Enabled',
    may: 'This role may:', shopId: 'Shop id', newDistributor: 'New distributor', distributorId: 'Distributor id',
  },
  roles: { lead: 'Rights come with the role, their reach with the territory.', right: 'Right' },
  audit: { lead: 'Every change and every sign-in: who, when, from where, the old and the new value.', who: 'Who', what: 'Did what', row: 'Record', table: 'Table', values: 'Old → new', origin: 'From where', from: 'Since', none: 'No record fits.' },
  sources: { lead: 'Where every number comes from, how it is known, and its licence.', rows: 'Rows', licence: 'Licence', none: 'No data yet. Import first.', noLicence: 'not noted', edit: 'Note the licence of “{source}”', partHint: 'Holds for every source that contains this text; shorten it to what several share.', licenceHint: 'Such as CC BY 4.0; blank forgets it.' },
  account: { title: 'My account', language: 'Language', version: 'Version {version}' },
  totp: { title: 'Second factor', on: 'On: signing in asks for a code.', off: 'Off. When on, a password alone does not sign in.', begin: 'Turn on', scan: 'Scan with an authenticator app, then type the six digits it shows.', picture: 'QR code of the second factor', byHand: 'Or type by hand:', confirm: 'Confirm', end: 'Turn off', onNow: 'The second factor is on', offNow: 'The second factor is off' },
  tokens: { title: 'Tokens for programs', name: 'Used for', rights: 'Rights', ends: 'Ends', none: 'No tokens.', new: 'New token', days: 'Days', make: 'Make', drop: 'Revoke', dropped: 'Revoked', once: 'The token is shown this once:' },
}
