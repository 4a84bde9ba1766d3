import { createHmac } from 'node:crypto';
import { type Db, one, type Row, rows, sql, transact } from '../../kernel/database';
import type { House } from '../../kernel/house';
import { newId } from '../../kernel/id';
import { holdsAny } from '../../kernel/policy';
import { actorOf } from '../people';
import { untilsOf } from '../taking-back';

const mostAttempts = 10;
const page = 500;
const timeoutMs = 10_000;

interface Hook {
  id: string;
  owner_id: string;
  events: string[];
}

interface Happened {
  seq: number;
  id: string;
  name: string;
  at: Date;
  internal: boolean;
  actor_id: string | null;
  actor_kind: string;
  recorded_at: Date;
  record: Row;
}

const wants = (hook: Hook, name: string) =>
  hook.events.length === 0 ||
  hook.events.some((event) => event === name || (event.endsWith('.*') && name.startsWith(event.slice(0, -1))));

/** Reads on in the chain of sealed lines and writes a delivery for each webhook that wants one. Answers how many lines were read. */
export async function followHistory(db: Db, house: House, now: Date): Promise<number> {
  return transact(db, async (trx) => {
    const hooks = await rows<Hook>(
      trx,
      sql`select w.id, w.owner_id, w.events from webhook w join record r on r.id = w.id where r.state = 'active'`,
    );
    await sql`insert into follower (name, seq) select 'webhooks', seq from sealer on conflict do nothing`.execute(trx);
    const at = await one<{ seq: number }>(
      trx,
      sql`select seq from follower where name = 'webhooks' for update skip locked`,
    );
    if (!at) return 0;
    if (hooks.length === 0) {
      // Nobody listens: what came in meanwhile, a whole imported past perhaps, is passed over at once.
      await sql`update follower f set seq = s.seq from sealer s where f.name = 'webhooks' and f.seq < s.seq`.execute(
        trx,
      );
      return 0;
    }
    const lines = await rows<Happened>(
      trx,
      sql`select s.seq, h.id, h.name, h.at, h.internal, h.actor_id, h.actor_kind, h.recorded_at, h.why, to_jsonb(r) - 'custom' as record from history_seal s
          join history h on h.id = s.line_id join record r on r.id = h.record_id where s.seq > ${at.seq} order by s.seq limit ${page}`,
    );
    if (lines.length === 0) return 0;
    // What can still be taken back is told when it cannot any more.
    const untils = await untilsOf(
      trx,
      house,
      lines.map((line) => ({ ...line, type: String(line.record.type) })),
    );
    for (const hook of hooks) {
      const actor = await actorOf(trx, hook.owner_id);
      if (!actor) continue;
      for (const [place, line] of lines.entries()) {
        const type = house.types.get(String(line.record.type));
        // Of a past that was imported nobody is told.
        if (line.actor_kind === 'import') continue;
        if (!type || !wants(hook, line.name) || !holdsAny(type.sees, line.record, actor)) continue;
        if (line.internal && !holdsAny(type.team, line.record, actor)) continue;
        const { type: kind, id, number, version, state } = line.record;
        const until = untils[place];
        const due = until && until > now ? until : now;
        const body = JSON.stringify({
          type: line.name,
          timestamp: line.at,
          data: { seq: Number(line.seq), line: line.id, record: { type: kind, id, number, version, state } },
        });
        await sql`insert into webhook_delivery (id, webhook_id, seq, name, body, at, due_at)
          values (${newId(now)}, ${hook.id}, ${line.seq}, ${line.name}, ${body}, ${now}, ${due}) on conflict do nothing`.execute(
          trx,
        );
      }
    }
    await sql`update follower set seq = ${lines[lines.length - 1]!.seq} where name = 'webhooks'`.execute(trx);
    return lines.length;
  });
}

/** The signature of Standard Webhooks: HMAC-SHA256 over id, seconds and body. */
export function signatureOf(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

interface Waiting {
  id: string;
  body: string;
  attempts: number;
  address: string;
  secret: string;
}

const undone = sql`exists (select 1 from history_seal s join history h on h.id = s.line_id
  join history u on u.record_id = h.record_id and u.id > h.id and u.name like '%.undone' and u.cause ->> 'line' = h.id::text
  where s.seq = d.seq)`;

/** What was taken back before it was told is not told: it is looked at when it is due, when nobody can do so any more. */
async function dropTakenBack(db: Db, now: Date): Promise<number> {
  const dropped = await sql`update webhook_delivery d set state = 'dropped'
    where state = 'waiting' and attempts = 0 and due_at <= ${now} and ${undone} returning 1`.execute(db);
  return dropped.rows.length;
}

/**
 * Sends one delivery that is due. A fault or an answer other than 2xx puts it off, longer each time; after the last
 * attempt it has failed and is shown. The row is claimed before it is sent, so that no transaction waits for a stranger.
 */
export async function deliverOne(db: Db, now: Date): Promise<number> {
  const dropped = await dropTakenBack(db, now);
  if (dropped > 0) return dropped;
  const waiting = await one<Waiting>(
    db,
    sql`update webhook_delivery d set attempts = d.attempts + 1, due_at = ${new Date(now.getTime() + 2 * timeoutMs)}
        from webhook w where w.id = d.webhook_id and d.id = (select q.id from webhook_delivery q join record r on r.id = q.webhook_id
          where q.state = 'waiting' and q.due_at <= ${now} and r.state = 'active'
          order by q.due_at, q.seq limit 1 for update of q skip locked)
        returning d.id, d.body, d.attempts, w.address, w.secret`,
  );
  if (!waiting) return 0;
  const seconds = Math.floor(now.getTime() / 1000);
  let status: number | null = null;
  let problem: string | null = null;
  try {
    const answer = await fetch(waiting.address, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'webhook-id': waiting.id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signatureOf(waiting.secret, waiting.id, seconds, waiting.body),
      },
      body: waiting.body,
    });
    status = answer.status;
    await answer.body?.cancel();
    if (!answer.ok) problem = `It answered ${answer.status}.`;
  } catch (error) {
    problem = (error as Error).message.slice(0, 300);
  }
  const state = problem === null ? 'delivered' : waiting.attempts >= mostAttempts ? 'failed' : 'waiting';
  const due = new Date(now.getTime() + 5_000 * 2 ** Math.min(waiting.attempts, 12));
  await sql`update webhook_delivery set state = ${state}, status = ${status}, problem = ${problem}, due_at = ${due} where id = ${waiting.id}`.execute(
    db,
  );
  return 1;
}

/** What was sent to a webhook, newest first. */
export async function deliveriesOf(db: Db, webhookId: string, limit: number, before?: string) {
  const found = await rows<{ id: string }>(
    db,
    sql`select id, seq, name, at, state, attempts, status, problem, due_at from webhook_delivery where webhook_id = ${webhookId}
        ${before ? sql`and id < ${before}::uuid` : sql``} order by id desc limit ${limit + 1}`,
  );
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items[items.length - 1]!.id : null };
}
