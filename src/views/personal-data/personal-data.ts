import { answer, untoldLines } from '../../commons/reading';
import type { Context } from '../../kernel/command';
import { type Row, rows, type Sql, sql } from '../../kernel/database';
import type { StoredChange } from '../../kernel/history';
import type { RecordType } from '../../kernel/record';
import { sightOf } from '../../kernel/references';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

/** Everything kept about a person, for them or an administrator, as one document. */
export async function personalData(context: Context, type: RecordType, person: Row) {
  if (context.actor.id !== person.id && !context.actor.roles.includes('administrator'))
    throw new Refusal('forbidden', say`Only they and an administrator export what is kept about a person.`);
  const id = person.id;
  // Nobody looks over a wall through another person's data; what somebody wrote is theirs wherever it stands.
  const seen = sightOf(context, [...context.house.whole.types.values()]);
  const theirs = context.actor.id === id ? sql`true` : seen;
  const part = <T = Row>(statement: ReturnType<typeof sql>) => rows<T>(context.db, statement);
  return {
    exported_at: context.now,
    person: (await answer(context, type, [person], { single: true }))[0],
    requested: await part(
      sql`select type, number, title, state, opened_at from record r where (requester_id = ${id} or beneficiary_id = ${id}) and ${seen} order by opened_at`,
    ),
    assigned: await part(
      sql`select type, number, title, state, opened_at from record r where assignee_id = ${id} and ${seen} order by opened_at`,
    ),
    comments: await part(
      sql`select r.number, c.kind, c.text, c.at from comment c join record r on r.id = c.record_id where c.author_id = ${id} and ${theirs} order by c.id`,
    ),
    attachments: await part(
      sql`select r.number, a.name, a.media_type, a.size, a.at from attachment a join record r on r.id = a.record_id where a.author_id = ${id} and ${theirs} order by a.id`,
    ),
    watching: await part(
      sql`select r.type, r.number, r.title, w.at from watcher w join record r on r.id = w.record_id where w.person_id = ${id} and ${seen} order by w.id`,
    ),
    notifications: await part(
      sql`select r.number, n.kind, n.reason, n.at, n.read_at from notification n join record r on r.id = n.record_id where n.person_id = ${id} and ${seen} order by n.id`,
    ),
    mails: await part(
      sql`select m.address, m.subject, m.at, m.state from mail m left join record r on r.id = m.record_id where m.person_id = ${id} and (m.record_id is null or ${seen}) and m.kind is distinct from 'digest' order by m.id`,
    ),
    // A digest repeats mails that stand here already.
    notices: await part(sql`select choices::jsonb as choices from notice_choice where person_id = ${id}`),
    sessions: await part(
      sql`select device, address, created_at, seen_at from session where person_id = ${id} order by created_at`,
    ),
    tokens: await part(
      sql`select name, scope, created_at, seen_at, ends_at from api_token where person_id = ${id} order by created_at`,
    ),
    passkeys: await part(
      sql`select name, created_at, seen_at from passkey where person_id = ${id} order by created_at`,
    ),
    one_time_codes: await part(
      sql`select confirmed_at as since from totp where person_id = ${id} and confirmed_at is not null`,
    ),
    drafts:
      context.actor.id === id
        ? await part(sql`select place, content, at from draft where person_id = ${id} order by at`)
        : [],
    views: await part(
      sql`select r.number, r.title as name, v.record_type, v.filter, v.sort, v.columns from view v join record r on r.id = v.id where r.assignee_id = ${id} and ${seen} order by r.id`,
    ),
    text_templates: await part(
      sql`select r.number, r.title as name, t.text from text_template t join record r on r.id = t.id where r.assignee_id = ${id} and ${seen} order by r.id`,
    ),
    macros: await part(
      sql`select r.number, r.title as name, m.record_type, m.steps from macro m join record r on r.id = m.id where r.assignee_id = ${id} and ${seen} order by r.id`,
    ),
    keys: await part(sql`select keys from preference where person_id = ${id}`),
    time_entries: await part(
      sql`select r.number, e.minutes, e.what, e.at from time_entry e join record r on r.id = e.record_id where e.person_id = ${id} and ${theirs} order by e.id`,
    ),
    ticks: await part(
      sql`select r.number, t.title, k.at from task_tick k join task t on t.id = k.id join record r on r.id = k.record_id where k.person_id = ${id} and ${theirs} order by k.id`,
    ),
    acts: await actsOf(context, String(id), theirs),
  };
}

/** What they did; for somebody else without the lines that name a record behind a wall. */
async function actsOf(context: Context, id: string, theirs: Sql): Promise<Row[]> {
  const found = await rows<{
    id: string;
    type: string;
    number: string;
    name: string;
    at: Date;
    changes: StoredChange[];
  }>(
    context.db,
    sql`select h.id, h.type, r.number, h.name, h.at, case when h.name like '%linked' then h.changes else '[]' end as changes
        from history h join record r on r.id = h.record_id where h.actor_id = ${id} and ${theirs} order by h.id limit 100000`,
  );
  const untold = context.actor.id === id ? new Set() : await untoldLines(context, found);
  return found.filter((line) => !untold.has(line.id)).map(({ number, name, at }) => ({ number, name, at }));
}
