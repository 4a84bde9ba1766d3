import fc from 'fast-check';

const words = [
  'zebra',
  'printer',
  'printers',
  'prinetr',
  'terminl',
  'payrol',
  'payroll',
  'harassment',
  'salary',
  'netwrok',
  'cabel',
  'SECRET-1',
  'salaries',
  'fired',
  'INC-1005',
  'hana@x.test',
  'pay-gw-2',
  'Secret',
];
const plurals = [
  'incidents',
  'services',
  'goals',
  'configuration-items',
  'teams',
  'people',
  'departments',
  'organizations',
  'problems',
  'changes',
  'agreements',
  'calendars',
  'incident-models',
  'custom-fields',
  'alerts',
  'alert-sources',
  'outages',
  'views',
  'text-templates',
  'macros',
  'checklists',
  'notice-rules',
  'practices',
  'vocabularies',
  'retention-rules',
  'assignment-rules',
  'action-rules',
  'queue-orders',
];

/** Questions over every way in that answers something; the numbers of what is still to come are among them. */
export function questions(numbers: readonly string[]): string[] {
  const value = fc.oneof(
    fc.constantFrom(
      ...words,
      ...numbers,
      'hr',
      'it',
      'me',
      'Card payments',
      'Payroll',
      'Secret circle',
      'salary-db',
      '1',
      '3',
      'new',
      'true',
      'hana@x.test',
      '2026-03-02T10:00:00Z',
    ),
  );
  const field = fc.constantFrom(
    'state',
    'priority',
    'title',
    'name',
    'department',
    'service_id',
    'configuration_item_id',
    'team_id',
    'parent_id',
    'requester_id',
    'assignee_id',
    'opened_at',
    'updated_at',
    'number',
    'major',
    'category',
    'goals',
    'version',
  );
  const operator = fc.constantFrom('', '.ne', '.gt', '.gte', '.lt', '.lte', '.contains', '.empty');
  const sort = fc.constantFrom(
    'number',
    '-number',
    'priority,-opened_at',
    '-updated_at',
    'title',
    'service_id',
    '-configuration_item_id',
    '-parent_id',
    'team_id,title',
  );
  const condition = fc
    .tuple(field, operator, value)
    .map(([name, op, text]) => `${name}${op}=${encodeURIComponent(text)}`);
  const list = fc
    .tuple(
      fc.constantFrom(...plurals, 'incidents', 'incidents', 'incidents'),
      fc.array(condition, { maxLength: 2 }),
      sort,
      fc.option(value),
      fc.constantFrom('', '&format=csv', '&format=jsonl'),
    )
    .map(
      ([plural, conditions, order, q, format]) =>
        `/${plural}?count=true&limit=2&sort=${order}${conditions.map((one) => `&${one}`).join('')}${q ? `&q=${encodeURIComponent(q)}` : ''}${format}`,
    );
  const measure = fc
    .tuple(
      fc.constantFrom('intake', 'resolved', 'backlog', 'dwell', 'resolution-hours', 'promises'),
      fc.constantFrom('month', 'day', 'team', 'service', 'priority', 'department', 'state'),
      fc.constantFrom(
        '',
        '&department=hr',
        '&service_id=Card%20payments',
        '&service_id=Payroll',
        '&team_id=Secret%20circle',
      ),
    )
    .map(([name, by, more]) => `/measures/${name}?by=${by}${more}`);
  const found = fc
    .tuple(value, fc.constantFrom('', '&type=incident', '&limit=1'))
    .map(([q, more]) => `/search?q=${encodeURIComponent(q)}${more}`);
  const past = fc
    .tuple(fc.constantFrom('', '&type=incident', '&name=incident.linked', '&at.gte=2026-03-02T10:00:00Z'), fc.nat(40))
    .map(([more, seq]) => `/history?limit=500&after_seq=${seq}${more}`);
  const paths = [
    '',
    '/history',
    '/comments',
    '/attachments',
    '/links',
    '/watchers',
    '/tasks',
    '/time-entries',
    '/presence',
    '/clocks',
    '/line-of-sight',
    '/context',
    '/who-can-see',
    '/proposals',
    '/major',
    '?as_of=2026-03-02T12:00:00Z',
    '?with=comments,attachments,links,watchers,tasks,time-entries,history,line-of-sight,clocks,context',
  ];
  const one = fc
    .tuple(fc.constantFrom(...numbers), fc.constantFrom(...paths))
    .map(([number, path]) => `/incidents/${number}${path}`);
  const other = fc.constantFrom(
    '/services/SVC-1001',
    '/services/SVC-1002',
    '/services/SVC-1002?with=history,links,line-of-sight,clocks,context',
    '/goals/GOAL-1002',
    '/goals/GOAL-1001',
    '/configuration-items/CI-1001',
    '/configuration-items/CI-1002',
    '/teams/TEAM-1004',
    '/me/notifications',
    '/me/notices',
    '/me/outages',
    '/outages/OUT-1001',
    '/outages/OUT-1001/history',
    '/alerts/ALR-1001',
    '/services/SVC-1001/availability?from=2026-01-01',
    '/mails',
    '/record-types',
    '/action-rules?count=true',
    '/action-rules/condition-fields',
    '/words',
    '/history?order=newest&limit=200',
    '/queue-places?incident=INC-1001,INC-1002,INC-1003,INC-1004',
    '/queue-orders?count=true',
    '/vocabularies?count=true',
    '/checklists?count=true',
    '/assignment-rules/RULE-1001?with=history',
    '/action-rules/ACT-1001',
    '/action-rules/ACT-1001/history',
    '/action-rules/ACT-1001/tasks',
    '/assignment-rules?count=true',
    '/assignment-rules/condition-fields',
    '/changes/CHG-1001/conflicts',
    '/changes/CHG-1002/conflicts',
    '/changes/CHG-1002',
    '/problems/PRB-1001',
    '/problems/PRB-1002',
    '/problems/PRB-1002/history',
    '/changes?count=true&sort=planned_start&configuration_item_ids=pay-gw-2',
    '/problems?count=true&known_error=true',
    '/people/PER-1005/personal-data',
    '/people/PER-1010/personal-data',
    '/people/PER-1001/merging?into=PER-1002',
    '/people/PER-1005/merging?into=PER-1001',
    '/sign-in-rules',
    '/me/second-factor',
    '/me/passkeys',
  );
  const sight = fc
    .constantFrom('/services/SVC-1001', '/services/SVC-1002', '/configuration-items/CI-1001', '/goals/GOAL-1001')
    .map((at) => `${at}/line-of-sight`);
  const mixed = fc.oneof(
    { arbitrary: list, weight: 6 },
    measure,
    { arbitrary: found, weight: 2 },
    past,
    { arbitrary: one, weight: 3 },
    other,
    sight,
  );
  const fixed = [
    ...words.map((word) => `/search?q=${encodeURIComponent(word)}`),
    ...numbers.flatMap((number) => paths.map((path) => `/incidents/${number}${path}`)),
    '/history?limit=500',
    '/mails',
    '/me/notifications',
    '/me/outages',
    '/people/PER-1005/merging?into=PER-1001',
    '/people/PER-1001/merging?into=PER-1005',
    '/outages?count=true',
    '/alerts?count=true',
    '/services/SVC-1001/availability?from=2026-01-01',
    '/incidents?sort=number',
    '/assignment-rules?count=true&sort=number',
    '/action-rules?count=true&sort=number',
    '/queue-orders?count=true&sort=number',
    '/retention-rules?count=true&sort=number',
    '/vocabularies?count=true&sort=number',
    '/checklists?count=true&sort=number',
    '/action-rules/ACT-1001/tasks',
    '/action-rules/ACT-1001/history',
  ];
  return [...new Set([...fixed, ...fc.sample(mixed, { numRuns: 500, seed: 4711 })])];
}
