import { theSystemItself } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { among, type Db, type Row, rows, sql, transact } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import type { House, Together } from '../../kernel/house';
import { newId } from '../../kernel/id';
import { actorsOf } from '../people';
import { digestOf } from './brief';
import { planAnew, settledFor } from './choices';
import { type Gathered, grouped, type Standing, stillTrue } from './digest.rules';
import type { Topic } from './notice.contract';
import { planOf } from './quiet.rules';
import { mayRead } from './tell';

interface Waiting extends Gathered {
  person_id: string;
  line_id: string;
  topic: Topic;
  address: string;
  language: string | null;
  line: { type: string; name: string; internal: boolean };
  told_of: Row & Standing;
  own: Row & Standing;
}

/** So many people's digests are written in one transaction. */
const most = 50;

/**
 * Writes the digests that are due: one mail per person, of what they may still see and what still holds. Its parts are
 * marked in the same transaction, so that a process that dies leaves either all to do or nothing; of two servers one
 * holds a person's lock and the other passes on. Answers a chore for the worker.
 */
export function digestWriter(db: Db, house: House, publicUrl: () => string) {
  return (now: Date): Promise<number> =>
    transact(db, async (trx) => {
      const people = await rows<{ person_id: string }>(
        trx,
        sql`with due as materialized (select person_id, min(due_at) as at from mail
              where state = 'gathered' and due_at <= ${now} group by person_id order by 2 limit ${most})
            select person_id from due
            where pg_try_advisory_xact_lock(hashtextextended('digest ' || person_id::text, 0))`,
      );
      if (people.length === 0) return 0;
      const ids = people.map(({ person_id }) => person_id);
      const waiting = await readWaiting(trx, ids, now);
      const context: Context = { db: trx, house, actor: theSystemItself, now };
      const awake = await whoIsAwake(context, waiting);
      await write(context, awake, publicUrl());
      return waiting.length;
    });
}

function readWaiting(db: Db, people: readonly string[], now: Date): Promise<Waiting[]> {
  return rows<Waiting>(
    db,
    sql`select m.id, m.person_id, m.record_id, m.line_id, m.kind, m.topic, m.reason, m.brief, m.at, p.email as address,
          p.language, jsonb_build_object('type', h.type, 'name', h.name, 'internal', h.internal) as line,
          to_jsonb(t) as told_of, to_jsonb(r) as own
        from mail m join history h on h.id = m.line_id join record t on t.id = h.record_id
          join record r on r.id = m.record_id join person p on p.id = m.person_id
        where m.state = 'gathered' and m.due_at <= ${now} and m.person_id ${among(people)}
        order by m.id for update of m`,
  );
}

/** Who is quiet again meanwhile, by an absence or by later hours, waits on. */
async function whoIsAwake(context: Context, waiting: readonly Waiting[]): Promise<Waiting[]> {
  const settled = await settledFor(context.db, [...new Set(waiting.map(({ person_id }) => person_id))]);
  const now = context.now.getTime();
  const later: { id: string; due_at: Date }[] = [];
  const awake: Waiting[] = [];
  for (const one of waiting) {
    const person = settled.get(one.person_id)!;
    const at = { ...person, ways: { ...person.ways, [one.topic]: 'at_once' as const } };
    const plan = planOf(at, one.topic, now);
    if (plan.gathered && plan.at !== null) later.push({ id: one.id, due_at: new Date(plan.at) });
    else awake.push(one);
  }
  if (later.length > 0)
    await sql`update mail m set due_at = l.due_at
      from jsonb_to_recordset(${JSON.stringify(later)}::jsonb) l (id uuid, due_at timestamptz)
      where m.id = l.id`.execute(context.db);
  return awake;
}

async function write(context: Context, waiting: readonly Waiting[], url: string): Promise<void> {
  if (waiting.length === 0) return;
  const people = [...new Set(waiting.map(({ person_id }) => person_id))];
  const actors = new Map((await actorsOf(context.db, people)).map((actor) => [actor.id, actor]));
  const mails: Row[] = [];
  const parts: { id: string; digest_id: string | null }[] = [];
  for (const person of people) {
    const mine = waiting.filter(({ person_id }) => person_id === person);
    const actor = actors.get(person);
    const said = grouped(
      mine.filter((one) => actor && one.address && readable(context, one, actor) && stillTrue(one, one.own, person)),
    );
    const kept = new Set(said.flat().map(({ id }) => id));
    const id = said.length > 0 ? newId(context.now) : null;
    parts.push(...mine.map((one) => ({ id: one.id, digest_id: kept.has(one.id) ? id : null })));
    if (id) mails.push(mailOf(context, id, person, said, url));
  }
  await sql`insert into mail (id, person_id, address, subject, text, reason, kind, topic, at, due_at)
    select id, person_id, address, subject, text, reason, kind, topic, at, due_at
    from jsonb_populate_recordset(null::public.mail, ${JSON.stringify(mails)}::jsonb)`.execute(context.db);
  await sql`update mail m set digest_id = p.digest_id,
      state = case when p.digest_id is null then 'dropped' else 'digested' end
    from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) p (id uuid, digest_id uuid)
    where m.id = p.id`.execute(context.db);
}

function readable(context: Context, one: Waiting, actor: Parameters<typeof mayRead>[3]): boolean {
  const line = { ...one.line, after: one.told_of } as unknown as Line;
  return mayRead(context, line, one.own.id === one.told_of.id ? one.told_of : one.own, actor);
}

function mailOf(context: Context, id: string, person: string, said: readonly Waiting[][], url: string): Row {
  const first = said[0]![0]!;
  const topics = new Set(said.flat().map(({ topic }) => topic));
  const words = digestOf(
    first.language ?? 'en',
    said.map((group) => {
      const { own } = group[0]!;
      const { plural } = context.house.types.get(String(own.type))!;
      const { number, title } = own;
      return { number, title, address: `${url}/${plural}/${number}`, lines: group.map(({ brief }) => brief) };
    }),
  );
  return {
    id,
    person_id: person,
    address: first.address,
    ...words,
    reason: 'digest',
    kind: 'digest',
    // With one kind of news in it, its foot changes that kind.
    topic: topics.size === 1 ? first.topic : null,
    at: context.now,
    due_at: context.now,
  };
}

const reach = new Set(['absent_from', 'absent_until', 'time_zone']);

/** Who is away, back, or elsewhere gets what waits for them when it then fits. */
export const planAnewTogether: Together = {
  name: 'digests of who is away or back',
  on: (line) => line.type === 'person' && line.changes.some(({ field }) => reach.has(field)),
  react: (context, lines) =>
    planAnew(
      context.db,
      lines.map(({ record_id }) => record_id),
      context.now,
    ),
};
