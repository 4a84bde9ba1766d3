import type { Context } from '../../kernel/command';
import { among, rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import type { Reason } from './words';

/** Acts on a person by which open work changes hands: told once to each it concerns, not once per record. */
export const handing: ReadonlySet<string> = new Set(['person.relieved', 'person.returned', 'person.retired']);

/**
 * Whom such an act concerns: the person, whoever has some of the work now and whoever had it before. Work behind a wall
 * of whoever acted is left out: a mail would tell of it.
 */
export async function workReaders(context: Context, lines: readonly Line[]): Promise<Map<string, Map<string, Reason>>> {
  const acts = lines.filter((line) => handing.has(line.name));
  if (acts.length === 0) return new Map();
  const moved = await rows<{ line: string; person: string }>(
    context.db,
    sql`select x.id as line, p.person from history x
        join history h on h.tx = x.tx and h.cause ->> 'line' = x.id::text and h.name = h.type || '.passed'
          and h.actor_id is not distinct from x.actor_id
        cross join lateral jsonb_array_elements(h.changes) c
        cross join lateral (values (c ->> 'before'), (c ->> 'after')) p (person)
        where x.id ${among(acts.map(({ id }) => id))} and c ->> 'field' = 'assignee_id' and p.person is not null
        group by x.id, p.person`,
  );
  return new Map(
    acts.map((line) => {
      const people = [line.record_id, ...moved.flatMap((one) => (one.line === line.id ? [one.person] : []))];
      return [line.id, new Map<string, Reason>(people.filter((id) => id !== line.actor_id).map((id) => [id, 'work']))];
    }),
  );
}
