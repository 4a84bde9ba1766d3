import { calledField, calledMany } from '../../kernel/called';
import { type Context, type Verb, verb } from '../../kernel/command';
import { type Row, rows, type Sql, sql } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import { both, outsideWalls, theSystem, whereAny } from '../../kernel/policy';
import { type RecordType, record } from '../../kernel/record';
import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { plainLife } from '../keeping/life';
import { checkWall, departmentField, keepingVerbs, keptFields } from '../keeping/verbs';
import { administrator } from '../people';

/** After how long what goes from finished records, and of which department. What is not named stays. */
export const retentionRule: RecordType = record({
  type: 'retention_rule',
  plural: 'retention-rules',
  prefix: 'KEEP',
  table: 'retention_rule',
  label: 'Retention rule',
  labels: 'Retention rules',
  life: { ...plainLife, verbs: { ...plainLife.verbs, report: { active: ['active'], retired: ['retired'] } } },
  sees: [both(administrator, outsideWalls)],
  team: [administrator],
  fields: {
    ...keptFields,
    record_type: { kind: 'text', label: 'Kind of record', required: true, max: 60 },
    department: departmentField,
    after_days: { kind: 'integer', label: 'Days after it ended', required: true, min: 1, max: 36_500 },
    fields: { kind: 'texts', label: 'Fields that are emptied' },
    conversation: { kind: 'boolean', label: 'The conversation goes', standard: false },
    attachments: { kind: 'boolean', label: 'Files go', standard: false },
    last_run_at: { kind: 'instant', label: 'Last run', writable: false },
    last_run_count: { kind: 'integer', label: 'Records in the last run', writable: false },
  },
});

/** Never emptied: without them a record is none. */
const lasting = new Set([
  'id',
  'number',
  'type',
  'title',
  'state',
  'version',
  'created_at',
  'updated_at',
  'department',
  'opened_at',
  'due_at',
  'queue_at',
  'state_category',
  'state_since',
  'priority',
]);

const isCounter = (field: Field | undefined) => field?.kind === 'integer' && field.writable === false;

export function retentionVerbs(types: () => ReadonlyMap<string, RecordType>): Verb[] {
  return [
    ...keepingVerbs(retentionRule, { make: [administrator] }, (before, input, context) => {
      checkWall(before, input, context);
      const name = String(input.record_type ?? before.record_type);
      const type = types().get(name);
      if (!type?.life.verbs.expire) throw invalid('record_type', say`${name} is no kind of record that expires.`);
      for (const field of (input.fields as string[] | undefined) ?? []) {
        const known = type.fields[field];
        if (!known && !field.startsWith('x_'))
          throw invalid('fields', say`${calledMany(type)} have no field ${field}.`);
        if (lasting.has(field) || known?.required || known?.standard !== undefined || isCounter(known))
          throw invalid('fields', say`${calledField(field, known)} stays: without it a record is none.`);
      }
    }),
    verb({
      on: retentionRule,
      verb: 'report',
      past: 'ran',
      done: 'run',
      label: 'Report a run',
      hidden: true,
      input: { count: { kind: 'integer', label: 'Records' } },
      allow: [theSystem],
      decide: (_record, input, _facts, context) => ({ set: { last_run_at: context.now, last_run_count: input.count } }),
    }),
  ];
}

/** What lines of history call steps and time. */
const stepsAndTime = ['tasks', 'task', 'task_removed', 'time', 'time_was', 'time_removed'];

const texts: Field = { kind: 'texts', label: 'Fields' };
const flag: Field = { kind: 'boolean', label: 'Goes' };

interface Hanging {
  tasks: string[];
  times: string[];
  comments: string[];
  attachments: string[];
}

