import { type Context, type FactItem, type Verb, verb } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import { lifecycle } from '../../kernel/lifecycle';
import { theSystem } from '../../kernel/policy';
import { type RecordType, record } from '../../kernel/record';
import { Refusal } from '../../kernel/refusal';
import { and, type Sentence, say, type Word } from '../../kernel/sentence.contract';
import { nameField, reason } from '../keeping/verbs';
import { administrator, staff } from '../people';
import { type Switchable, switchables } from './practice.contract';

/** A practice that is in use or not. What is off appears nowhere, keeps its data and comes back whole. */
export const practice: RecordType = record({
  type: 'practice',
  plural: 'practices',
  prefix: 'PRACTICE',
  table: 'practice',
  label: 'Practice',
  labels: 'Practices',
  sees: [staff],
  team: [staff],
  knownBy: [],
  numberedBy: 'key',
  life: lifecycle({
    initial: 'in_use',
    states: { in_use: 'open', off: 'paused' },
    verbs: {
      switch_off: { from: ['in_use'], to: 'off' },
      switch_on: { from: ['off'], to: 'in_use' },
    },
  }),
  fields: {
    name: { ...nameField, writable: false },
    key: { kind: 'text', label: 'Key', writable: false },
    record_types: { kind: 'texts', label: 'Kinds of record', writable: false },
    needs: { kind: 'texts', label: 'Needs', writable: false },
  },
});

const known = (key: unknown): Switchable | undefined => switchables.find((one) => one.key === key);

/** The keys that are off, with the rows locked: two who switch at once do not pass each other. */
async function offNow(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, ReadonlySet<string>>> {
  const found = await rows<{ key: string; state: string }>(
    context.db,
    sql`select p.key, r.state from practice p join record r on r.id = p.id order by r.id for update of p`,
  );
  const off = new Set(found.filter(({ state }) => state === 'off').map(({ key }) => key));
  return new Map(items.map(({ key }) => [key, off]));
}

const nameOf = (key: unknown): Word => ({
  of: 'practice',
  key: String(key),
  label: known(key)?.name ?? String(key),
  whole: true,
});
const named = (some: readonly Switchable[]) => and(some.map(({ key }) => nameOf(key)));

/** Why it cannot be switched off: what is in use needs it. */
function neededBy(key: unknown, off: ReadonlySet<string>): Refusal | undefined {
  const users = switchables.filter((one) => one.needs.includes(String(key)) && !off.has(one.key));
  if (users.length === 0) return undefined;
  return new Refusal(
    'conflict',
    users.length > 1 || users[0]!.name.endsWith('s')
      ? say`${named(users)} need ${nameOf(key)}: switch that off first.`
      : say`${named(users)} needs ${nameOf(key)}: switch that off first.`,
  );
}

/** Why it cannot be switched on: what it needs is off. */
function lacking(key: unknown, off: ReadonlySet<string>): Refusal | undefined {
  const missing = switchables.filter((one) => known(key)?.needs.includes(one.key) && off.has(one.key));
  if (missing.length === 0) return undefined;
  return new Refusal('conflict', say`${nameOf(key)} need ${named(missing)}: switch that on first.`);
}

type Off = ReadonlySet<string>;

export const practiceVerbs: Verb[] = [
  verb({
    on: practice,
    verb: 'found',
    past: 'founded',
    label: 'Found',
    creates: true,
    hidden: true,
    input: { practice: { kind: 'text', label: 'Key', max: 40 } },
    required: ['practice'],
    allow: [theSystem],
    decide: (_record, input) => {
      const one = known(input.practice);
      if (!one) throw new Refusal('invalid', say`There is no such practice.`);
      return {
        set: { state: 'in_use', name: one.name, key: one.key, record_types: [...one.types], needs: [...one.needs] },
      };
    },
  }),
  verb<Row, Off>({
    on: practice,
    verb: 'switch_off',
    past: 'switched_off',
    label: 'Switch off',
    undo: (context, items) => refusedWhere(context, items, lacking),
    input: { reason },
    allow: [administrator, theSystem],
    facts: offNow,
    decide: (record, input, off) => {
      const refusal = neededBy(record.key, off);
      if (refusal) throw refusal;
      return { set: { state: 'off' }, remember: { reason: input.reason } };
    },
  }),
  verb<Row, Off>({
    on: practice,
    verb: 'switch_on',
    past: 'switched_on',
    label: 'Switch on',
    undo: (context, items) => refusedWhere(context, items, neededBy),
    input: { reason },
    allow: [administrator, theSystem],
    facts: offNow,
    decide: (record, input, off) => {
      const refusal = lacking(record.key, off);
      if (refusal) throw refusal;
      return { set: { state: 'in_use' }, remember: { reason: input.reason } };
    },
  }),
];

/** By key, why taking it back does not fit what is in use by now. */
async function refusedWhere(
  context: Context,
  items: readonly FactItem<Row>[],
  why: (key: unknown, off: Off) => Refusal | undefined,
): Promise<Map<string, Sentence>> {
  const off = (await offNow(context, items)).values().next().value ?? new Set<string>();
  return new Map(
    items.flatMap(({ key, record }) => {
      const refusal = why(record.key, off);
      return refusal ? [[key, refusal.sentence]] : [];
    }),
  );
}
