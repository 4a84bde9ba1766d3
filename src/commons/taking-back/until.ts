import type { Context, House, Verb } from '../../kernel/command';
import { among, type Db, rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import { isId } from '../../kernel/id';
import type { RecordType } from '../../kernel/record';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

/** How long an act can be taken back, in milliseconds; what it would send outside waits as long. */
export const undoMs = 10_000;

/** The same for a part of an act on very many: the first part is still there to be taken back when the last is done. */
export const partUndoMs = 60_000;

/** Verbs whose lines can be taken back, by the names of the lines. */
export function undoable(house: House, type: RecordType, name: string): Verb | undefined {
  for (const one of house.verbs.values())
    if (one.undo && one.on.type === type.type && `${type.type}.${one.past}` === name) return one;
  return undefined;
}

/** Whoever comes too late. */
export function over(from: Date, until: Date): Refusal {
  const seconds = Math.round((until.getTime() - from.getTime()) / 1000);
  return new Refusal('conflict', say`It could be taken back for ${seconds} seconds; they are over.`);
}

/** Until when a line can be taken back; null when it is no act of a person that can be. */
export function undoneUntil(
  house: House,
  line: Pick<Line, 'type' | 'name' | 'actor_kind' | 'recorded_at'>,
): Date | null {
  const type = house.types.get(line.type);
  if (line.actor_kind !== 'person' || !type || !undoable(house, type, line.name)) return null;
  return new Date(line.recorded_at.getTime() + undoMs);
}

/** What the answer of a verb says of taking it back: the line, and until when. Undefined when it cannot be. */
export function undoOf(context: Context, line: Line | null): { line: string; until: Date } | undefined {
  if (!line || hidesValues(context, line) || !didSomething(context, line)) return undefined;
  const until = undoneUntil(context.house, line);
  return until ? { line: line.id, until } : undefined;
}

/** A line that only tells a reason has changed nothing; what hangs on a record leaves its version alone. */
const didSomething = (context: Context, line: Line) => {
  const done = context.house.verbs.get(`${line.type}.${line.verb}`);
  return line.before?.version !== line.after.version || done?.ownRoute !== undefined || done?.hangs === true;
};

/** Until when a series of acts can be taken back as one; undefined when one of them cannot be. */
export function undoOfAll(context: Context, lines: readonly Line[]): Date | undefined {
  const untils = lines.map((line) => (hidesValues(context, line) ? null : undoneUntil(context.house, line)));
  return untils.length > 0 && untils.every((until) => until !== null) ? untils[0]! : undefined;
}

/** History tells of a secret only that it changed: what it was is not known any more. */
const hidesValues = (context: Context, line: Line) =>
  line.changes.some(({ field }) => context.house.types.get(line.type)?.fields[field]?.secret);

/** Can anything of this type be taken back? */
export function takesBack(house: House, type: RecordType): boolean {
  return [...house.verbs.values()].some((one) => one.undo && one.on.type === type.type);
}

type Done = { readonly actor_id: string | null; readonly recorded_at: Date };

/**
 * Until when lines can be taken back that are parts of an act on more: by the author and the instant, which all lines of one
 * transaction share. Undefined for other lines.
 */
export async function untilsOfParts(db: Db, lines: readonly Done[]): Promise<(line: Done) => Date | undefined> {
  const times = [...new Set(lines.map(({ recorded_at }) => recorded_at.toISOString()))];
  const found = await rows<{ actor_id: string; at: Date; until: Date }>(
    db,
    sql`select actor_id, at, until from bulk_act where at = any(${times}::timestamptz[]) and until is not null`,
  );
  const keyOf = (actor: string | null, at: Date) => `${actor} ${at.getTime()}`;
  const untils = new Map(found.map(({ actor_id, at, until }) => [keyOf(actor_id, at), until]));
  return ({ actor_id, recorded_at }) => untils.get(keyOf(actor_id, recorded_at));
}

type Told = Pick<Line, 'type' | 'name' | 'actor_id' | 'actor_kind' | 'recorded_at'>;

/**
 * Until when what these lines tell can be taken back, in the order given; null where it cannot. What a rule did because
 * of a person's act goes back with that.
 */
export async function untilsOf(
  db: Db,
  house: House,
  lines: readonly (Told & { readonly why?: unknown })[],
): Promise<(Date | null)[]> {
  const rootOf = (line: { actor_kind: string; why?: unknown }) =>
    line.actor_kind === 'rule' ? (line.why as { root?: string } | null)?.root : undefined;
  const named = lines.flatMap((line) => rootOf(line) ?? []).filter(isId);
  const roots =
    named.length === 0
      ? []
      : await rows<Told & { id: string }>(
          db,
          sql`select id, type, name, actor_id, actor_kind, recorded_at from history where id ${among([...new Set(named)])}`,
        );
  const parts = await untilsOfParts(db, [...lines, ...roots]);
  const untilOf = (line: Told) => {
    const until = undoneUntil(house, line);
    return until && (parts(line) ?? until);
  };
  const untils = new Map(roots.map((root) => [root.id, untilOf(root)]));
  return lines.map((line) => {
    const type = house.types.get(line.type);
    const root = rootOf(line);
    if (!root) return untilOf(line);
    return type && undoable(house, type, line.name) ? (untils.get(root) ?? null) : null;
  });
}
