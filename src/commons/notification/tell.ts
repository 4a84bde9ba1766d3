import type { Actor } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import type { Afterwards, Together } from '../../kernel/house';
import { newId } from '../../kernel/id';
import { load } from '../../kernel/load';
import { holdsAny, outsideWalls } from '../../kernel/policy';
import { sightOf } from '../../kernel/references';
import { actorsOf } from '../people';
import { linesOff } from '../practice/switched';
import { show } from '../reading';
import { takenBack, untilsOf } from '../taking-back';
import { undoneBy } from '../taking-back/moments.rules';
import { settledFor } from './choices';
import { mergedReaders } from './merged-readers';
import { dropAbout, type Letter, post } from './outbox';
import { atOnce, planOf, type Reachable } from './quiet.rules';
import { topicOf } from './topic.rules';
import { type MailKind, mailKinds, type Reason } from './words';
import { handing, workReaders } from './work-readers';

interface Reader {
  id: string;
  email: string | null;
  name: string;
  language: string | null;
}

const told = new Set<string>([
  'logged',
  'assigned',
  'commented',
  'noted',
  'resolved',
  'reopened',
  'cancelled',
  'warned',
  'breached',
  'escalated',
  'started',
  'missed',
  'informed',
  'ended',
  'doubted',
  'called',
  'faulted',
  'submitted',
  'referred',
  'approved',
  'rejected',
  'reminded',
]);
/** What becomes of the second factor of an account; its owner is told, also of what they did themselves. */
const guarding = new Set(['person.secured', 'person.unsecured', 'person.recovered', 'person.unlocked']);
const mailed = new Set<string>(mailKinds);
/** Lines of which only those hear whom the line names, and why. */
const chosen: Readonly<Record<string, Reason | undefined>> = {
  doubted: 'rule',
  faulted: 'fault',
  called: 'called',
  submitted: 'approval',
  referred: 'approval',
  reminded: 'keeper',
};

/** The word after the dot of a line's name. */
const pastOf = (line: Line) => line.name.slice(line.name.indexOf('.') + 1);

function textOf(line: Line): string {
  const said = line.changes.find(({ field }) => field === 'comment')?.after as { text?: string } | undefined;
  const solved = line.changes.find(({ field }) => field === 'resolution_note')?.after;
  const sentence = line.changes.find(({ field }) => field === 'message')?.after;
  const reason = line.changes.find(({ field }) => field === 'remark' || field === 'reason')?.after;
  const factor = line.changes.find(({ field }) => field === 'factor')?.after;
  const because = handing.has(line.name) || guarding.has(line.name) || pastOf(line) === 'assigned' ? reason : undefined;
  return said?.text ?? [solved, sentence, because, factor].find((text) => typeof text === 'string') ?? '';
}

/** Names after an @: `@Sam Okafor`, `@sam@pizza.example`. */
function mentionsIn(text: string, people: readonly Reader[]): string[] {
  const folded = text.toLowerCase();
  return people
    .filter((one) => folded.includes(`@${one.name.toLowerCase()}`) || (one.email && folded.includes(`@${one.email}`)))
    .map((one) => one.id);
}

/** Who is told of each line, and why: one reason each, the first that fits. Never the one who did it. */
async function readersOf(context: Context, lines: readonly Line[]): Promise<Map<string, Map<string, Reason>>> {
  const spoken = lines.filter((line) => textOf(line).includes('@'));
  const everybody = spoken.length > 0 ? await peopleOf(context) : [];
  const watching = await rows<{ record_id: string; person_id: string }>(
    context.db,
    sql`select record_id, person_id from watcher where record_id = any(${lines.map((line) => line.record_id)}::uuid[])`,
  );
  return new Map(lines.map((line) => [line.id, readersOfOne(line, everybody, watching)]));
}

