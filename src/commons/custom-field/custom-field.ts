import type { Verb } from '../../kernel/command';
import type { Field } from '../../kernel/field';
import { type RecordType, record } from '../../kernel/record';
import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { plainLife } from '../keeping/life';
import { keepingVerbs } from '../keeping/verbs';
import { administrator, staff } from '../people';

export const kinds = ['text', 'number', 'money', 'date', 'instant', 'boolean', 'choice', 'person', 'record'] as const;
export type Kind = (typeof kinds)[number];

/** A field an organisation adds to a kind of record: at once in form, list, filter, search, history, import, export. */
export const customField: RecordType = record({
  type: 'custom_field',
  plural: 'custom-fields',
  prefix: 'FIELD',
  table: 'custom_field',
  label: 'Custom field',
  labels: 'Custom fields',
  knownBy: [],
  life: plainLife,
  sees: [staff],
  team: [staff],
  fields: {
    record_type: { kind: 'text', label: 'On', writable: 'creation', required: true, max: 60 },
    key: { kind: 'text', label: 'Key', writable: 'creation', required: true, max: 60, help: 'Begins with x_.' },
    label: { kind: 'text', label: 'Label', on: 'record', column: 'title', required: true, max: 100 },
    kind: { kind: 'choice', label: 'Kind', writable: 'creation', required: true, choices: kinds },
    choices: { kind: 'texts', label: 'Choices' },
    required: { kind: 'boolean', label: 'Needed when created', standard: false },
    help: { kind: 'text', label: 'Help', max: 500 },
  },
});

export interface CustomFieldRow {
  record_type: string;
  key: string;
  label: string;
  kind: Kind;
  choices: string[];
  required: boolean;
  help: string | null;
}

/** The declared field a row stands for. */
export function fieldOf(row: CustomFieldRow): Field {
  const shared = { label: row.label, on: 'custom' as const, required: row.required, help: row.help ?? undefined };
  switch (row.kind) {
    case 'text':
      return { ...shared, kind: 'text', max: 4000, searched: true };
    case 'choice':
      return { ...shared, kind: 'choice', choices: row.choices };
    case 'person':
      return { ...shared, kind: 'reference', to: 'person' };
    case 'record':
      return { ...shared, kind: 'reference' };
    default:
      return { ...shared, kind: row.kind };
  }
}

const check =
  (types: () => ReadonlySet<string>) => (before: Record<string, unknown>, input: Record<string, unknown>) => {
    const kind = input.kind ?? before.kind;
    if (input.key !== undefined && !/^x_[a-z][a-z0-9_]*$/.test(String(input.key)))
      throw invalid(
        'key',
        say`A key begins with x_ and has small letters, digits and underscores, such as x_cost_centre.`,
      );
    if (input.record_type !== undefined && !types().has(String(input.record_type)))
      throw invalid('record_type', say`There is no record type ${String(input.record_type)}.`);
    const choices = (input.choices ?? before.choices ?? []) as string[];
    if (kind === 'choice' && choices.length === 0) throw invalid('choices', say`A choice needs its choices.`);
  };

/** The verbs; which record types there are is known once the house is open. */
export function customFieldVerbs(types: () => ReadonlySet<string>): Verb[] {
  return keepingVerbs(customField, { make: [administrator] }, check(types));
}
