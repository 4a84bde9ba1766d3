import type { FieldMeta, RecordRow, Ref } from '../api/types';

/** What a form holds for a field while it is being written. */
export type Draft = string | boolean | { number: string; name: string } | { number: string; name: string }[] | null;

export type Shape =
  | 'text'
  | 'long'
  | 'number'
  | 'date'
  | 'instant'
  | 'boolean'
  | 'choice'
  | 'choices'
  | 'ref'
  | 'refs'
  | 'money'
  | 'json';

/** Texts people write sentences into. */
const long = new Set(['description', 'text', 'resolution_note', 'note', 'condition']);

/** How a field is written, from the kind the server names. */
export function shapeOf(field: FieldMeta): Shape {
  switch (field.kind) {
    case 'reference':
    case 'person':
    case 'record':
      return 'ref';
    case 'references':
      return 'refs';
    case 'texts':
      return 'choices';
    case 'choice':
      return field.choices?.length ? 'choice' : 'text';
    case 'integer':
    case 'number':
      return field.choices?.length || isScore(field) ? 'choice' : 'number';
    case 'money':
      return 'money';
    case 'boolean':
      return 'boolean';
    case 'date':
      return 'date';
    case 'instant':
      return 'instant';
    case 'json':
      return 'json';
    case 'markdown':
      return 'long';
    default:
      return long.has(field.name) ? 'long' : 'text';
  }
}

interface Money {
  amount: string;
  currency: string;
}

export interface Choice {
  value: string;
  label?: string;
}

/** A whole number with few values is chosen, not typed. */
function isScore(field: FieldMeta): boolean {
  return field.kind === 'integer' && field.min !== undefined && field.max !== undefined && field.max - field.min < 9;
}

export function choicesOf(field: FieldMeta): Choice[] {
  if (!field.choices && isScore(field)) {
    return Array.from({ length: field.max! - field.min! + 1 }, (_, at) => ({ value: String(field.min! + at) }));
  }
  return (field.choices ?? []).map((choice) =>
    typeof choice === 'object' ? { value: String(choice.value), label: choice.label } : { value: String(choice) },
  );
}

/** What of a free text people read: the word of the catalogue for a key it knows (`walk_in`), else the text itself. */
export const readAs = (offered: readonly [string, string][], value: string): string =>
  offered.find(([key]) => key === value)?.[1] ?? value;

/** What is kept for what was written: the key whose word it is, else the text itself. */
export const keptAs = (offered: readonly [string, string][], text: string): string =>
  offered.find(([, word]) => word === text)?.[0] ?? text;

/** `2026-11-21T18:45` in the browser's zone, for a `datetime-local` input. */
export function localInput(instant: string): string {
  const at = new Date(instant);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

/** Reads a field of a record into a form. */
export function draftOf(field: FieldMeta, record?: RecordRow): Draft {
  const value = record?.[field.name];
  const shape = shapeOf(field);
  if (value === null || value === undefined)
    return shape === 'refs' ? [] : shape === 'boolean' ? false : shape === 'ref' ? null : '';
  if (shape === 'refs') return (value as Ref[]).map((one) => ({ number: one.number, name: one.name }));
  if (shape === 'ref') return value as Ref;
  if (shape === 'boolean') return Boolean(value);
  if (shape === 'instant') return localInput(String(value));
  if (shape === 'choices') return (value as string[]).join(', ');
  if (shape === 'money') return `${(value as Money).amount} ${(value as Money).currency}`;
  if (typeof value === 'object') return JSON.stringify(value, null, 2);
  return String(value);
}

/** What is sent for a field; `undefined` means: say nothing about it. Throws a sentence for unreadable text. */
export function sentOf(field: FieldMeta, draft: Draft): unknown {
  const shape = shapeOf(field);
  if (shape === 'refs') return ((draft as { number: string }[] | null) ?? []).map((one) => one.number);
  if (shape === 'ref') return (draft as { number: string } | null)?.number ?? null;
  if (shape === 'boolean') return Boolean(draft);
  const text = typeof draft === 'string' ? draft.trim() : '';
  if (!text) return shape === 'choices' ? [] : null;
  if (shape === 'number') return Number(text.replace(',', '.'));
  if (shape === 'money') {
    const [amount, currency] = text.split(/\s+/);
    return { amount: amount?.replace(',', '.'), currency: (currency ?? 'EUR').toUpperCase() };
  }
  if (shape === 'instant') return new Date(text).toISOString();
  if (shape === 'choices')
    return text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
  if (shape === 'choice' && field.kind !== 'choice') return Number(text);
  if (shape === 'json') return bare(JSON.parse(text));
  return typeof draft === 'string' ? draft : text;
}

/** References inside a structure are sent by their number. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || typeof value !== 'object') return value;
  if ('number' in value && 'name' in value) return (value as Ref).number;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, bare(one)]));
}

/** Only what was written or changed: the body of a create (`before` absent) or an edit. */
export function bodyOf(
  fields: FieldMeta[],
  drafts: Record<string, Draft>,
  before?: RecordRow,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    if (!(field.name in drafts)) continue;
    const sent = sentOf(field, drafts[field.name] ?? null);
    if (before) {
      if (JSON.stringify(sent) !== JSON.stringify(sentOf(field, draftOf(field, before)))) body[field.name] = sent;
    } else if (
      sent !== null &&
      !(Array.isArray(sent) && sent.length === 0) &&
      !(shapeOf(field) === 'boolean' && !sent)
    ) {
      body[field.name] = sent;
    }
  }
  return body;
}
