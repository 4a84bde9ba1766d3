import { type Context, type FactItem, type Verb, verb } from '../../kernel/command';
import { among, type Row, rows, sql, upTo } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import { isId, newId } from '../../kernel/id';
import { holdsAny, type Relation } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { absent, invalid, Refusal } from '../../kernel/refusal';
import { kept, say } from '../../kernel/sentence.contract';
import { asShown, namingInSight, show } from '../reading';
import type { ChecklistStep } from './checklist';

const title: Field = { kind: 'text', label: 'Step', max: 300 };
const mandatory: Field = { kind: 'boolean', label: 'Needed before it is resolved' };
const list: Field = { kind: 'reference', label: 'Checklist', to: 'checklist' };
const taskId: Field = { kind: 'text', label: 'Task' };
const most = 200;

interface TaskRow {
  id: string;
  record_id: string;
  title: string;
  mandatory: boolean;
  checklist_id: string | null;
  author_id: string | null;
  at: Date;
  done_by: string | null;
  done_at: Date | null;
}

/** Tasks with their ticks, over the alias `t`. */
const tasksSql = sql`select t.id, t.record_id, t.title, t.mandatory, t.checklist_id, t.author_id, t.at,
    k.person_id as done_by, k.at as done_at
  from task t left join task_tick k on k.id = t.id`;

interface Adding {
  title?: string;
  mandatory?: boolean;
  checklist_id?: string;
  [name: string]: unknown;
}

/** What adding needs to know: the steps of the checklist, and what the record has already. */
async function addingFacts(context: Context, items: readonly FactItem<Adding>[]) {
  const lists = items.map(({ input }) => input.checklist_id).filter((id) => typeof id === 'string');
  const [steps, counts] = [
    await rows<{ id: string; points: ChecklistStep[] }>(
      context.db,
      sql`select id, points from checklist where id ${among(lists)}`,
    ),
    await rows<{ record_id: string; n: number }>(
      context.db,
      sql`select record_id, count(*)::int as n from task where record_id ${among(items.map(({ key }) => key))} group by 1`,
    ),
  ];
  return new Map(
    items.map(({ key, input }) => [
      key,
      {
        steps: steps.find(({ id }) => id === input.checklist_id)?.points ?? [],
        count: counts.find(({ record_id }) => record_id === key)?.n ?? 0,
      },
    ]),
  );
}

/** The task a tick or a removal names, by the key of its record. */
async function named(context: Context, items: readonly FactItem<{ task_id: string }>[]) {
  const found = await rows<TaskRow>(
    context.db,
    sql`${tasksSql} where t.id ${among(items.map(({ input }) => input.task_id).filter(isId))}`,
  );
  return new Map(
    items.map(({ key, input }) => [
      key,
      found.find((row) => row.id === input.task_id.toLowerCase() && row.record_id === key),
    ]),
  );
}

const keepers = ['team_lead', 'incident_manager', 'administrator'];

