import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import { whereAny } from '../../kernel/policy';
import { covered } from '../../practices/operation/availability';

/** An outage as whoever is hit by it sees it. */
export interface Notice {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly service: { id: string; number: string; name: string };
  readonly message: string | null;
  readonly next_update_at: Date | null;
  readonly started_at: Date;
  /** How many said that it hits them, their reports not counted. */
  readonly joined: number;
  /** Whether the caller is told of it: they said so, or reported it. */
  readonly mine: boolean;
}

/** What is out of order now, as far as the caller may see it; of a service the outage that says most. */
export async function ongoingOutages(context: Context): Promise<Notice[]> {
  const type = context.house.types.get('outage')!;
  const found = await rows<Notice>(
    context.db,
    sql`select distinct on (o.service_id) r.id, r.number, r.title as name,
          jsonb_build_object('id', s.id, 'number', s.number, 'name', s.title) as service,
          o.message, o.next_update_at, o.started_at,
          (select count(*)::int from watcher w where w.record_id = r.id) as joined,
          (exists (select 1 from watcher w where w.record_id = r.id and w.person_id = ${context.actor.id}::uuid)
            or exists (select 1 from incident i join record q on q.id = i.id
              where (i.id = o.cause_id or i.parent_id = o.cause_id) and q.requester_id = ${context.actor.id}::uuid)) as mine
        from outage o join record r on r.id = o.id join record s on s.id = o.service_id
        where r.state = 'ongoing' and ${whereAny(type.sees, context.actor)}
        order by o.service_id, (o.message is null), o.started_at`,
  );
  return found.sort((a, b) => b.started_at.getTime() - a.started_at.getTime());
}

export interface Availability {
  readonly from: Date;
  readonly to: Date;
  readonly seconds: number;
  readonly down_s: number;
  /** Share of the period without an outage, from 0 to 1; null for a period that has not begun. */
  readonly availability: number | null;
  readonly items: readonly Row[];
}

/**
 * How much of a period a service was there, around the clock, by the outages in sight. Time that has not come yet does
 * not count.
 */
export async function availabilityOf(context: Context, service: Row, from: Date, until: Date): Promise<Availability> {
  const type = context.house.types.get('outage')!;
  const to = until > context.now ? context.now : until;
  const found =
    to > from
      ? await rows<{ id: string; number: string; name: string; started_at: Date; ended_at: Date | null }>(
          context.db,
          sql`select r.id, r.number, r.title as name, r.state, o.message, o.started_at, o.ended_at
              from outage o join record r on r.id = o.id
              where o.service_id = ${service.id}::uuid and o.started_at < ${to}
                and (o.ended_at is null or o.ended_at > ${from}) and ${whereAny(type.sees, context.actor)}
              order by o.started_at desc, r.serial limit 5000`,
        )
      : [];
  const down = covered(
    found.map((one) => ({ from: one.started_at.getTime(), to: one.ended_at?.getTime() ?? null })),
    from.getTime(),
    to.getTime(),
  );
  const all = Math.max(0, to.getTime() - from.getTime());
  return {
    from,
    to: to > from ? to : from,
    seconds: all / 1000,
    down_s: down / 1000,
    availability: all === 0 ? null : 1 - down / all,
    items: found.map((one) => ({
      ...one,
      seconds: ((one.ended_at ?? context.now).getTime() - one.started_at.getTime()) / 1000,
    })),
  };
}