/** What time takes away from a finished record: fields, conversation, files, and their traces in history. */
export function expireVerb(type: RecordType): Verb {
  return verb<{ fields: string[]; conversation?: boolean; attachments?: boolean }, Hanging>({
    on: type,
    verb: 'expire',
    past: 'expired',
    label: 'Expire',
    hidden: true,
    input: { fields: texts, conversation: flag, attachments: flag },
    allow: [theSystem],
    facts: async (context, items) => {
      const ids = items.map(({ key }) => key);
      const read = (table: string) =>
        rows<{ id: string; record_id: string }>(
          context.db,
          sql`select id, record_id from ${sql.table(table)} where record_id = any(${ids}::uuid[])`,
        );
      const [comments, attachments] = [await read('comment'), await read('attachment')];
      const [tasks, times] = [await read('task'), await read('time_entry')];
      const mine = (all: { id: string; record_id: string }[], key: string) =>
        all.filter((one) => one.record_id === key).map((one) => one.id);
      return new Map(
        ids.map((key) => [
          key,
          {
            comments: mine(comments, key),
            attachments: mine(attachments, key),
            tasks: mine(tasks, key),
            times: mine(times, key),
          },
        ]),
      );
    },
    decide: (_record, input, hanging, context) => {
      // An own field may be gone since the rule was made; what history says of it goes all the same.
      const known = context.house.fieldsOf(type);
      const comments = input.conversation ? hanging.comments : [];
      const files = input.attachments ? hanging.attachments : [];
      // Steps are words of the team; of its time the minutes stay, and what it was for goes.
      const [tasks, times] = input.conversation ? [hanging.tasks, hanging.times] : [[], []];
      return {
        set: Object.fromEntries(input.fields.filter((name) => name in known).map((name) => [name, null])),
        remember: { expired: { fields: input.fields, comments: comments.length, attachments: files.length } },
        children: [
          ...comments.map((id) => ({ table: 'comment', remove: id })),
          ...tasks.map((id) => ({ table: 'task', remove: id })),
          ...times.map((id) => ({ table: 'time_entry', change: { id, what: null } })),
          ...files.flatMap((id) => [
            { table: 'attachment', remove: id },
            { table: 'attachment_content', remove: id },
          ]),
        ],
        blank: [
          ...input.fields,
          // A doubt is a note too; steps and what time was for are words of the conversation.
          ...(input.conversation ? ['comment', 'doubt', ...stepsAndTime] : []),
          ...(input.attachments ? ['attachment'] : []),
        ],
      };
    },
  });
}

interface Rule {
  id: string;
  number: string;
  record_type: string;
  department: string | null;
  after_days: number;
  fields: string[];
  conversation: boolean;
  attachments: boolean;
}

/** Finished records in sight that the rule has not been applied to yet: nobody reaches over a wall by a rule. */
function due(context: Context, rule: Rule): Sql {
  const before = new Date(context.now.getTime() - rule.after_days * 86_400_000);
  const type = context.house.types.get(rule.record_type);
  const seen = type ? whereAny(type.sees, context.actor) : sql`false`;
  return sql`record r where r.type = ${rule.record_type} and ${seen} and r.state_category = 'final' and r.state_since < ${before}
    and ${rule.department ? sql`r.department = ${rule.department}::uuid` : sql`true`}
    and not exists (select 1 from history h where h.record_id = r.id and h.name = ${`${rule.record_type}.expired`} and h.why ->> 'rule_id' = ${rule.id})`;
}

/** What a run of the rule would take away now: how many records, and the first of them. */
export async function previewRetention(context: Context, rule: Row) {
  const [count] = await rows<{ n: number }>(
    context.db,
    sql`select count(*)::int as n from ${due(context, rule as unknown as Rule)}`,
  );
  const sample = await rows<Row>(
    context.db,
    sql`select r.number, r.title, r.state_since as ended_at from ${due(context, rule as unknown as Rule)} order by r.state_since limit 20`,
  );
  return {
    count: count!.n,
    sample,
    fields: rule.fields,
    conversation: rule.conversation,
    attachments: rule.attachments,
  };
}

/** The next records a run takes, at most `most` at once. */
export async function dueForRetention(context: Context, rule: Row, most: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    context.db,
    sql`select r.id from ${due(context, rule as unknown as Rule)} order by r.id limit ${most}`,
  );
  return found.map((row) => row.id);
}
