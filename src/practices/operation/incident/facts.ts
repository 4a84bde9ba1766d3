import type { Context, FactItem } from '../../../kernel/command';
import { among, type Row, rows, sql } from '../../../kernel/database';
import { type Assignment, assignAll, rulesInForce } from './assignment';
import type { AssignmentRule } from './assignment.rules';
import { deliveredModel, type Model, modelFor, priorityOf } from './priority.rules';

interface KnownRecord {
  readonly name: string;
  readonly department: string | null;
  readonly team_id: string | null;
  /** The name of that team. */
  readonly team: string | null;
  /** The teams of a person. */
  readonly teams: readonly string[];
  readonly organization_id: string | null;
}

interface Surroundings {
  readonly models: readonly Model[];
  readonly rules: readonly AssignmentRule[];
  /** What the input names, and the caller. */
  readonly known: ReadonlyMap<string, KnownRecord>;
  /** The department that takes what no other takes. */
  readonly desk: string | null;
}

/** What follows from an input before anybody is chosen for it. */
export interface LogFacts {
  readonly requester_id: unknown;
  readonly department: unknown;
  readonly organization_id: unknown;
  readonly priority: number;
  /** The only team of the assignee, when none was named. */
  readonly team_id: string | null;
  /** By rule, where neither team nor assignee was named. */
  readonly assignment: Assignment | undefined;
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

/** Where an incident belongs and how urgent it is, by its input and what that names. */
function assess(context: Context, { models, known, desk }: Surroundings, input: Row): Omit<LogFacts, 'assignment'> {
  const of = (name: string) => known.get(String(input[name] ?? ''));
  const requester = input.requester_id ?? context.actor.id;
  const department =
    input.department ??
    of('service_id')?.department ??
    of('team_id')?.department ??
    context.actor.handles[0] ??
    desk ??
    null;
  const organization = input.organization_id ?? known.get(String(requester))?.organization_id ?? null;
  const model = modelFor(models, { department, organization_id: organization }, dateOf(context.now)) ?? deliveredModel;
  const teams = of('assignee_id')?.teams ?? [];
  return {
    requester_id: requester,
    department,
    organization_id: organization,
    priority: priorityOf(model.matrix, Number(input.impact), Number(input.urgency)),
    team_id: teams.length === 1 ? teams[0]! : null,
  };
}

/** The team that operates the service of an incident; rules go before it. */
function operating({ known }: Surroundings, input: Row) {
  const service = known.get(String(input.service_id ?? ''));
  return service?.team_id ? { name: service.name, team_id: service.team_id, team: service.team! } : null;
}

/** Everything logging needs to know: one statement for all, and one more where a rule balances. */
export async function logFacts(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, LogFacts>> {
  const around = await surroundings(context, items);
  const assessed = items.map((item) => ({ ...item, facts: assess(context, around, item.input) }));
  const unassigned = assessed.filter(({ input }) => input.team_id == null && input.assignee_id == null);
  const assignments = await assignAll(
    context,
    around.rules,
    unassigned.map(({ key, input, facts }) => ({
      key,
      sorted: {
        ...input,
        department: facts.department,
        organization_id: facts.organization_id,
        requester_id: facts.requester_id,
        priority: facts.priority,
        opened_at: context.at ?? context.now,
      },
      service: operating(around, input),
    })),
  );
  return new Map(assessed.map(({ key, facts }) => [key, { ...facts, assignment: assignments.get(key) }]));
}

async function surroundings(context: Context, items: readonly FactItem<Row>[]): Promise<Surroundings> {
  const ids = new Set<string>();
  for (const { input } of items)
    for (const name of ['service_id', 'team_id', 'assignee_id', 'requester_id'])
      if (typeof input[name] === 'string') ids.add(input[name]);
  if (context.actor.id) ids.add(context.actor.id);
  const [found] = await rows<{
    models: Model[];
    rules: AssignmentRule[];
    known: (KnownRecord & { id: string; teams: string[] | null })[];
    desk: string | null;
  }>(
    context.db,
    sql`select
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'department', r.department,
          'organization_id', m.organization_id, 'matrix', m.matrix, 'reopen_days', m.reopen_days,
          'close_days', m.close_days, 'effective_on', m.effective_on)), '[]')
        from incident_model m join record r on r.id = m.id where r.state = 'active') as models,
      ${rulesInForce} as rules,
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.title, 'department', r.department,
          'team_id', t.id, 'team', t.title, 'teams', p.team_ids, 'organization_id', p.organization_id)), '[]')
        from record r left join person p on p.id = r.id left join record t on t.id = r.team_id and t.state = 'active'
        where r.id ${among([...ids])}) as known,
      (select d.id from department d join record r on r.id = d.id where d.desk and r.state = 'active' order by r.serial limit 1) as desk`,
  );
  const { models, rules, desk, known } = found!;
  return { models, rules, desk, known: new Map(known.map((row) => [row.id, { ...row, teams: row.teams ?? [] }])) };
}
