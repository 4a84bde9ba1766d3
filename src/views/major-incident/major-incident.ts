import { namingInSight, show } from '../../commons/reading';
import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import type { StoredChange } from '../../kernel/history';
import { sightOf } from '../../kernel/references';
import { kept } from '../../kernel/sentence.contract';
import { proposalsOf } from '../../practices/operation/incident';

/** What a line is for whoever reads how a major incident went. */
export type Kind = 'told' | 'state' | 'action' | 'report';

const kinds: Readonly<Record<string, Kind>> = {
  logged: 'report',
  fired: 'report',
  refired: 'report',
  opened: 'state',
  ended: 'state',
  recovered: 'state',
  declared: 'told',
  informed: 'told',
  missed: 'told',
  resolved: 'state',
  reopened: 'state',
  closed: 'state',
  cancelled: 'state',
  downgraded: 'state',
  held: 'state',
  resumed: 'state',
  assigned: 'action',
  started: 'action',
  // A link may lead to what the reader may not see: it is not told here.
  noted: 'action',
};

interface LineRow {
  id: string;
  record_id: string;
  name: string;
  at: Date;
  actor_id: string | null;
  actor_kind: string;
  changes: StoredChange[];
  number: string;
  title: string;
  type: string;
}

/** The field of a line that says most, by what happened. */
const sayings = ['major_message', 'message', 'comment', 'reason', 'resolution_note', 'promised_update'];

function textOf(line: LineRow): string | null {
  for (const field of sayings) {
    const found = line.changes.find((change) => change.field === field);
    if (!found || 'erased' in found || found.after === null) continue;
    const said = found.after as { text?: unknown } | string;
    const text = typeof said === 'string' ? said : said.text;
    if (typeof text === 'string') return text;
  }
  return ['logged', 'fired', 'refired'].includes(line.name.split('.')[1]!) ? line.title : null;
}

const most = 500;

/** The records whose lines tell how it went: itself, its reports, its alerts, its outages. */
async function linesAround(context: Context, id: string): Promise<LineRow[]> {
  const found = await rows<LineRow>(
    context.db,
    sql`with around as (
          select ${id}::uuid as id
          union select id from incident where parent_id = ${id}::uuid
          union select id from alert where incident_id = ${id}::uuid
          union select o.id from outage o where o.cause_id = ${id}::uuid
          union select h.record_id from outage_hold h where h.cause_id = ${id}::uuid)
        select h.id, h.record_id, h.name, h.at, h.actor_id, h.actor_kind, h.changes, r.number, r.title, r.type
        from around a join record r on r.id = a.id join history h on h.record_id = r.id
        where ${sightOf(context, [...context.house.types.values()])}
          and (h.record_id = ${id}::uuid or split_part(h.name, '.', 2) in ('logged', 'fired', 'refired', 'recovered', 'opened', 'ended'))
          and split_part(h.name, '.', 2) = any(${Object.keys(kinds)}::text[])
        order by h.at, h.id limit ${most}`,
  );
  return found;
}

/**
 * How a major incident went, written from history: what users were told, what was done and by whom, what was reported.
 * With how many it hit: reports that are its children, and people who said so. For the team alone.
 */
export async function majorIncident(context: Context, record: Row) {
  const id = String(record.id);
  const lines = await linesAround(context, id);
  const names = await show(
    context,
    lines.map((line) => line.actor_id).filter((actor) => actor !== null),
  );
  const [counts] = await rows<{ reports: number; joined: number }>(
    context.db,
    sql`select (select count(*)::int from incident i join record r on r.id = i.id
            where i.parent_id = ${id}::uuid and ${sightOf(context, [context.house.types.get('incident')!])}) as reports,
          (select count(distinct w.person_id)::int from outage o join watcher w on w.record_id = o.id
              join record r on r.id = o.id
            where (o.cause_id = ${id}::uuid or o.id in (select h.record_id from outage_hold h where h.cause_id = ${id}::uuid))
              and ${sightOf(
                context,
                [...context.house.types.values()].filter(({ type }) => type === 'outage'),
              )}
          ) as joined`,
  );
  return {
    ...counts!,
    items: lines.map((line) => ({
      id: line.id,
      at: line.at,
      name: line.name,
      kind: kinds[line.name.split('.')[1]!]!,
      text: textOf(line),
      actor: {
        id: line.actor_id,
        name: (line.actor_id && names.get(line.actor_id)?.name) || null,
        kind: line.actor_kind,
      },
      record: { type: line.type, id: line.record_id, number: line.number },
    })),
    next: null,
  };
}

/** What the product proposes on an incident, with the reports it means as far as they are in sight. For the team alone. */
export async function proposals(context: Context, record: Row) {
  const found = await proposalsOf(context.db, String(record.id));
  const shown = await show(
    context,
    found.flatMap(({ related }) => related),
  );
  const naming = await namingInSight(
    context,
    found.map(({ reason }) => reason),
  );
  return {
    items: found.map(({ related, reason, ...one }) => ({
      ...one,
      reason: kept(naming(reason)),
      related: related.flatMap((id) => {
        const other = shown.get(id);
        return other ? [{ id, number: other.number, name: other.name }] : [];
      }),
    })),
    next: null,
  };
}