/** Who stands in for somebody absent is told as well. */
async function addDelegates(
  context: Context,
  lines: readonly Line[],
  readers: ReadonlyMap<string, Map<string, Reason>>,
): Promise<void> {
  const ids = [...new Set([...readers.values()].flatMap((reasons) => [...reasons.keys()]))];
  if (ids.length === 0) return;
  const today = context.now.toISOString().slice(0, 10);
  const absent = await rows<{ id: string; delegate_id: string }>(
    context.db,
    sql`select id, delegate_id from person where id = any(${ids}::uuid[]) and delegate_id is not null
        and absent_from <= ${today}::date and (absent_until is null or absent_until >= ${today}::date)`,
  );
  for (const line of lines) {
    const reasons = readers.get(line.id);
    for (const { id, delegate_id } of absent)
      if (
        reasons?.has(id) &&
        reasons.get(id) !== 'safety' &&
        !reasons.has(delegate_id) &&
        delegate_id !== line.actor_id
      )
        reasons.set(delegate_id, 'delegate');
  }
}

function readersOfOne(
  line: Line,
  everybody: readonly Reader[],
  watching: readonly { record_id: string; person_id: string }[],
): Map<string, Reason> {
  const record = line.after;
  const past = pastOf(line);
  const found = new Map<string, Reason>();
  if (handing.has(line.name)) return found;
  if (guarding.has(line.name)) return found.set(line.record_id, 'safety');
  const add = (id: unknown, reason: Reason) => {
    if (typeof id === 'string' && id !== line.actor_id && !found.has(id)) found.set(id, reason);
  };
  // Only whoever answers for the rule, is asked for a decision, or is called by a rule.
  const chosenOnly = chosen[past];
  if (chosenOnly) {
    for (const { id } of (line.why as { to?: { id: string }[] } | null)?.to ?? []) add(id, chosenOnly);
    return found;
  }
  if (past === 'commented' || past === 'noted')
    for (const id of mentionsIn(textOf(line), everybody)) add(id, 'mentioned');
  if (past === 'assigned' || past === 'logged' || past === 'started') {
    if (line.changes.some(({ field }) => field === 'assignee_id')) add(record.assignee_id, 'assigned');
  } else if (['warned', 'breached', 'escalated', 'missed'].includes(past)) {
    const named = (line.why as { to?: unknown } | null)?.to;
    for (const id of [named].flat())
      add(typeof id === 'object' && id !== null ? (id as { id?: unknown }).id : id, 'promise');
    add(record.assignee_id, 'promise');
  } else add(record.assignee_id, 'assigned');
  if (['commented', 'resolved', 'reopened', 'cancelled', 'logged', 'approved', 'rejected'].includes(past)) {
    add(record.requester_id, 'requester');
    add(record.beneficiary_id, 'beneficiary');
  }
  if (past !== 'started')
    for (const one of watching) if (one.record_id === line.record_id) add(one.person_id, 'watcher');
  return found;
}

/** People to tell: these, or everybody active. */
function peopleOf(context: Context, ids?: readonly string[]): Promise<Reader[]> {
  return rows<Reader>(
    context.db,
    sql`select p.id, p.email, r.title as name, p.language from person p join record r on r.id = p.id
        where r.state = 'active' and ${ids ? sql`p.id = any(${[...ids]}::uuid[])` : sql`p.email is not null`}`,
  );
}

