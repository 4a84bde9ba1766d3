/** What an approval stands on: when one of these changes, it no longer says yes to what is planned. */
export const approvedFields = [
  'description',
  'reason',
  'risk_level',
  'implementation_plan',
  'test_plan',
  'backout_plan',
  'planned_start',
  'planned_end',
  'configuration_item_ids',
  'service_id',
  'kind',
] as const;

type Row = Readonly<Record<string, unknown>>;

const words: Record<(typeof approvedFields)[number], string> = {
  description: 'what is altered',
  reason: 'the reason',
  risk_level: 'the risk',
  implementation_plan: 'the plan',
  test_plan: 'the test',
  backout_plan: 'the way back',
  planned_start: 'the window',
  planned_end: 'the window',
  configuration_item_ids: 'the components',
  service_id: 'the service',
  kind: 'the kind',
};

const plain = (value: unknown): string =>
  JSON.stringify(
    value instanceof Date ? value.toISOString() : Array.isArray(value) ? [...value].sort() : (value ?? null),
  );

/** The names of what an edit changes of it, in words, each once. */
export function approvalBroken(record: Row, input: Row): string[] {
  const changed = approvedFields.filter(
    (name) => input[name] !== undefined && plain(input[name]) !== plain(record[name]),
  );
  return [...new Set(changed.map((name) => words[name]))];
}

/** What a change needs before somebody may decide on it, by its kind: field and sentence of what is missing. */
export function missingFor(kind: string, record: Row): { field: string; message: string }[] {
  const needed: [string, string][] = [
    ['reason', 'Say why it is needed.'],
    ['configuration_item_ids', 'Name the components it touches.'],
    ['backout_plan', 'Say how one gets back.'],
    ...(kind === 'emergency'
      ? ([
          ['incident_id', 'Name the incident it is for.'],
          ['risk_level', 'Say how risky it is.'],
        ] as [string, string][])
      : ([
          ['description', 'Say what is altered.'],
          ['service_id', 'Name the service it concerns.'],
          ['implementation_plan', 'Write down the plan.'],
          ['test_plan', 'Say how it is tested.'],
          ['planned_start', 'Say when the window begins.'],
          ['planned_end', 'Say when the window ends.'],
        ] as [string, string][])),
  ];
  const empty = (value: unknown) =>
    value === null ||
    value === undefined ||
    (Array.isArray(value) && value.length === 0) ||
    String(value).trim() === '';
  return needed.filter(([field]) => empty(record[field])).map(([field, message]) => ({ field, message }));
}

/** The sentence when a window is none; null when it is one. */
export function windowWrong(start: unknown, end: unknown): string | null {
  if (!(start instanceof Date) || !(end instanceof Date)) return null;
  return end > start ? null : 'A window ends after it begins.';
}
