/** Every screen of the product: who looks at it and how one gets there. */
export interface Screen {
  readonly name: string;
  readonly who: string | null;
  /** An address, or a way to find one: the first record of a list the API answers. */
  readonly at: string | { readonly first: string; readonly at: (number: string) => string };
  /** What is pressed or clicked before the picture is taken. */
  readonly press?: readonly string[];
  readonly click?: string;
  readonly type?: string;
}

const first = (list: string, at: (number: string) => string) => ({ first: list, at });

export const screens: readonly Screen[] = [
  { name: 'sign-in', who: null, at: '/sign-in' },
  { name: 'reset', who: null, at: '/reset' },
  { name: 'setup', who: null, at: '/setup?token=example' },
  { name: 'portal', who: 'rita', at: '/' },
  { name: 'portal-asking', who: 'rita', at: '/', click: 'textarea, input[type="text"], #need', type: 'card reader' },
  { name: 'portal-mine', who: 'rita', at: '/mine' },
  {
    name: 'portal-ticket',
    who: 'rita',
    at: first('incidents?requester_id=me&sort=-opened_at', (number) => `/mine/${number}`),
  },
  { name: 'portal-notifications', who: 'rita', at: '/notifications' },
  { name: 'my-work', who: 'sam', at: '/my-work' },
  { name: 'queue', who: 'sam', at: '/incidents' },
  {
    name: 'incident',
    who: 'sam',
    at: first('incidents?state_category=open&service_id.empty=false&sort=priority,due_at', (n) => `/incidents/${n}`),
  },
  {
    name: 'incident-explain',
    who: 'sam',
    at: first('incidents?state_category=open&service_id.empty=false&sort=priority,due_at', (n) => `/incidents/${n}`),
    press: ['x'],
  },
  {
    name: 'incident-resolve',
    who: 'sam',
    at: first('incidents?state=in_progress&sort=priority,due_at', (n) => `/incidents/${n}`),
    press: ['e'],
  },
  {
    name: 'incident-merge',
    who: 'sam',
    at: first('incidents?state_category=open&title.contains=declined&sort=-opened_at', (n) => `/incidents/${n}`),
    press: ['m'],
  },
  {
    name: 'incident-merged',
    who: 'sam',
    at: first('incidents?merged_into_id.empty=false&sort=-opened_at', (n) => `/incidents/${n}`),
  },
  {
    name: 'incident-edit',
    who: 'sam',
    at: first('incidents?state_category=open&service_id.empty=false&sort=priority,due_at', (n) => `/incidents/${n}`),
    press: ['i'],
  },
  {
    name: 'incident-proposed',
    who: 'sam',
    at: first(
      'incidents?title.contains=Cards declined at the door&requester_id=rita@pizza.example',
      (n) => `/incidents/${n}`,
    ),
  },
  {
    name: 'incident-declare',
    who: 'sam',
    at: first(
      'incidents?title.contains=Cards declined at the door&requester_id=rita@pizza.example',
      (n) => `/incidents/${n}`,
    ),
    press: ['b'],
  },
  {
    name: 'incident-print',
    who: 'sam',
    at: first(
      'incidents?state_category=open&service_id.empty=false&sort=priority,due_at',
      (n) => `/incidents/${n}/print`,
    ),
  },
  { name: 'agreement-print', who: 'ada', at: first('agreements?state=published', (n) => `/agreements/${n}/print`) },
  { name: 'incident-new', who: 'sam', at: '/incidents/new' },
  { name: 'incident-call', who: 'sam', at: '/incidents/new?call=1' },
  {
    name: 'incident-steps',
    who: 'sam',
    at: first('incidents?title.contains=Reader battery', (n) => `/incidents/${n}`),
  },
  { name: 'incident-table', who: 'sam', at: '/incidents/table' },
  { name: 'incident-views', who: 'sam', at: '/incidents/table', click: 'summary:has-text("Views")' },
  { name: 'text-templates', who: 'sam', at: '/text-templates' },
  { name: 'text-template', who: 'sam', at: first('text-templates', (n) => `/text-templates/${n}`) },
  { name: 'text-template-new', who: 'sam', at: '/text-templates/new' },
  { name: 'macro', who: 'sam', at: first('macros', (n) => `/macros/${n}`) },
  {
    name: 'view-edit',
    who: 'ada',
    at: first('views?state=active', (n) => `/views/${n}`),
    press: ['i'],
  },
  { name: 'checklist-new', who: 'ada', at: '/checklists/new', click: 'button:has-text("Add a step")' },
  { name: 'checklist', who: 'ada', at: first('checklists', (n) => `/checklists/${n}`), press: ['i'] },
  { name: 'macro-new', who: 'ada', at: '/macros/new', click: 'button:has-text("Add a step")' },
  { name: 'palette', who: 'sam', at: '/my-work', press: ['Control+k'] },
  { name: 'key-help', who: 'sam', at: '/my-work', press: ['?'] },
  { name: 'search', who: 'sam', at: '/search?q=card%20payment' },
  { name: 'notifications', who: 'sam', at: '/notifications' },
  { name: 'people', who: 'sam', at: '/people' },
  { name: 'person', who: 'ada', at: first('people?email=sam@pizza.example', (n) => `/people/${n}`) },
  { name: 'teams', who: 'sam', at: '/teams' },
  { name: 'team', who: 'sam', at: first('teams', (n) => `/teams/${n}`) },
  { name: 'services', who: 'ines', at: '/services' },
  { name: 'service', who: 'ines', at: first('services?name=Card payments', (n) => `/services/${n}`) },
  { name: 'goals', who: 'carla', at: '/goals' },
  { name: 'goal', who: 'carla', at: first('goals', (n) => `/goals/${n}`) },
  { name: 'components', who: 'cho', at: '/components' },
  { name: 'component', who: 'cho', at: first('configuration-items', (n) => `/components/${n}`) },
  { name: 'changes', who: 'cho', at: '/changes' },
  { name: 'my-work-approving', who: 'ines', at: '/my-work' },
  { name: 'change', who: 'ines', at: first('changes?state=awaiting_authorization', (n) => `/changes/${n}`) },
  { name: 'change-causing', who: 'cho', at: first('changes?title.contains=Release 9.2', (n) => `/changes/${n}`) },
  { name: 'change-new', who: 'cho', at: '/changes/new' },
  { name: 'change-calendar', who: 'cho', at: '/changes/calendar' },
  { name: 'problems', who: 'cho', at: '/problems' },
  { name: 'problem', who: 'cho', at: first('problems?known_error=true', (n) => `/problems/${n}`) },
  {
    name: 'incident-similar',
    who: 'sam',
    at: first('incidents?q=Cards declined at the door&sort=priority', (n) => `/incidents/${n}`),
    click: '.ctx button[aria-label^="Why: "]',
  },
  { name: 'calendars', who: 'ada', at: '/calendars' },
  { name: 'calendar', who: 'ada', at: first('calendars', (n) => `/calendars/${n}`) },
  { name: 'agreements', who: 'ada', at: '/agreements' },
  { name: 'agreement', who: 'ada', at: first('agreements?state=published', (n) => `/agreements/${n}`) },
  { name: 'operations', who: 'carla', at: '/operations' },
  { name: 'history', who: 'otto', at: '/history' },
  { name: 'administration', who: 'ada', at: '/administration' },
  { name: 'outbox', who: 'ada', at: '/outbox' },
  { name: 'custom-fields', who: 'ada', at: '/custom-fields' },
  { name: 'custom-field-new', who: 'ada', at: '/custom-fields/new' },
  { name: 'assignment-rules', who: 'ada', at: '/assignment-rules' },
  { name: 'assignment-rule', who: 'ada', at: first('assignment-rules', (n) => `/assignment-rules/${n}`) },
  {
    name: 'assignment-rule-draft',
    who: 'ada',
    at: first('assignment-rules?state=draft', (n) => `/assignment-rules/${n}`),
  },
  {
    name: 'assignment-rule-new',
    who: 'ada',
    at: '/assignment-rules/new',
    click: 'summary:has-text("What a condition")',
  },
  { name: 'incident-models', who: 'ada', at: '/incident-models' },
  { name: 'incident-model', who: 'ada', at: first('incident-models', (n) => `/incident-models/${n}`) },
  { name: 'incident-model-new', who: 'ada', at: '/incident-models/new' },
  { name: 'retention-rules', who: 'ada', at: '/retention-rules' },
  { name: 'retention-rule', who: 'ada', at: first('retention-rules', (n) => `/retention-rules/${n}`) },
  { name: 'webhooks', who: 'ada', at: '/webhooks' },
  { name: 'webhook', who: 'ada', at: first('webhooks', (n) => `/webhooks/${n}`) },
  { name: 'alerts', who: 'sam', at: '/alerts' },
  { name: 'alert', who: 'sam', at: first('alerts', (n) => `/alerts/${n}`) },
  { name: 'outages', who: 'sam', at: '/outages' },
  { name: 'outage', who: 'sam', at: first('outages', (n) => `/outages/${n}`) },
  { name: 'alert-sources', who: 'ada', at: '/alert-sources' },
  { name: 'alert-source', who: 'ada', at: first('alert-sources?key=alertmanager', (n) => `/alert-sources/${n}`) },
  { name: 'alert-source-new', who: 'ada', at: '/alert-sources/new' },
  { name: 'profile', who: 'sam', at: '/profile' },
  { name: 'notice-rules', who: 'ada', at: '/notice-rules' },
  { name: 'notice-rule-new', who: 'ada', at: '/notice-rules/new' },
  { name: 'notice-link', who: null, at: '/notices?token=example' },
  { name: 'missing', who: 'sam', at: '/incidents/INC-999999' },
  {
    name: 'person-hand-over',
    who: 'ada',
    at: first('people?name.contains=Okafor', (number) => `/people/${number}`),
    click: 'button:has-text("Hand over the work")',
  },
];

export const sizes = {
  wide: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  /** For the README and the guide: smaller files. */
  guide: { width: 1280, height: 800 },
} as const;
export const themes = ['light', 'dark'] as const;
