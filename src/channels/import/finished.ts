import { fromStandards } from '../../kernel/apply';
import type { Context, Verb } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { newId } from '../../kernel/id';
import { readInput, resolveReferences } from '../../kernel/input';
import { type PastCase, type PastLine, performPast } from '../../kernel/past';
import type { Result } from '../../kernel/perform';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

/** A row of a table with what only the past knows: its instants and its state as they were. */
export interface FinishedRow {
  readonly line: number;
  readonly input: Row;
  readonly past: Row;
}

export const hasPast = (row: FinishedRow) => Object.keys(row.past).length > 0;

/**
 * Records that come in with their history: checked and completed by the creating verb like any other, then told as the
 * past they have. Answers one result for each row; one refused row stops no other.
 */
export async function storePast(
  context: Context,
  create: Verb,
  file: string,
  rows: readonly FinishedRow[],
): Promise<Result[]> {
  if (rows.length === 0) return [];
  const results: (Result | undefined)[] = rows.map(() => undefined);
  const refusing = <T>(at: number, work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      results[at] = { ok: false, refusal: error };
      return undefined;
    }
  };
  const shaped = rows.map((row, at) => refusing(at, () => readInput(context.house, create, row.input)));
  const open = [...rows.keys()].filter((at) => shaped[at]);
  const resolved = await resolveReferences(
    context,
    create,
    open.map((at) => shaped[at]!),
  );
  const items = open.flatMap((at, place) => {
    const input = refusing(at, () => {
      const found = resolved[place]!;
      if (found instanceof Refusal) throw found;
      return fromStandards(context, create, found);
    });
    return input ? [{ at, key: newId(context.now), record: {}, input }] : [];
  });
  const facts = create.facts ? await create.facts(context, items) : undefined;
  const cases = items.flatMap(({ at, key, input }) => {
    const one = refusing(at, () => {
      const { set, why } = create.decide({}, input, facts?.get(key) as never, context);
      return { lines: linesOf(create, rows[at]!, file, set ?? {}, why) };
    });
    return one ? [{ at, one }] : [];
  });
  const written = await performPast(
    context,
    create.on,
    cases.map(({ one }): PastCase => one),
  );
  for (const [place, { at }] of cases.entries()) results[at] = { ok: true, record: written[place]!, line: null };
  return results as Result[];
}

/** The stations of a life, from its stamps and the state it is in. */
function linesOf(create: Verb, row: FinishedRow, file: string, begun: Row, why: unknown): PastLine[] {
  const instant = (name: string) => (row.past[name] === undefined ? undefined : new Date(String(row.past[name])));
  const [opened, acknowledged, resolved, closed] = ['opened_at', 'acknowledged_at', 'resolved_at', 'closed_at'].map(
    instant,
  );
  const state = row.past.state as string | undefined;
  const start = opened ?? acknowledged ?? resolved ?? closed;
  if (!start) throw new Refusal('invalid', say`A record with a past needs opened_at.`);
  if (state !== undefined && !(state in create.on.life.states))
    throw new Refusal('invalid', say`There is no state ${state}.`);
  const cause = { file, row: row.line };
  const lines: PastLine[] = [];
  const tell = (past: string, at: Date, set: Row) =>
    lines.push({ past, at, actor_id: null, cause, set, why: lines.length === 0 ? why : undefined });
  tell(create.past, start, { ...begun, opened_at: start });
  if (acknowledged || state === 'in_progress')
    tell('started', acknowledged ?? start, { state: 'in_progress', acknowledged_at: acknowledged ?? null });
  if (state === 'on_hold') tell('held', acknowledged ?? start, { state, hold_reason: 'other' });
  const end = { resolution_code: row.past.resolution_code ?? null, resolution_note: row.past.resolution_note ?? null };
  if (resolved || state === 'resolved')
    tell('resolved', resolved ?? start, { state: 'resolved', resolved_at: resolved ?? start, ...end });
  if (closed || state === 'closed')
    tell('closed', closed ?? resolved ?? start, { state: 'closed', closed_at: closed ?? resolved ?? start, ...end });
  if (state === 'cancelled') tell('cancelled', start, { state });
  return lines;
}