/** Tasks of a record: add, tick, take the tick back, take away. They are for the team and leave the record's version. */
export function taskVerbs(type: RecordType, allow: Relation[]): Verb[] {
  const onOne = {
    input: { task_id: taskId },
    required: ['task_id'],
    allow,
    ownRoute: true,
    on: type,
    facts: named,
  } as const;
  return [
    verb<Adding, { steps: ChecklistStep[]; count: number }>({
      on: type,
      verb: 'task',
      past: 'tasked',
      done: 'given a step',
      label: 'Add a step',
      undo: true,
      input: { title, mandatory, checklist_id: list },
      oneOf: ['title', 'checklist_id'],
      allow,
      ownRoute: true,
      facts: addingFacts,
      decide: (_record, input, { steps, count }, context) => {
        if (input.title != null && input.title.trim() === '') throw invalid('title', say`Say what is to be done.`);
        const own = input.title ? [{ title: input.title.trim(), mandatory: input.mandatory ?? false }] : [];
        const added = [...own, ...steps].map((step) => ({ id: newId(context.now), ...step }));
        if (count + added.length > most) throw invalid('title', say`A record has at most ${most} steps.`);
        return {
          internal: true,
          remember: { tasks: added },
          children: added.map((step) => ({
            table: 'task',
            insert: {
              ...step,
              checklist_id: own.some((one) => one.title === step.title) ? null : (input.checklist_id ?? null),
              author_id: context.actor.id,
              at: context.now,
            },
          })),
        };
      },
    }),
    verb<{ task_id: string }, TaskRow | undefined>({
      ...onOne,
      verb: 'tick',
      past: 'ticked',
      done: 'given a tick',
      label: 'Tick a step',
      undo: true,
      decide: (_record, _input, known, context) => {
        if (!known) throw absent(say`task`);
        if (known.done_at) throw new Refusal('conflict', say`“${known.title}” is done already.`);
        return {
          internal: true,
          remember: { task: { id: known.id, title: known.title } },
          children: [{ table: 'task_tick', insert: { id: known.id, person_id: context.actor.id, at: context.now } }],
        };
      },
    }),
    verb<{ task_id: string }, TaskRow | undefined>({
      ...onOne,
      verb: 'untick',
      past: 'unticked',
      done: 'relieved of a tick',
      label: 'Take a tick back',
      undo: true,
      decide: (_record, _input, known) => {
        if (!known) throw absent(say`task`);
        if (!known.done_at) throw new Refusal('conflict', say`“${known.title}” is not done yet.`);
        return {
          internal: true,
          remember: { task: { id: known.id, title: known.title } },
          children: [{ table: 'task_tick', remove: known.id }],
        };
      },
    }),
    verb<{ task_id: string }, TaskRow | undefined>({
      ...onOne,
      verb: 'untask',
      past: 'untasked',
      done: 'relieved of a step',
      label: 'Take a step away',
      undo: true,
      decide: (_record, _input, known, { actor }) => {
        if (!known) throw absent(say`task`);
        const own = actor.kind !== 'person' || (known.author_id === actor.id && !known.checklist_id);
        if (known.mandatory && !own && !actor.roles.some((role) => keepers.includes(role)))
          throw new Refusal('forbidden', say`A step that is needed is taken away by who wrote it or by a team lead.`);
        return {
          internal: true,
          remember: { task_removed: { id: known.id, title: known.title } },
          // Its tick is named too, so that it comes back with it.
          children: [
            ...(known.done_at ? [{ table: 'task_tick', remove: known.id }] : []),
            { table: 'task', remove: known.id },
          ],
        };
      },
    }),
  ];
}

/** The first mandatory step of each record that is not ticked, by record. */
export async function openSteps(context: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<{ record_id: string; title: string }>(
    context.db,
    sql`select distinct on (t.record_id) t.record_id, t.title from task t
        where t.record_id ${among(ids)} and t.mandatory and not exists (select 1 from task_tick k where k.id = t.id)
        order by t.record_id, t.id`,
  );
  return new Map(found.map(({ record_id, title }) => [record_id, title]));
}

/** Refuses what ends the work while a step that is needed is open. */
export function refuseOpenStep(step: string | undefined): void {
  if (step !== undefined)
    throw new Refusal('conflict', say`The step “${step}” is needed and not done: tick it before you resolve.`);
}

/** The tasks of a record in their order; nothing for whoever is not of its team. */
export async function tasksOf(
  context: Context,
  type: RecordType,
  record: Row,
  limit: number,
  after?: string,
  ids?: readonly string[],
) {
  if (!holdsAny(type.team, record, context.actor)) return { items: [], next: null };
  const found = await rows<TaskRow>(
    context.db,
    sql`${tasksSql} where t.record_id = ${record.id}::uuid ${after ? sql`and t.id > ${after}::uuid` : sql``}
        ${ids ? sql`and t.id ${among(ids)}` : sql``} order by t.id ${upTo(limit)}`,
  );
  const page = found.slice(0, limit);
  const shown = await show(
    context,
    page.flatMap((row) => [row.author_id, row.done_by, row.checklist_id].filter((id) => id !== null)),
  );
  // What a rule could not do is a step in words of the product.
  const byProduct = (row: TaskRow) => row.author_id === null && row.checklist_id === null;
  const naming = await namingInSight(
    context,
    page.filter(byProduct).map(({ title }) => title),
  );
  return {
    items: page.map((row) => ({
      id: row.id,
      title: byProduct(row) ? kept(naming(row.title)) : row.title,
      mandatory: row.mandatory,
      done: row.done_at !== null,
      done_by: row.done_by ? asShown(row.done_by, shown) : null,
      done_at: row.done_at,
      checklist: row.checklist_id ? asShown(row.checklist_id, shown) : null,
      author: row.author_id ? asShown(row.author_id, shown) : null,
      at: row.at,
    })),
    next: found.length > limit ? page[page.length - 1]!.id : null,
  };
}