/** Tells people of what happened: in the product, and by mail where they have an address. Nobody is told of what they may not see. */
export function notifyOf(publicUrl: () => string): Afterwards {
  return {
    name: 'tell people',
    // What users of a major incident are told goes to them as comments on their reports.
    on: (line) =>
      line.actor_kind !== 'import' &&
      (told.has(pastOf(line)) || handing.has(line.name) || guarding.has(line.name)) &&
      line.name !== 'incident.informed' &&
      !line.name.startsWith('alert'),
    async react(context, lines) {
      const readers = await readersOf(context, lines);
      const merged = await mergedReaders(context, lines);
      for (const [id, others] of await workReaders(context, lines))
        for (const [person, reason] of others) readers.get(id)?.set(person, reason);
      await addDelegates(context, lines, readers);
      // Who hears of it on a record of their own anyway hears of it once.
      const onTheirOwn = new Map<string, Row>();
      for (const [id, others] of merged)
        for (const [person, { reason, row }] of others) {
          if (readers.get(id)?.has(person)) continue;
          readers.get(id)?.set(person, reason);
          onTheirOwn.set(`${id} ${person}`, row);
        }
      const ids = [...new Set([...readers.values()].flatMap((reasons) => [...reasons.keys()]))];
      if (ids.length === 0) return;
      const people = new Map((await peopleOf(context, ids)).map((one) => [one.id, one]));
      const actors = new Map((await actorsOf(context.db, ids)).map((actor) => [actor.id, actor]));
      const names = await show(
        context,
        lines.map((line) => line.actor_id).filter((id) => id !== null),
      );
      const untils = new Map(
        (await untilsOf(context.db, context.house, lines)).map((until, at) => [lines[at]!.id, until]),
      );
      const gone = await takenBack(
        context,
        lines.filter((line) => untils.get(line.id)),
      );
      const settled = await settledFor(context.db, ids);
      const majors = await majorsAmong(context, lines, settled);
      const told: Row[] = [];
      const letters: Letter[] = [];
      for (const line of lines)
        for (const [id, reason] of readers.get(line.id) ?? []) {
          const [person, actor] = [people.get(id), actors.get(id)];
          const record = onTheirOwn.get(`${line.id} ${id}`) ?? line.after;
          if (!person || !actor || !mayRead(context, line, record, actor)) continue;
          const past = pastOf(line);
          // What becomes of one's own account is nobody's to keep quiet.
          const topic =
            reason === 'safety' ? null : topicOf({ type: line.type, past }, reason, majors.has(line.record_id));
          // What can still be taken back is planned for when it no longer can.
          const ready = Math.max(context.now.getTime(), untils.get(line.id)?.getTime() ?? 0);
          const plan = topic === null ? atOnce(ready) : planOf(settled.get(id)!, topic, ready);
          if (plan.way === 'never') continue;
          if (!gone.has(line.id))
            told.push({
              id: newId(context.now),
              person_id: id,
              record_id: record.id,
              line_id: line.id,
              kind: past,
              reason,
              topic,
              at: context.now,
            });
          if (plan.at === null) continue;
          const by = (line.actor_id && names.get(line.actor_id)?.name) || 'Throughline';
          const letter = letterTo(context, person, line, record, reason, by, publicUrl());
          if (letter)
            letters.push({
              ...letter,
              ...(topic === null ? {} : { topic, way: plan.way }),
              gathered: plan.gathered,
              due_at: new Date(plan.at),
              dropped: gone.has(line.id),
            });
        }
      await keep(context, told);
      await post(context.db, letters, context.now);
    },
  };
}

/** Nobody is told of what they may not see; on a record of theirs, of nothing behind a wall of the line's. */
export function mayRead(context: Context, line: Line, record: Row, actor: Actor): boolean {
  const type = context.house.types.get(String(record.type))!;
  if (record !== line.after && !outsideWalls.holds(line.after, actor)) return false;
  return holdsAny(type.sees, record, actor) && (!line.internal || holdsAny(type.team, record, actor));
}

/** Which of these lines' records are major incidents; asked only where it could pass somebody's quiet hours. */
async function majorsAmong(
  context: Context,
  lines: readonly Line[],
  settled: ReadonlyMap<string, Reachable>,
): Promise<ReadonlySet<string>> {
  const plain = [...settled.values()].every(
    ({ quiet, absent_from, absent_until, ways }) =>
      quiet.length === 0 &&
      absent_from === null &&
      absent_until === null &&
      Object.values(ways).every((way) => way === 'at_once'),
  );
  const found = new Set<string>();
  if (plain) return found;
  for (const type of context.house.types.values()) {
    if (!type.fields.major) continue;
    const ids = [...new Set(lines.filter((line) => line.type === type.type).map((line) => line.record_id))];
    if (ids.length === 0) continue;
    for (const row of await load(context, type, ids)) if (row.major === true) found.add(String(row.id));
  }
  return found;
}

