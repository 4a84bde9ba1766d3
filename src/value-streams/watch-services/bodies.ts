import { automatic } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { type Db, passes, sql, transact } from '../../kernel/database';
import type { House } from '../../kernel/house';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import {
  finishBodies,
  type Gone,
  type KeptBody,
  type Notice,
  type Source,
  sourcesBy,
  understand,
  waitingBodies,
} from '../../practices/operation/monitoring-and-event';
import { act } from './as-source';
import { type Parcel, takeIn } from './take-in';

/** The source every installation has from its first alert on. */
const standard = { name: 'Alertmanager', key: 'alertmanager', form: 'alertmanager' };

/**
 * Goes through bodies that wait, oldest first and each group in the order of its bodies. What cannot be understood is
 * marked with the reason. Answers how many were gone through; call it until it answers 0.
 */
export async function takeInBodies(
  db: Db,
  house: House,
  now: Date,
  report?: (fault: unknown) => void,
  most = 200,
): Promise<number> {
  // What was accepted before monitoring was switched off waits until it is on again.
  if (house.off.has('alert')) return 0;
  return transact(db, async (trx) => {
    const bodies = await waitingBodies(trx, most);
    if (bodies.length === 0) return 0;
    const context: Context = { db: trx, house, actor: automatic('rule', 'Alerts'), now, why: { rule: 'alerts' } };
    const sources = await knownSources(context, bodies);
    const whole = await apart(context, () => goThrough(context, bodies, sources));
    if ('done' in whole) {
      await finishBodies(trx, whole.done, now);
      return bodies.length;
    }
    // A fault of ours in one must not hold up the others.
    for (const body of bodies) {
      const alone = await apart(context, () => goThrough(context, [body], sources));
      if ('fault' in alone) report?.(alone.fault);
      const problem =
        'fault' in alone && alone.fault instanceof Refusal
          ? `It could not be taken in: ${alone.fault.message}`
          : 'It could not be taken in: a fault of ours, which is in the log.';
      await finishBodies(trx, 'done' in alone ? alone.done : [{ id: body.id, problem }], now);
    }
    return bodies.length;
  });
}

async function apart<T>(context: Context, work: () => Promise<T>): Promise<{ done: T } | { fault: unknown }> {
  await sql`savepoint bodies`.execute(context.db);
  try {
    const done = await work();
    await sql`release savepoint bodies`.execute(context.db);
    return { done };
  } catch (fault) {
    if (passes(fault)) throw fault;
    await sql`rollback to savepoint bodies`.execute(context.db);
    return { fault };
  }
}

async function knownSources(context: Context, bodies: readonly KeptBody[]): Promise<Map<string, Source>> {
  const keys = [...new Set(bodies.map(({ source }) => source))];
  const found = await sourcesBy(context.db, 'key', keys);
  if (keys.includes(standard.key) && !found.some(({ key }) => key === standard.key)) {
    await act(context, 'alert_source.create', [{ input: standard }]);
    found.push(...(await sourcesBy(context.db, 'key', [standard.key])));
  }
  return new Map(found.map((source) => [source.key, source]));
}

async function goThrough(
  context: Context,
  bodies: readonly KeptBody[],
  sources: ReadonlyMap<string, Source>,
): Promise<Gone[]> {
  const gone: Gone[] = [];
  const beaten = new Set<Source>();
  const rounds: Parcel[][] = [];
  const turn = new Map<string, number>();
  for (const body of bodies) {
    const source = sources.get(body.source);
    const understood =
      source?.state === 'active'
        ? understand({ form: source.form, mapping: source.mapping }, JSON.parse(body.body))
        : { problem: say`Its source is no longer in use.` };
    gone.push({ id: body.id, problem: 'problem' in understood ? String(understood.problem) : null });
    if (!source || 'problem' in understood) continue;
    const groups = new Map<string, Notice[]>();
    for (const notice of understood.notices) {
      if (source.heartbeats.includes(notice.name)) {
        if (notice.state === 'firing') beaten.add(source);
      } else groups.set(notice.group, [...(groups.get(notice.group) ?? []), notice]);
    }
    // A group takes part once in a round: what it told later comes in a later one.
    for (const [group, notices] of groups) {
      const key = `${source.id}\n${group}`;
      const at = turn.get(key) ?? 0;
      turn.set(key, at + 1);
      rounds[at] = [...(rounds[at] ?? []), { source, group, notices }];
    }
  }
  const winding = [...beaten].filter((source) => source.heartbeat_minutes !== null || source.silent_since !== null);
  await act(
    context,
    'alert_source.beat',
    winding.map(({ id }) => ({ id })),
  );
  for (const round of rounds) await takeIn(context, round);
  return gone;
}
