import type { Context } from '../../kernel/command';
import { type Db, one, rows, sql } from '../../kernel/database';
import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

export interface Draft {
  readonly place: string;
  /** As the screen wrote it: any JSON. */
  readonly content: unknown;
  readonly at: Date;
}

const most = 500;
const longest = 200_000;
/** Everything somebody has begun is read at once. */
const mostOfAll = 4_000_000;
const keptMs = 90 * 86_400_000;

/** Everything the caller has begun and not sent, newest first. */
export async function draftsOf(context: Context): Promise<Draft[]> {
  const found = await rows<{ place: string; content: string; at: Date }>(
    context.db,
    sql`select place, content, at from draft where person_id = ${context.actor.id}::uuid order by at desc, place limit ${most}`,
  );
  return found.map((row) => ({ ...row, content: JSON.parse(row.content) as unknown }));
}

/**
 * Keeps what the caller writes at a place. `at` is when they wrote it: what was written later stays, so that a message
 * that comes late spoils nothing. Throws 422 when it is too long or there are too many.
 */
export async function keepDraft(context: Context, place: string, content: unknown, at: Date): Promise<Draft> {
  const text = JSON.stringify(content ?? null);
  if (text.length > longest) throw invalid('content', say`A draft may have at most 200,000 characters.`);
  const count = await one<{ n: number; size: number }>(
    context.db,
    sql`select count(*)::int as n, coalesce(sum(length(content)), 0)::int as size from draft where person_id = ${context.actor.id}::uuid and place <> ${place}`,
  );
  if (count!.n >= most) throw invalid('place', say`There are ${most} drafts already: send or discard some.`);
  if (count!.size + text.length > mostOfAll)
    throw invalid('content', say`Your drafts are too long together: send or discard some.`);
  // A clock of a browser that goes ahead must not keep later words out; one that goes behind for ever keeps none.
  const eldest = new Date(context.now.getTime() - keptMs);
  const written = at > context.now ? context.now : at < eldest ? eldest : at;
  await sql`insert into draft (person_id, place, content, at)
    values (${context.actor.id}::uuid, ${place}, ${text}, ${written})
    on conflict (person_id, place) do update set content = excluded.content, at = excluded.at
    where draft.at <= excluded.at`.execute(context.db);
  const kept = await one<{ content: string; at: Date }>(
    context.db,
    sql`select content, at from draft where person_id = ${context.actor.id}::uuid and place = ${place}`,
  );
  return { place, content: JSON.parse(kept!.content) as unknown, at: kept!.at };
}

/** It was sent or discarded. Answers whether there was one. */
export async function dropDraft(context: Context, place: string): Promise<boolean> {
  const gone =
    await sql`delete from draft where person_id = ${context.actor.id}::uuid and place = ${place} returning 1`.execute(
      context.db,
    );
  return gone.rows.length > 0;
}

/** With a person go their drafts. */
export async function forgetDrafts(db: Db, personId: string): Promise<void> {
  await sql`delete from draft where person_id = ${personId}::uuid`.execute(db);
}

/** What nobody went on with for three months. Answers how many were forgotten. */
export async function forgetOldDrafts(db: Db, now: Date): Promise<number> {
  const gone = await sql`delete from draft where at < ${new Date(now.getTime() - keptMs)} returning 1`.execute(db);
  return gone.rows.length;
}