/** Which mail tells of it. */
function kindOf(line: Line, reason: Reason): string {
  if (reason === 'mentioned') return reason;
  if (handing.has(line.name)) return 'passed';
  const past = pastOf(line);
  if (past === 'logged' && reason === 'assigned') return 'assigned';
  return past === 'noted' ? 'commented' : past;
}

function letterTo(
  context: Context,
  person: Reader,
  line: Line,
  record: Row,
  reason: Reason,
  actor: string,
  url: string,
): Letter | undefined {
  const kind = kindOf(line, reason);
  if (!person.email || !mailed.has(kind)) return undefined;
  const { number, title, priority } = record;
  const address = `${url}/${context.house.types.get(String(record.type))!.plural}/${number}`;
  return {
    person_id: person.id,
    record_id: String(record.id),
    line_id: line.id,
    to: person.email,
    kind: kind as MailKind,
    reason,
    language: person.language ?? 'en',
    values: { number, title, priority, actor, text: textOf(line), address },
  };
}

/** What was taken back in time is told to nobody: mails that wait are dropped, in the same transaction. */
export const untellTogether: Together = {
  name: 'mails of what was taken back',
  on: (line) => line.name.endsWith('.undone'),
  react: async (context, lines) =>
    dropAbout(
      context.db,
      lines.flatMap((line) => undoneBy(line) ?? []),
    ),
};

async function keep(context: Context, told: readonly Row[]): Promise<void> {
  if (told.length === 0) return;
  await sql`insert into notification (id, person_id, record_id, line_id, kind, reason, topic, at)
    select id, person_id, record_id, line_id, kind, reason, topic, at
    from jsonb_populate_recordset(null::public.notification, ${JSON.stringify(told)}::jsonb) on conflict do nothing`.execute(
    context.db,
  );
}

/** What a person was told, newest first, of records still in sight. */
export async function notificationsOf(context: Context, limit: number, before?: string) {
  const silent = linesOff(context.house.whole.verbs, context.house.off);
  const told = silent.length === 0 ? sql`true` : sql`r.type || '.' || n.kind <> all(${silent}::text[])`;
  const found = await rows<{ id: string }>(
    context.db,
    sql`select n.id, n.kind, n.reason, n.topic, n.at, n.read_at, n.line_id,
          jsonb_build_object('type', r.type, 'id', r.id, 'number', r.number, 'name', r.title) as record
        from notification n join record r on r.id = n.record_id
        where n.person_id = ${context.actor.id}::uuid and ${told} and ${sightOf(context, [...context.house.types.values()])}
          ${before ? sql`and n.id < ${before}::uuid` : sql``} order by n.id desc limit ${limit + 1}`,
  );
  const [unread] = await rows<{ n: number }>(
    context.db,
    sql`select count(*)::int as n from notification n join record r on r.id = n.record_id
        where n.person_id = ${context.actor.id}::uuid and n.read_at is null and ${told}
          and ${sightOf(context, [...context.house.types.values()])}`,
  );
  const page = found.slice(0, limit);
  return { items: page, next: found.length > limit ? page[page.length - 1]!.id : null, unread: unread!.n };
}

/** Marks as read: the named ones, or all. Answers how many. */
export async function markRead(context: Context, ids: readonly string[] | 'all'): Promise<number> {
  const done =
    await sql`update notification set read_at = ${context.now} where person_id = ${context.actor.id}::uuid and read_at is null
    ${ids === 'all' ? sql`` : sql`and id = any(${[...ids]}::uuid[])`} returning id`.execute(context.db);
  return done.rows.length;
}
