import type { Context, FactItem } from '../../../kernel/command';
import { type Row, rows, sql } from '../../../kernel/database';
import { type Model, modelFor } from './priority.rules';

export interface LogFacts {
  readonly models: readonly Model[];
  /** Department, team and owner of what the input names. */
  readonly known: ReadonlyMap<
    string,
    { department: string | null; team_id: string | null; teams: string[]; organization_id: string | null }
  >;
  /** The department that takes what no other takes. */
  readonly desk: string | null;
}

/** The models in force; a short list of rows, read for each set of verbs. */
export async function modelsIn(context: Context): Promise<Model[]> {
  return rows<Model>(
    context.db,
    sql`select r.id, r.number, r.department, m.organization_id, m.matrix, m.reopen_days, m.close_days, m.effective_on
        from incident_model m join record r on r.id = m.id where r.state = 'active'`,
  );
}

export function dateOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** The model of each incident, by key. */
export async function modelFacts<Input>(
  context: Context,
  items: readonly FactItem<Input>[],
): Promise<Map<string, Model | undefined>> {
  const models = await modelsIn(context);
  return new Map(
    items.map(({ key, record }) => [
      key,
      modelFor(models, { department: record.department, organization_id: record.organization_id }, dateOf(context.now)),
    ]),
  );
}

/** Everything logging needs to know, in one statement for all. */
export async function logFacts(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, LogFacts>> {
  const ids = new Set<string>();
  for (const { input } of items)
    for (const name of ['service_id', 'team_id', 'assignee_id', 'requester_id'])
      if (typeof input[name] === 'string') ids.add(input[name]);
  if (context.actor.id) ids.add(context.actor.id);
  const [found] = await rows<{ models: Model[]; known: Row[]; desk: string | null }>(
    context.db,
    sql`select
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'department', r.department,
          'organization_id', m.organization_id, 'matrix', m.matrix, 'reopen_days', m.reopen_days,
          'close_days', m.close_days, 'effective_on', m.effective_on)), '[]')
        from incident_model m join record r on r.id = m.id where r.state = 'active') as models,
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'department', r.department, 'team_id', r.team_id,
          'teams', p.team_ids, 'organization_id', p.organization_id)), '[]')
        from record r left join person p on p.id = r.id where r.id = any(${[...ids]}::uuid[])) as known,
      (select d.id from department d join record r on r.id = d.id where d.desk and r.state = 'active' order by r.serial limit 1) as desk`,
  );
  const facts: LogFacts = {
    models: found!.models,
    desk: found!.desk,
    known: new Map(
      found!.known.map((row) => [
        String(row.id),
        {
          department: row.department as string | null,
          team_id: row.team_id as string | null,
          teams: (row.teams as string[] | null) ?? [],
          organization_id: row.organization_id as string | null,
        },
      ]),
    ),
  };
  return new Map(items.map(({ key }) => [key, facts]));
}
