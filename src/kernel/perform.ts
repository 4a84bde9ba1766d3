import { applyOutcome, fromStandards } from './apply';
import { calledOne } from './called';
import type { Context, FactItem, Outcome, Verb, Wake } from './command';
import { type Row, sql, transact } from './database';
import { blankHistory } from './erase';
import type { Cause, Line } from './history';
import { newId } from './id';
import { readInput, resolveReferences } from './input';
import { load } from './load';
import { holdsAny } from './policy';
import { besides, foresee, react } from './react';
import { absent, Refusal } from './refusal';
import { say } from './sentence.contract';
import { mayNot, standing } from './standing';
import { clashOf } from './unique';
import { childrenSql, nextSerials, type TimerSet, timersSql, type Written, write } from './write';

/** One verb on one record: `id` (or number) for what exists, none for what is to be made. */
export interface Item {
  readonly id?: string;
  readonly input?: unknown;
  /** The versions it is meant for: refuses a stale write when the record's version is none of them. */
  readonly version?: readonly number[];
  /** What led to it, and why, where each item of a list has its own. */
  readonly cause?: Cause;
  readonly why?: unknown;
}

export type Done = { readonly ok: true; readonly record: Row; readonly line: Line | null };
export type Result = Done | { readonly ok: false; readonly refusal: Refusal };

/**
 * The one door: performs a verb on a list of records, in one transaction, in one fixed order. One refused item never
 * stops the others. Answers one result per item, in the order given.
 */
export async function perform(outer: Context, verb: Verb, items: readonly Item[]): Promise<Result[]> {
  if (!verb.on.knownBy) return transact(outer.db, (db) => performOnce({ ...outer, db }, verb, items));
  // Types known by name have unique rules; a broken one must not spoil the caller's transaction.
  return transact(outer.db, async (db) => {
    const context = { ...outer, db };
    const whole = await performApart(context, verb, items);
    if (!('clash' in whole)) return whole;
    if (items.length === 1) return [{ ok: false, refusal: whole.clash }];
    // One of many broke it: each goes by itself, so that only that one is refused.
    const results: Result[] = [];
    for (const item of items) {
      const done = await performApart(context, verb, [item]);
      results.push('clash' in done ? { ok: false, refusal: done.clash } : done[0]!);
    }
    return results;
  });
}

async function performApart(
  context: Context,
  verb: Verb,
  items: readonly Item[],
): Promise<Result[] | { clash: Refusal }> {
  await sql`savepoint apart`.execute(context.db);
  try {
    const results = await performOnce(context, verb, items);
    await sql`release savepoint apart`.execute(context.db);
    return results;
  } catch (error) {
    const clash = clashOf(error, verb.on);
    if (!clash) throw error;
    await sql`rollback to savepoint apart`.execute(context.db);
    return { clash };
  }
}

/** The same for one record; throws the refusal. */
export async function performOne(context: Context, verb: Verb, item: Item): Promise<Done> {
  const [result] = await perform(context, verb, [item]);
  if (!result!.ok) throw result!.refusal;
  return result as Done;
}

interface Pending {
  readonly at: number;
  readonly key: string;
  readonly record: Row;
  input: Row;
}

