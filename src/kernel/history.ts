import { createHash, hash, randomFillSync } from 'node:crypto';
import type { Row } from './database';
import type { Moment } from './moment.contract';

/** What made something happen: an earlier line, a timer, or a row of an imported file. */
export type Cause = { line: string } | { timer: string } | { file: string; row: number };

export interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A change as it lies in the table: with a salt of its own, or blanked, when only its digest stays. */
export type StoredChange = (Change & { salt: string }) | { field: string; erased: true; leaf: string };

/** One line of the one history, with the record before and after for those who react to it. */
export interface Line {
  readonly id: string;
  readonly record_id: string;
  readonly type: string;
  readonly name: string;
  readonly verb: string;
  readonly actor_id: string | null;
  readonly actor_kind: string;
  readonly at: Date;
  readonly recorded_at: Date;
  readonly internal: boolean;
  readonly changes: readonly Change[];
  readonly cause: Cause | null;
  readonly why: unknown;
  readonly depth: number;
  readonly before: Row | null;
  readonly after: Row;
  /** The moment this line takes back. */
  readonly undoes?: Moment;
}

/** Texts that JSON writes as they are. */
const plain = /^[ !#-[\]-~]*$/;

/** JSON with sorted keys: the same text before it was stored and after it was read back. */
export function canonical(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return plain.test(value) ? `"${value}"` : JSON.stringify(value);
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value as Row).filter(([, inner]) => inner !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const salts = Buffer.alloc(12 * 1024);
let salted = salts.length;
function newSalt(): string {
  if (salted >= salts.length) {
    randomFillSync(salts);
    salted = 0;
  }
  salted += 12;
  return salts.toString('base64', salted - 12, salted);
}

/** One call instead of three: a line has many values, and this is what remembering them costs. */
const sha256Hex = (text: string) => hash('sha256', text, 'hex');

function leafOf(change: StoredChange): string {
  if ('erased' in change) return change.leaf;
  const { salt, field, before, after } = change;
  return sha256Hex(`${salt}[${canonical(field)},${canonical(before)},${canonical(after)}]`);
}

export function salt(changes: readonly Change[]): StoredChange[] {
  return changes.map(({ field, before, after }) => ({ field, before, after, salt: newSalt() }));
}

/** What stays of a change when its values must go: the digest that keeps the chain whole. */
export function blank(change: StoredChange): StoredChange {
  return { field: change.field, erased: true, leaf: leafOf(change) };
}

export interface StoredLine {
  id: string;
  record_id: string;
  type: string;
  name: string;
  actor_id: string | null;
  actor_kind: string;
  at: Date;
  recorded_at: Date;
  internal: boolean;
  changes: StoredChange[];
  cause: unknown;
  why: unknown;
}

/** SHA-256 over everything the line says; values enter by their salted digests, so they can be blanked later. */
export function digestOf(line: StoredLine): Buffer {
  return Buffer.from(digestHex(line), 'hex');
}

function digestHex(line: StoredLine): string {
  const said = [
    line.id,
    line.record_id,
    line.type,
    line.name,
    line.actor_id,
    line.actor_kind,
    line.at,
    line.recorded_at,
  ];
  const rest = [line.internal, line.cause ?? null, line.why ?? null, line.changes.map(leafOf)];
  return sha256Hex(`[${said.map(canonical).join(',')},${rest.map(canonical).join(',')}]`);
}

export function chain(previous: Buffer, digest: Buffer): Buffer {
  return sha256(previous, digest);
}

/** The row of table `history` for a line. */
export function rowOf(line: Line): Row {
  const stored: StoredLine = {
    id: line.id,
    record_id: line.record_id,
    type: line.type,
    name: line.name,
    actor_id: line.actor_id,
    actor_kind: line.actor_kind,
    at: line.at,
    recorded_at: line.recorded_at,
    internal: line.internal,
    changes: salt(line.changes),
    cause: line.cause,
    why: line.why ?? null,
  };
  return { ...stored, digest: `\\x${digestHex(stored)}` };
}

/** Are two values of a field the same? Instants by time, lists by content. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) return canonical(a) === canonical(b);
  return false;
}
