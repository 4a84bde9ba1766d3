import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import { load } from '../../kernel/load';
import { type Brief, brief, briefsOf, inSight } from './parts';

const most = 6;
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Who asked: where and when they are, what they own, what else they wait for. Null when nobody asked. */
export async function requesterOf(context: Context, record: Row) {
  const id = text(record.requester_id);
  const type = context.house.types.get('person')!;
  const [person] = id ? await load(context, type, [id]) : [];
  if (!id || !person) return null;
  const today = context.now.toISOString().slice(0, 10);
  const [from, until] = [text(person.absent_from), text(person.absent_until)];
  const absent = from !== null && from <= today && (until === null || until >= today);
  const delegate = text(person.delegate_id);
  const stands = absent && delegate ? (await briefsOf(context, 'person', [delegate])).get(delegate) : undefined;
  const devices = await rows<Brief & { class: string | null }>(
    context.db,
    sql`select ${brief}, c.class from configuration_item c join record r on r.id = c.id
        where c.owner_id = ${id}::uuid and r.state <> 'retired' and ${inSight(context, 'configuration_item')}
        order by r.title, r.id limit ${most}`,
  );
  const open = await rows<Brief & { n: number }>(
    context.db,
    sql`select ${brief}, count(*) over ()::int as n from record r
        where (r.requester_id = ${id}::uuid or r.beneficiary_id = ${id}::uuid) and r.id <> ${record.id}::uuid
          and r.type in ('incident', 'change') and r.state_category in ('open', 'paused') and ${inSight(context, 'incident', 'change')}
        order by r.opened_at desc, r.id limit ${most}`,
  );
  return {
    person: { id, number: String(person.number), name: String(person.title) },
    email: text(person.email),
    location: text(person.location),
    language: text(person.language),
    time_zone: text(person.time_zone),
    absent: absent ? { from, until, delegate: stands ?? null } : null,
    devices,
    open: { items: open.map(({ n: _n, ...one }) => one), total: open[0]?.n ?? 0 },
  };
}
