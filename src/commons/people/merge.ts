import { type Context, type FactItem, type Outcome, type Verb, verb } from '../../kernel/command';
import { among, type Row, rows, sql } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import { type Relation, theSystem } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { invalid, Refusal } from '../../kernel/refusal';
import { type Sentence, say } from '../../kernel/sentence.contract';
import { backBefore, type TakenLine, wholeHistories } from '../taking-back';

/** The person another one turned out to be. */
export interface Same {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly state: string;
  readonly merged_into_id: string | null;
}

/** Held fast, so that two who are merged into each other at once are not. */
async function theSame(context: Context, ids: readonly string[]): Promise<Map<string, Same>> {
  const found = await rows<Same>(
    context.db,
    sql`select id, number, title as name, state, merged_into_id from record where id ${among([...new Set(ids)])}
        order by id for no key update`,
  );
  return new Map(found.map((one) => [one.id, one]));
}

/** Why a person is not merged into another; throws the refusal. */
export function checkSame(person: Row, into: Same, context: Context): void {
  if (into.id === person.id) throw invalid('into', say`A person is not merged into themselves.`);
  if (into.merged_into_id)
    throw invalid('into', say`${into.name} (${into.number}) was merged into another person: merge into that one.`);
  if (into.state !== 'active')
    throw invalid('into', say`${into.name} (${into.number}) is retired: restore them first.`);
  if (context.actor.id === person.id)
    throw new Refusal('conflict', say`This is you, and you would be signed out: merge the other one into you.`);
}

/** Says of a merged person that nothing is done on it any more. */
export const notMergedAway = (person: Row): Sentence | null =>
  person.merged_into_id ? say`${String(person.number)} was merged into another person: unmerge it first.` : null;

interface Before {
  readonly lines: readonly TakenLine[];
  readonly into: Same | undefined;
}

const lists = ['roles', 'departments', 'team_ids', 'further_emails'];
const absorbed: Field = { kind: 'text', label: 'Who was merged into them', max: 60 };

/**
 * One human who stands here twice: one record goes, the other takes its place everywhere, and is found by both
 * addresses. What moves beside the two is done by the reaction (`value-streams/unite-people`), in the same transaction.
 */
export function mergeVerbs(person: RecordType, keep: Relation[]): Verb[] {
  const kept = (name: string, past: string, label: string, done: string) =>
    verb({
      on: person,
      verb: name,
      past,
      done,
      label,
      hidden: true,
      takes: lists,
      input: { absorbed },
      allow: [theSystem],
      decide: (_record, { absorbed: number, ...set }) => ({ set, remember: { absorbed: number } }),
    });
  return [
    verb<{ into: string; take_roles?: boolean }, Same>({
      on: person,
      verb: 'merge',
      past: 'merged',
      label: 'Merge',
      input: {
        into: { kind: 'reference', label: 'Into', to: 'person', help: 'Who stays: the same human.' },
        take_roles: {
          kind: 'boolean',
          label: 'They also get the roles and departments',
          help: 'Without it nobody may or sees more than before by their role.',
        },
      },
      required: ['into'],
      allow: keep,
      unfit: notMergedAway,
      facts: async (context, items) => {
        const found = await theSame(
          context,
          items.map(({ input }) => input.into),
        );
        return new Map(items.map(({ key, input }) => [key, found.get(input.into)!]));
      },
      decide: (record, { into, take_roles }, target, context) => {
        checkSame(record, target, context);
        return {
          set: { state: 'retired', merged_into_id: into, email: null, further_emails: [], team_ids: [] },
          remember: { take_roles: take_roles || null },
        };
      },
    }),
    verb<Row, Before>({
      on: person,
      verb: 'unmerge',
      past: 'unmerged',
      label: 'Unmerge',
      allow: keep,
      unfit: (record) =>
        record.merged_into_id ? null : say`${String(record.number)} was not merged into another person.`,
      facts: before,
      decide: (record, _input, { lines, into }, context): Outcome => {
        if (into?.merged_into_id)
          throw new Refusal('conflict', say`${into.number} was merged into another person itself: unmerge that first.`);
        const merged = lines.findLast(({ name }) => name === 'person.merged');
        if (!merged) throw new Refusal('conflict', say`How it was before it was merged is not known.`);
        const { set, undoes } = backBefore(context.house.fieldsOf(person), record, lines, merged);
        return { set, undoes, cause: { line: merged.id } };
      },
    }),
    kept('absorb', 'absorbed', 'Take the place of another', 'put in the place of another'),
    kept('release', 'released', 'Give the place back', 'taken out of the place of another'),
  ];
}

async function before(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, Before>> {
  const keys = items.map(({ key }) => key);
  const lines = await wholeHistories(context, keys);
  const into = await theSame(
    context,
    items.map(({ record }) => String(record.merged_into_id)),
  );
  return new Map(
    items.map(({ key, record }) => [
      key,
      { lines: lines.get(key) ?? [], into: into.get(String(record.merged_into_id)) },
    ]),
  );
}
