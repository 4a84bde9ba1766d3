import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import type { Afterwards } from '../../kernel/house';
import { newId } from '../../kernel/id';
import { holdsAny } from '../../kernel/policy';
import { sightOf } from '../../kernel/references';
import { actorOf } from '../people';
import { post } from './outbox';
import { type MailKind, mailKinds, type Reason } from './words';

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
]);
const mailed = new Set<string>(mailKinds);

/** The word after the dot of a line's name. */
const pastOf = (line: Line) => line.name.slice(line.name.indexOf('.') + 1);

function textOf(line: Line): string {
  const said = line.changes.find(({ field }) => field === 'comment')?.after as { text?: string } | undefined;
  const solved = line.changes.find(({ field }) => field === 'resolution_note')?.after;
  return said?.text ?? (typeof solved === 'string' ? solved : '');
}

/** Names after an @: `@Sam Okafor`, `@sam@pizza.example`. */
function mentionsIn(text: string, people: readonly Reader[]): string[] {
  const folded = text.toLowerCase();
  return people
    .filter((one) => folded.includes(`@${one.name.toLowerCase()}`) || (one.email && folded.includes(`@${one.email}`)))
    .map((one) => one.id);
}

/** Who is told of a line, and why: one reason each, the first that fits. Never the one who did it. */
async function readersOf(context: Context, line: Line): Promise<Map<string, Reason>> {
  const record = line.after;
  const past = pastOf(line);
  const found = new Map<string, Reason>();
  const add = (id: unknown, reason: Reason) => {
    if (typeof id === 'string' && id !== line.actor_id && !found.has(id)) found.set(id, reason);
  };
  if (past === 'commented' || past === 'noted') {
    const people = await rows<Reader>(
      context.db,
      sql`select p.id, p.email, r.title as name, p.language from person p join record r on r.id = p.id where r.state = 'active' and ${textOf(line).includes('@')}`,
    );
    for (const id of mentionsIn(textOf(line), people)) add(id, 'mentioned');
  }
  const changed = (name: string) => line.changes.some(({ field }) => field === name);
  if (past === 'assigned' || past === 'logged' || past === 'started') {
    if (changed('assignee_id')) add(record.assignee_id, 'assigned');
  } else if (['warned', 'breached', 'escalated'].includes(past)) {
    const chosen = (line.why as { to?: unknown } | null)?.to;
    for (const id of [chosen].flat())
      add(typeof id === 'object' && id !== null ? (id as { id?: unknown }).id : id, 'promise');
    add(record.assignee_id, 'promise');
  } else add(record.assignee_id, 'assigned');
  if (['commented', 'resolved', 'reopened', 'cancelled', 'logged'].includes(past)) {
    add(record.requester_id, 'requester');
    add(record.beneficiary_id, 'beneficiary');
  }
  if (past !== 'started') {
    const watchers = await rows<{ person_id: string }>(
      context.db,
      sql`select person_id from watcher where record_id = ${line.record_id}`,
    );
    for (const { person_id } of watchers) add(person_id, 'watcher');
  }
  return found;
}

/** Tells people of what happened: in the product, and by mail where they have an address. Nobody is told of what they may not see. */
export function notifyOf(publicUrl: () => string): Afterwards {
  return {
    name: 'tell people',
    on: (line) => line.actor_kind !== 'import' && told.has(pastOf(line)),
    async react(context, line) {
      const reasons = await readersOf(context, line);
      if (reasons.size === 0) return;
      const type = context.house.types.get(line.type)!;
      const people = await rows<Reader>(
        context.db,
        sql`select p.id, p.email, r.title as name, p.language from person p join record r on r.id = p.id
            where p.id = any(${[...reasons.keys()]}::uuid[]) and r.state = 'active'`,
      );
      const [by] = line.actor_id
        ? await rows<{ title: string }>(context.db, sql`select title from record where id = ${line.actor_id}`)
        : [];
      const record: Row = line.after;
      for (const person of people) {
        const actor = await actorOf(context.db, person.id);
        if (!actor || !holdsAny(type.sees, record, actor)) continue;
        if (line.internal && !holdsAny(type.team, record, actor)) continue;
        const reason = reasons.get(person.id)!;
        const past = pastOf(line);
        await sql`insert into notification (id, person_id, record_id, line_id, kind, reason, at)
          values (${newId(context.now)}, ${person.id}, ${line.record_id}, ${line.id}, ${past}, ${reason}, ${context.now}) on conflict do nothing`.execute(
          context.db,
        );
        const kind = (reason === 'mentioned' ? 'mentioned' : past === 'noted' ? 'commented' : past) as MailKind;
        if (!person.email || !mailed.has(kind)) continue;
        await post(
          context.db,
          [
            {
              person_id: person.id,
              record_id: line.record_id,
              to: person.email,
              kind,
              reason,
              language: person.language ?? 'en',
              values: {
                number: record.number,
                title: record.title,
                priority: record.priority,
                actor: by?.title ?? 'Throughline',
                text: textOf(line),
                address: `${publicUrl()}/${type.plural}/${record.number}`,
              },
            },
          ],
          context.now,
        );
      }
    },
  };
}

/** What a person was told, newest first, of records still in sight. */
export async function notificationsOf(context: Context, limit: number, before?: string) {
  const found = await rows<{ id: string }>(
    context.db,
    sql`select n.id, n.kind, n.reason, n.at, n.read_at, n.line_id,
          jsonb_build_object('type', r.type, 'id', r.id, 'number', r.number, 'name', r.title) as record
        from notification n join record r on r.id = n.record_id
        where n.person_id = ${context.actor.id}::uuid and ${sightOf(context, [...context.house.types.values()])}
          ${before ? sql`and n.id < ${before}::uuid` : sql``} order by n.id desc limit ${limit + 1}`,
  );
  const [unread] = await rows<{ n: number }>(
    context.db,
    sql`select count(*)::int as n from notification n join record r on r.id = n.record_id
        where n.person_id = ${context.actor.id}::uuid and n.read_at is null
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
