import { backBefore, type TakenLine, wholeHistories } from '../../../../commons/taking-back';
import { calledState } from '../../../../kernel/called';
import { type Context, type FactItem, type Outcome, verb } from '../../../../kernel/command';
import { among, type Row, rows, sql } from '../../../../kernel/database';
import { handlesDepartment } from '../../../../kernel/policy';
import { invalid, Refusal } from '../../../../kernel/refusal';
import { type Sentence, say } from '../../../../kernel/sentence.contract';
import { modelFacts } from '../facts';
import { incident } from '../incident';
import type { Model } from '../priority.rules';
import { wakesOf } from './finish';
import { heldNoLonger, noResume } from './work';

interface Target {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly merged_into_id: string | null;
  readonly department: string | null;
  readonly confidential: boolean;
  /** Is the department of the one that is merged confidential? */
  readonly own: boolean;
}

/** The incidents that others are to be merged into, held fast, so that two merged into each other at once are not. */
async function targets(context: Context, items: readonly FactItem<{ into: string }>[]): Promise<Map<string, Target>> {
  const ids = [...new Set(items.map(({ input }) => input.into))];
  await sql`select id from record where id ${among(ids)} order by id for no key update`.execute(context.db);
  const found = await rows<Omit<Target, 'own'>>(
    context.db,
    sql`select r.id, r.number, r.state, r.merged_into_id, r.department, coalesce(d.confidential, false) as confidential
        from record r left join department d on d.id = r.department where r.id ${among(ids)}`,
  );
  const walls = await rows<{ id: string }>(context.db, sql`select id from department where confidential`);
  const known = new Map(found.map((one) => [one.id, one]));
  const closed = new Set(walls.map(({ id }) => id));
  return new Map(
    items.map(({ key, record, input }) => [
      key,
      { ...known.get(input.into)!, own: closed.has(String(record.department)) },
    ]),
  );
}

/** It is the same as another: it ends here, and is answered there. */
export const merge = verb<{ into: string }, Target>({
  on: incident,
  verb: 'merge',
  past: 'merged',
  label: 'Merge',
  input: { into: { kind: 'reference', label: 'Into', to: 'incident' } },
  required: ['into'],
  allow: [handlesDepartment],
  undo: true,
  facts: targets,
  decide: (record, { into }, target, context) => {
    if (into === record.id) throw invalid('into', say`An incident is not merged into itself.`);
    if (context.actor.kind === 'person' && !handlesDepartment.holds({ department: target.department }, context.actor))
      throw new Refusal('forbidden', say`You may not merge anything into ${String(target.number)}.`);
    if (target.merged_into_id === record.id)
      throw invalid('into', say`${String(target.number)} was merged into ${String(record.number)}: unmerge it first.`);
    if (target.merged_into_id)
      throw invalid(
        'into',
        say`${String(target.number)} was merged into another incident itself: merge into that one.`,
      );
    if (target.state === 'closed' || target.state === 'cancelled')
      throw invalid(
        'into',
        say`${String(target.number)} is ${calledState(String(target.state))}: nobody would be answered there any more.`,
      );
    if (target.department !== record.department && (target.confidential || target.own))
      throw invalid(
        'into',
        say`Between ${String(record.number)} and ${String(target.number)} lies the wall of a confidential department.`,
      );
    return {
      set: {
        state: 'closed',
        closed_at: context.now,
        resolution_code: 'duplicate',
        merged_into_id: into,
        ...heldNoLonger,
      },
      wake: [noResume],
    };
  },
});

interface Before {
  readonly lines: readonly TakenLine[];
  readonly model: Model | undefined;
}

async function before(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, Before>> {
  const [lines, models] = [
    await wholeHistories(
      context,
      items.map(({ key }) => key),
    ),
    await modelFacts(context, items),
  ];
  return new Map(items.map(({ key }) => [key, { lines: lines.get(key) ?? [], model: models.get(key) }]));
}

/** Merged again it would need the one it was merged into as that was: worked on, and itself merged into nothing. */
async function stillThere(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, Sentence>> {
  const known = await targets(
    context,
    items.map((item) => ({ ...item, input: { into: String(item.input.merged_into_id) } })),
  );
  return new Map(
    [...known].flatMap(([key, { number, state, merged_into_id }]) =>
      merged_into_id || ['closed', 'cancelled'].includes(state)
        ? [[key, say`${number} was merged or closed meanwhile.`] as const]
        : [],
    ),
  );
}

/** They were two after all: it comes back as it was when it was merged, however long ago. */
export const unmerge = verb<Row, Before>({
  on: incident,
  verb: 'unmerge',
  past: 'unmerged',
  label: 'Unmerge',
  allow: [handlesDepartment],
  undo: stillThere,
  unfit: (record) =>
    record.merged_into_id ? null : say`${String(record.number)} was not merged into another incident.`,
  facts: before,
  decide: (record, _input, { lines, model }, context): Outcome => {
    const merged = lines.findLast(({ name }) => name === 'incident.merged');
    if (!merged) throw new Refusal('conflict', say`How it was before it was merged is not known.`);
    const { set, undoes } = backBefore(context.house.fieldsOf(incident), record, lines, merged);
    return { set, undoes, cause: { line: merged.id }, wake: wakesOf({ ...record, ...set }, model) };
  },
});
