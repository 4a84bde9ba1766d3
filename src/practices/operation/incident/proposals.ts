import type { Child, Context, FactItem } from '../../../kernel/command';
import { among, type Db, type Row, rows, sql } from '../../../kernel/database';

export const proposalKinds = ['major', 'resolve'] as const;

export interface ProposalRow {
  readonly id: string;
  readonly record_id: string;
  readonly kind: string;
}

/** What is proposed on each of many incidents. */
export async function proposalFacts<Input>(
  context: Context,
  items: readonly FactItem<Input>[],
): Promise<Map<string, ProposalRow[]>> {
  const found = await rows<ProposalRow>(
    context.db,
    sql`select id, record_id, kind from incident_proposal where record_id ${among(items.map(({ key }) => key))}`,
  );
  return new Map(items.map(({ key }) => [key, found.filter((one) => one.record_id === key)]));
}

/** Takes away the proposals of a kind: it was answered, or a newer one comes. */
export function dropping(known: readonly ProposalRow[], kind: string): Child[] {
  return known.filter((one) => one.kind === kind).map(({ id }) => ({ table: 'incident_proposal', remove: id }));
}

export interface Proposal extends Row {
  readonly kind: string;
  readonly reason: string;
  readonly related: string[];
  readonly at: Date;
}

/** What is proposed on one incident, oldest first; `related` are ids, in sight or not. */
export function proposalsOf(db: Db, id: string): Promise<Proposal[]> {
  return rows<Proposal>(
    db,
    sql`select kind, reason, related, at from incident_proposal where record_id = ${id}::uuid order by id`,
  );
}

/** In a storm no more are looked through; and with a limit the ids are planned as known values, and hashed. */
const mostProposals = 500;

/**
 * Which of these incidents bear a proposal of a kind made since an instant, or are named by one; each with the incident
 * that bears it.
 */
export async function openProposals(
  db: Db,
  kind: string,
  ids: readonly string[],
  since: Date,
): Promise<Map<string, string>> {
  const found = await rows<{ record_id: string; related: string[] }>(
    db,
    sql`select record_id, related from incident_proposal
        where kind = ${kind} and at >= ${since}
          and (record_id = any(${[...ids]}::uuid[])
            or exists (select 1 from unnest(related) as one (id) where one.id = any(${[...ids]}::uuid[])))
        order by id desc limit ${mostProposals}`,
  );
  const out = new Map<string, string>();
  for (const one of found) for (const id of [one.record_id, ...one.related]) out.set(id, one.record_id);
  return out;
}
