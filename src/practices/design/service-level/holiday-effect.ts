import { type CalendarDefinition, calendarFrom, workingTimeBetween } from '../../../commons/calendar';
import { type Db, rows, sql } from '../../../kernel/database';

/** So many running promises are gone through. */
const most = 5_000;

/** How many promises run by a calendar, and how many of them would end at another time under other hours. */
export async function promisesMoved(
  db: Db,
  calendarId: string,
  was: CalendarDefinition,
  next: CalendarDefinition,
): Promise<{ running: number; moved: number; more: boolean }> {
  const found = await rows<{ started_at: Date; promised_at: Date }>(
    db,
    sql`select c.started_at, c.promised_at from clock c
        where c.calendar_id = ${calendarId}::uuid and c.ended_at is null and c.promised_at is not null
        order by c.record_id limit ${sql.lit(most + 1)}`,
  );
  const [before, after] = [calendarFrom(was), calendarFrom(next)];
  const running = found.slice(0, most);
  const moved = running.filter(({ started_at, promised_at }) => {
    const [from, to] = [started_at.getTime(), promised_at.getTime()];
    return workingTimeBetween(before, from, to) !== workingTimeBetween(after, from, to);
  });
  return { running: running.length, moved: moved.length, more: found.length > most };
}