async function performOnce(context: Context, verb: Verb, items: readonly Item[]): Promise<Result[]> {
  const results: (Result | undefined)[] = items.map(() => undefined);
  const refuse = (at: number, refusal: Refusal) => {
    results[at] = { ok: false, refusal };
  };
  if (context.actor.scope === 'read')
    return items.map(() => ({ ok: false, refusal: new Refusal('forbidden', say`This token may only read.`) }));

  // Load and lock, authorise, version, lifecycle.
  const pending: Pending[] = [];
  if (verb.creates) {
    for (const at of items.keys()) {
      if (!holdsAny(verb.allow, {}, context.actor)) refuse(at, mayNot(verb));
      else pending.push({ at, key: newId(context.now), record: {}, input: {} });
    }
  } else {
    const ids = [...new Set(items.map((item) => item.id).filter((id) => id !== undefined))];
    const loaded = new Map<string, Row>();
    for (const row of await load(context, verb.on, ids, { lock: true }))
      loaded.set(String(row.id), row).set(String(row.number), row);
    const taken = new Set<string>();
    for (const [at, item] of items.entries()) {
      const record = loaded.get(item.id ?? '') ?? loaded.get(item.id?.toLowerCase() ?? '');
      const refusal = !record ? absent(calledOne(verb.on)) : standing(context, verb, record, item.version);
      if (refusal) refuse(at, refusal);
      else if (taken.has(String(record!.id))) refuse(at, new Refusal('conflict', say`This record is named twice.`));
      else {
        taken.add(String(record!.id));
        pending.push({ at, key: String(record!.id), record: record!, input: {} });
      }
    }
  }

  // Input: its shape, then its references.
  const shaped = keep(pending, refuse, (item) => {
    item.input = readInput(context.house, verb, items[item.at]!.input);
  });
  const resolved = await resolveReferences(
    context,
    verb,
    shaped.map((item) => item.input),
  );
  const ready = keep(shaped, refuse, (item, index) => {
    const input = resolved[index]!;
    if (input instanceof Refusal) throw input;
    item.input = verb.creates ? fromStandards(context, verb, input) : input;
  });

  // Facts for all, then each decides alone.
  const factItems: FactItem<Row>[] = ready.map(({ key, record, input }) => ({ key, record, input }));
  const facts = verb.facts && ready.length > 0 ? await verb.facts(context, factItems) : undefined;
  const decided: { item: Pending; outcome: Outcome }[] = [];
  keep(ready, refuse, (item) => {
    decided.push({ item, outcome: verb.decide(item.record, item.input, facts?.get(item.key) as never, context) });
  });

  // Write, remember, react.
  const serials = verb.creates && decided.length > 0 ? await nextSerials(context.db, verb.on, decided.length) : [];
  const written: Written[] = [];
  const lines: Line[] = [];
  const outcomes = new Map<Line, Outcome>();
  for (const [index, { item, outcome }] of decided.entries()) {
    const { cause = context.cause, why = context.why } = items[item.at]!;
    const applied = applyOutcome({ ...context, cause, why }, verb, item.key, item.record, outcome, serials[index]);
    results[item.at] = { ok: true, record: applied.after, line: applied.line };
    if (applied.line) {
      lines.push(applied.line);
      outcomes.set(applied.line, outcome);
    }
    if (applied.changed === 'new' || applied.changed.size > 0)
      written.push({ type: verb.on, row: applied.after, changed: applied.changed });
  }
  await foresee(context, lines, written);
  const beside = [
    ...childrenSql(decided.flatMap(({ item, outcome }) => childrenOf(outcome, item.key))),
    ...timersSql(
      decided.flatMap(({ item, outcome }) => timersOf(verb.on.type, item.key, outcome.wake ?? [])),
      context.now,
    ),
    ...(await besides(context, lines, outcomes)),
  ];
  await write(context.db, verb.on, written, lines, beside);
  const told = new Set(lines.map((line) => line.id));
  for (const { item, outcome } of decided)
    if (outcome.blank) await blankHistory(context.db, [item.key], outcome.blank, told);
  await react(context, lines);
  return results as Result[];
}

function childrenOf(outcome: Outcome, id: string) {
  return (outcome.children ?? []).map((child) =>
    child.insert && child.insert.record_id === undefined
      ? { ...child, insert: { ...child.insert, record_id: id } }
      : child,
  );
}

function timersOf(type: string, id: string, wakes: readonly Wake[]): TimerSet[] {
  return wakes.map((wake) => ({
    record: { id },
    type,
    key: wake.key,
    verb: wake.verb,
    at: wake.at,
    reason: wake.reason,
    input: wake.input ?? {},
  }));
}

/** Runs a step for each item; the refused fall out with their refusal. */
function keep(
  items: readonly Pending[],
  refuse: (at: number, refusal: Refusal) => void,
  step: (item: Pending, index: number) => void,
) {
  return items.filter((item, index) => {
    try {
      step(item, index);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(item.at, error);
      return false;
    }
  });
}
