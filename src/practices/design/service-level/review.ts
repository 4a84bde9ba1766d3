import type { Context } from '../../../kernel/command';
import { type Db, one, rows, sql } from '../../../kernel/database';
import type { Line } from '../../../kernel/history';
import { newId } from '../../../kernel/id';
import { turnPage } from './book';

/** Open records that are judged anew, batch by batch, after an agreement or a calendar changed. */

/** Lines after which the book says something else. */
const turning = new Set([
  'agreement.published',
  'agreement.retired',
  'calendar.created',
  'calendar.edited',
  'calendar.observed',
]);

/** Service levels were switched off or on, or that was taken back. */
const isSwitch = (line: Pick<Line, 'type' | 'after' | 'changes'>): boolean =>
  line.type === 'practice' &&
  line.after.key === 'service_levels' &&
  line.changes.some(({ field }) => field === 'state');

export const needsReview = (line: Line): boolean => turning.has(line.name) || isSwitch(line);

/** With the change itself: the book has another token, and what it touches is to be judged anew. */
export async function beginReview(context: Context, lines: readonly Line[]): Promise<void> {
  await turnPage(context.db);
  const reviews = lines
    .filter(
      (line) => ['agreement.published', 'calendar.edited', 'calendar.observed'].includes(line.name) || isSwitch(line),
    )
    .map((line) => ({
      id: newId(context.now),
      agreement_id: line.type === 'agreement' ? line.record_id : null,
      calendar_id: line.type === 'calendar' ? line.record_id : null,
    }));
  if (reviews.length > 0)
    await sql`insert into clock_review (id, agreement_id, calendar_id)
      select id, agreement_id, calendar_id from jsonb_populate_recordset(null::clock_review, ${JSON.stringify(reviews)}::jsonb)`.execute(
      context.db,
    );
}

/** The review last asked for by a change of this calendar or agreement. */
export async function reviewAskedBy(db: Db, record: string): Promise<string | undefined> {
  const found = await one<{ id: string }>(
    db,
    sql`select id from clock_review where calendar_id = ${record}::uuid or agreement_id = ${record}::uuid order by id desc limit 1`,
  );
  return found?.id;
}

interface Review {
  id: string;
  agreement_id: string | null;
  calendar_id: string | null;
  after_id: string;
  begun: boolean;
}

export interface Reviewed {
  readonly id: string;
  readonly type: string;
  readonly opened_at: Date;
  readonly due_at: Date | null;
}

/** Is there a review to go on with, and is it a new one? */
export async function reviewsWaiting(db: Db): Promise<{ id: string; begun: boolean } | undefined> {
  return one<{ id: string; begun: boolean }>(db, sql`select id, begun from clock_review order by id limit 1`);
}

/**
 * The next open records of a review, locked in the order of their ids; the review is moved behind them, or taken away
 * when there are none left. Undefined when another process is at it.
 */
export async function nextOfReview(
  db: Db,
  id: string,
  types: readonly string[],
  most: number,
): Promise<Reviewed[] | undefined> {
  const review = await one<Review>(db, sql`select * from clock_review where id = ${id}::uuid for update skip locked`);
  if (!review) return undefined;
  const under = review.calendar_id
    ? sql`and exists (select 1 from clock c where c.record_id = r.id and c.calendar_id = ${review.calendar_id}::uuid)`
    : sql``;
  const found = await rows<Reviewed>(
    db,
    sql`select r.id, r.type, r.opened_at, r.due_at from record r
        where r.type = any(${[...types]}::text[]) and r.state_category in ('open', 'paused') and r.id > ${review.after_id}::uuid
          ${under} order by r.id limit ${most} for no key update of r`,
  );
  if (found.length === 0) await sql`delete from clock_review where id = ${id}::uuid`.execute(db);
  else
    await sql`update clock_review set begun = true, after_id = ${found.at(-1)!.id}::uuid where id = ${id}::uuid`.execute(
      db,
    );
  return found;
}
