import type { Field } from './field';
import type { Lifecycle } from './lifecycle';
import type { Relation } from './policy';

/** A noun: what it is called, where it lives, what it holds, how it lives, who sees it. */
export interface RecordType {
  /** Singular, snake_case: `configuration_item`. */
  readonly type: string;
  /** In addresses, kebab-case: `configuration-items`. */
  readonly plural: string;
  readonly prefix: string;
  /** Its own table beside `record`, sharing the id. */
  readonly table: string;
  readonly label: string;
  readonly labels: string;
  readonly fields: Readonly<Record<string, Field>>;
  readonly life: Lifecycle;
  /** Who has a record in sight. */
  readonly sees: readonly Relation[];
  /** Who reads what is for the team only. */
  readonly team: readonly Relation[];
  /** Who may name a record in a reference; who sees it when not given. */
  readonly named?: readonly Relation[];
  /** Further fields a reference may be written by, exact but for case: e-mail, key. `title` is always tried last. */
  readonly knownBy?: readonly string[];
  /** A number of its own instead of prefix and serial: a department's key. */
  readonly numberedBy?: string;
  readonly standardSort?: string;
  /** Fields that follow from each other: once one of a set was changed, an earlier act on another is not taken back. */
  readonly bound?: readonly (readonly string[])[];
}

const base: Record<string, Field> = {
  id: { kind: 'text', label: 'Id', on: 'record', writable: false },
  number: { kind: 'text', label: 'Number', on: 'record', writable: false, sorted: 'never null' },
  title: { kind: 'text', label: 'Title', on: 'record', writable: false },
  type: { kind: 'text', label: 'Type', on: 'record', writable: false },
  state: { kind: 'choice', label: 'State', on: 'record', writable: false },
  state_category: {
    kind: 'choice',
    label: 'State category',
    on: 'record',
    writable: false,
    choices: ['open', 'paused', 'stopped', 'final'],
  },
  state_since: { kind: 'instant', label: 'In this state since', on: 'record', writable: false },
  version: { kind: 'integer', label: 'Version', on: 'record', writable: false },
  created_at: { kind: 'instant', label: 'Created', on: 'record', writable: false },
  updated_at: { kind: 'instant', label: 'Updated', on: 'record', writable: false, sorted: 'never null' },
};

/** Declares a record type; the fields every record has are added. */
export function record(type: RecordType): RecordType {
  const state = { ...base.state!, choices: Object.keys(type.life.states) };
  return { ...type, fields: { ...base, state, ...type.fields } };
}

export function columnOf(name: string, field: Field): string {
  return field.column ?? name;
}
