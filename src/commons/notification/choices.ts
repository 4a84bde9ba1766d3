import type { Context } from '../../kernel/command';
import { among, type Db, one, rows, sql } from '../../kernel/database';
import {
  type ChoiceChange,
  type CriticalTopic,
  criticalTopics,
  delivered,
  deliveredByRole,
  loudest,
  type OwnChoices,
  type Source,
  type Topic,
  topics,
  type Way,
} from './notice.contract';
import { planOf, type Reachable } from './quiet.rules';

interface Found {
  id: string;
  roles: string[];
  time_zone: string | null;
  absent_from: string | null;
  absent_until: string | null;
  choices: string | null;
}
interface Rule {
  role: string;
  topic: Topic;
  way: Way;
  passes: boolean;
}

/** How somebody may be reached, and where each choice comes from. */
export interface Settled extends Reachable {
  readonly sources: Readonly<Record<Topic, Source>>;
  readonly own: OwnChoices;
}

/** What holds for these people: their own choices, else the rules for their roles, else as the product comes. `instead` stands for their own. */
export async function settledFor(db: Db, ids: readonly string[], instead?: OwnChoices): Promise<Map<string, Settled>> {
  if (ids.length === 0) return new Map();
  const found = await rows<Found>(
    db,
    sql`select p.id, p.roles, p.time_zone, p.absent_from::text, p.absent_until::text, c.choices
        from person p left join notice_choice c on c.person_id = p.id where p.id ${among(ids)}`,
  );
  const rules = await rows<Rule>(
    db,
    sql`select n.role, n.topic, n.way, n.passes from notice_rule n join record r on r.id = n.id and r.state = 'active'`,
  );
  return new Map(found.map((person) => [person.id, settle(person, rules, instead)]));
}

function settle(person: Found, rules: readonly Rule[], instead?: OwnChoices): Settled {
  const own = instead ?? ((person.choices ? JSON.parse(person.choices) : {}) as OwnChoices);
  const mine = rules.filter(({ role }) => person.roles.includes(role));
  const ways = {} as Record<Topic, Way>;
  const sources = {} as Record<Topic, Source>;
  for (const topic of topics) {
    const said = mine.filter((rule) => rule.topic === topic).map(({ way }) => way);
    const usual = person.roles.map((role) => deliveredByRole[role]?.[topic] ?? delivered.ways[topic]);
    sources[topic] = own.ways?.[topic] ? 'own' : said.length > 0 ? 'role' : 'delivered';
    ways[topic] = own.ways?.[topic] ?? loudest(said) ?? loudest(usual) ?? delivered.ways[topic];
  }
  const passes = {} as Record<CriticalTopic, boolean>;
  for (const topic of criticalTopics)
    passes[topic] = own.passes?.[topic] ?? mine.some((rule) => rule.topic === topic && rule.passes);
  return {
    ways,
    passes,
    quiet: own.quiet ?? delivered.quiet,
    digest: own.digest ?? delivered.digest,
    zone: person.time_zone ?? 'UTC',
    absent_from: person.absent_from,
    absent_until: person.absent_until,
    sources,
    own,
  };
}

/** What holds for the caller. */
export async function myNotices(context: Context): Promise<Settled> {
  return (await settledFor(context.db, [context.actor.id!])).get(context.actor.id!)!;
}

function merged<T extends object>(before: T | undefined, change: object | null | undefined): T | undefined {
  if (change === undefined) return before;
  if (change === null) return undefined;
  const all = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null);
  return all.length > 0 ? (Object.fromEntries(all) as T) : undefined;
}

/** The choices with a change applied: also for trying one out before it is kept. */
export function withChange(own: OwnChoices, change: ChoiceChange): OwnChoices {
  const quiet = change.quiet === undefined ? own.quiet : (change.quiet ?? undefined);
  const digest = change.digest === undefined ? own.digest : (change.digest ?? undefined);
  const ways = merged(own.ways, change.ways);
  const passes = merged(own.passes, change.passes);
  return {
    ...(ways ? { ways } : {}),
    ...(passes ? { passes } : {}),
    ...(quiet ? { quiet } : {}),
    ...(digest ? { digest } : {}),
  };
}

/** Keeps a change of somebody's choices; what waits for a digest is planned anew. */
export async function keepChoices(db: Db, person: string, change: ChoiceChange, now: Date): Promise<Settled> {
  // The person's row is the lock: two changes at once are both kept.
  await sql`select 1 from person where id = ${person}::uuid for no key update`.execute(db);
  const found = await one<{ choices: string }>(
    db,
    sql`select choices from notice_choice where person_id = ${person}::uuid`,
  );
  const next = withChange(found ? (JSON.parse(found.choices) as OwnChoices) : {}, change);
  await sql`insert into notice_choice (person_id, choices) values (${person}::uuid, ${JSON.stringify(next)})
    on conflict (person_id) do update set choices = excluded.choices`.execute(db);
  await planAnew(db, [person], now);
  return (await settledFor(db, [person])).get(person)!;
}

/** What waits for a digest comes when it would by what holds now; what nobody wants any more is dropped. */
export async function planAnew(db: Db, people: readonly string[], now: Date): Promise<void> {
  const waiting = await rows<{ person_id: string; topic: Topic }>(
    db,
    sql`select person_id, topic from mail where state = 'gathered' and person_id ${among(people)} group by 1, 2`,
  );
  if (waiting.length === 0) return;
  const settled = await settledFor(db, people);
  const plans = waiting.map(({ person_id, topic }) => {
    const { at } = planOf(settled.get(person_id)!, topic, now.getTime());
    return { person_id, topic, due_at: at === null ? null : new Date(at) };
  });
  await sql`update mail m set due_at = coalesce(p.due_at, m.due_at),
      state = case when p.due_at is null then 'dropped' else m.state end
    from jsonb_to_recordset(${JSON.stringify(plans)}::jsonb) p (person_id uuid, topic text, due_at timestamptz)
    where m.state = 'gathered' and m.person_id = p.person_id and m.topic = p.topic`.execute(db);
}

/** What would hold for the caller with a change of their choices that is not kept. */
export async function trying(context: Context, change: ChoiceChange): Promise<Settled> {
  const id = context.actor.id!;
  const { own } = await myNotices(context);
  return (await settledFor(context.db, [id], withChange(own, change))).get(id)!;
}
