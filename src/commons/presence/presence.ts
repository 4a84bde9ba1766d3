import type { Actor } from '../../kernel/actor';
import { calledOne } from '../../kernel/called';
import type { Context } from '../../kernel/command';
import { type Db, type Row, rows, sql } from '../../kernel/database';
import type { House } from '../../kernel/house';
import { holdsAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

export type Writing = 'comment' | 'note' | null;

/** Somebody who looks at a record just now. */
export interface Present {
  readonly person: { readonly id: string; readonly name: string };
  readonly writing: Writing;
  readonly since: Date;
}

/** Who said nothing for so long is gone. */
const minuteMs = 60_000;

interface Seat {
  record_id: string;
  person_id: string;
  name: string;
  writing: Writing;
  since: Date;
  seen_at: Date;
}

/**
 * The caller looks at a record from one window (`seat`), and perhaps writes. Whoever is not of the team neither shows
 * themselves nor sees who else is here: 403.
 */
export async function sitDown(
  context: Context,
  type: RecordType,
  record: Row,
  seat: string,
  writing: Writing,
): Promise<Present[]> {
  mayBeHere(context.actor, type, record);
  await sql`delete from presence where seen_at < ${longAgo(context.now)}`.execute(context.db);
  await sql`insert into presence (record_id, person_id, seat, writing, since, seen_at)
    values (${record.id}::uuid, ${context.actor.id}::uuid, ${seat}, ${writing}, ${context.now}, ${context.now})
    on conflict (record_id, person_id, seat) do update set writing = excluded.writing, seen_at = excluded.seen_at`.execute(
    context.db,
  );
  return presentAt(context, record);
}

/** They look elsewhere. */
export async function standUp(context: Context, record: Row, seat: string): Promise<void> {
  await sql`delete from presence where record_id = ${record.id}::uuid and person_id = ${context.actor.id}::uuid
    and seat = ${seat}`.execute(context.db);
}

/** Who looks at a record besides the caller. */
export async function lookAround(context: Context, type: RecordType, record: Row): Promise<Present[]> {
  mayBeHere(context.actor, type, record);
  return presentAt(context, record);
}

async function presentAt(context: Context, record: Row): Promise<Present[]> {
  return others(await seatsNow(context.db, context.now, String(record.id)), context.actor.id);
}

/** Refuses whoever is not of the record's team: 403. */
export function mayBeHere(actor: Actor, type: RecordType, record: Row): void {
  if (!holdsAny(type.team, record, actor))
    throw new Refusal('forbidden', say`Who looks at this ${calledOne(type)} is for its team alone.`);
}

const longAgo = (now: Date) => new Date(now.getTime() - minuteMs);

function seatsNow(db: Db, now: Date, recordId?: string): Promise<(Seat & { record: Row })[]> {
  return rows<Seat & { record: Row }>(
    db,
    sql`select p.record_id, p.person_id, n.title as name, p.writing, p.since, p.seen_at, to_jsonb(r) - 'custom' as record
        from presence p join record n on n.id = p.person_id join record r on r.id = p.record_id
        where p.seen_at >= ${longAgo(now)} ${recordId ? sql`and p.record_id = ${recordId}::uuid` : sql``}
        order by p.since, p.person_id`,
  );
}

/** Several windows of one person are one person; whoever writes in any of them writes. */
function others(seats: readonly Seat[], me: string | null): Present[] {
  const people = new Map<string, Present>();
  for (const seat of seats) {
    if (seat.person_id === me) continue;
    const known = people.get(seat.person_id);
    people.set(seat.person_id, {
      person: { id: seat.person_id, name: seat.name },
      writing: known?.writing ?? seat.writing,
      since: known?.since ?? seat.since,
    });
  }
  return [...people.values()];
}

/** A record somebody looks at, as one of those who look at it is told. */
export interface Told {
  readonly type: string;
  readonly id: string;
  readonly number: string;
  readonly items: Present[];
}

/** Everybody who looks at anything now: read once for all who listen. */
export const everySeat = seatsNow;

/** Of all seats, what this person is told: the others at the records they look at themselves and may still see. */
export function toldOf(house: House, actor: Actor, seats: Awaited<ReturnType<typeof seatsNow>>): Told[] {
  const mine = new Set(seats.filter((seat) => seat.person_id === actor.id).map((seat) => seat.record_id));
  return [...mine].flatMap((id) => {
    const here = seats.filter((seat) => seat.record_id === id);
    const { record } = here[0]!;
    const type = house.types.get(String(record.type));
    if (!type || !holdsAny(type.sees, record, actor) || !holdsAny(type.team, record, actor)) return [];
    return [{ type: type.type, id, number: String(record.number), items: others(here, actor.id) }];
  });
}
