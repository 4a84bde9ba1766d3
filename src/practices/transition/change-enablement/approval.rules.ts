import { type Sentence, say } from '../../../kernel/sentence.contract';

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

const words: Record<(typeof approvedFields)[number], Sentence> = {
  description: say`what is altered`,
  reason: say`the reason`,
  risk_level: say`the risk`,
  implementation_plan: say`the plan`,
  test_plan: say`the test`,
  backout_plan: say`the way back`,
  planned_start: say`the window`,
  planned_end: say`the window`,
  configuration_item_ids: say`the components`,
  service_id: say`the service`,
  kind: say`the kind`,
};

const plain = (value: unknown): string =>
  JSON.stringify(
    value instanceof Date ? value.toISOString() : Array.isArray(value) ? [...value].sort() : (value ?? null),
  );

/** The names of what an edit changes of it, in words, each once. */
export function approvalBroken(record: Row, input: Row): Sentence[] {
  const changed = approvedFields.filter(
    (name) => input[name] !== undefined && plain(input[name]) !== plain(record[name]),
  );
  return [...new Set(changed.map((name) => words[name]))];
}

/** What a change needs before somebody may decide on it, by its kind: field and sentence of what is missing. */
export function missingFor(kind: string, record: Row): { field: string; message: Sentence }[] {
  const needed: [string, Sentence][] = [
    ['reason', say`Say why it is needed.`],
    ['configuration_item_ids', say`Name the components it touches.`],
    ['backout_plan', say`Say how one gets back.`],
    ...(kind === 'emergency'
      ? ([
          ['incident_id', say`Name the incident it is for.`],
          ['risk_level', say`Say how risky it is.`],
        ] as [string, Sentence][])
      : ([
          ['description', say`Say what is altered.`],
          ['service_id', say`Name the service it concerns.`],
          ['implementation_plan', say`Write down the plan.`],
          ['test_plan', say`Say how it is tested.`],
          ['planned_start', say`Say when the window begins.`],
          ['planned_end', say`Say when the window ends.`],
        ] as [string, Sentence][])),
  ];
  const empty = (value: unknown) =>
    value === null ||
    value === undefined ||
    (Array.isArray(value) && value.length === 0) ||
    String(value).trim() === '';
  return needed.filter(([field]) => empty(record[field])).map(([field, message]) => ({ field, message }));
}

/** The sentence when a window is none; null when it is one. */
export function windowWrong(start: unknown, end: unknown): Sentence | null {
  if (!(start instanceof Date) || !(end instanceof Date)) return null;
  return end > start ? null : say`A window ends after it begins.`;
}
