import { theSystemItself } from '../../kernel/actor';
import { calledField } from '../../kernel/called';
import {
  type Child,
  type Context,
  type FactItem,
  type Outcome,
  type UndoItem,
  type Verb,
  verb,
} from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { lifecycle } from '../../kernel/lifecycle';
import { theSystem } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { invalid, Refusal } from '../../kernel/refusal';
import { type Said, type Sentence, say } from '../../kernel/sentence.contract';
import { everyoneAtWork } from '../people/at-work';
import { backBefore, type TakenLine, wholeHistories } from './lines';
import { standingLines, undoneBy } from './moments.rules';
import { type PutAside, readPutAside, timersBefore, touchedSince } from './put-aside';
import { over, undoable, undoMs, untilsOfParts } from './until';

interface Facts {
  readonly lines: readonly TakenLine[];
  /** Why other records do not allow it any more. */
  readonly refused: Sentence | undefined;
  /** What the line replaced beside the fields. */
  readonly aside: PutAside | undefined;
  /** What hangs on it was added, changed or taken away since, here or at its other end. */
  readonly moved: boolean;
  /** Until when a line can be taken back. */
  readonly until: (line: TakenLine) => Date;
}

type Given = { line: string };

function decide(
  type: RecordType,
  record: Row,
  { line: id }: Given,
  { lines, aside, refused, moved, until }: Facts,
  context: Context,
  led: boolean,
): Outcome {
  const line = lines.find((one) => one.id === id);
  if (!line) throw invalid('line', say`${String(record.number)} has no such line.`);
  if (!led && context.actor.kind === 'person' && line.actor_id !== context.actor.id)
    throw new Refusal('forbidden', say`Only whoever did it may take it back.`);
  if (!undoable(context.house, type, line.name)) throw new Refusal('conflict', say`This cannot be taken back.`);
  if (lines.some((one) => one.name.endsWith('.undone') && undoneBy(one) === id))
    throw new Refusal('conflict', say`This was taken back already.`);
  // What an act led to has the time of the act.
  if (!led && context.now >= until(line)) throw over(line.recorded_at, until(line));
  const fields = context.house.whole.fieldsOf(type);
  const mine = new Set(line.changes.map(({ field }) => field).filter((field) => fields[field]));
  const near = new Set([...mine, ...(type.bound ?? []).filter((set) => set.some((one) => mine.has(one))).flat()]);
  const changedSince = (what: Said) =>
    new Refusal(
      'conflict',
      led ? say`${what} was changed since.` : say`${what} was changed since: it cannot be taken back any more.`,
    );
  const later = standingLines(lines.slice(lines.indexOf(line) + 1));
  for (const { field } of later.flatMap(({ changes }) => changes))
    if (near.has(field) && fields[field]) throw changedSince(calledField(field, fields[field]));
  if (moved) throw changedSince(say`What it was about`);
  if (refused) throw new Refusal('conflict', refused);
  if ([...mine].some((field) => fields[field]!.secret))
    throw new Refusal('conflict', say`A secret was changed: what it was is not kept.`);
  // A rule that only told people changed nothing; what it told is taken back.
  if (!led && mine.size === 0 && hungOn(aside).length === 0) throw new Refusal('conflict', say`It changed nothing.`);
  return {
    ...backBefore(fields, record, lines, line),
    cause: { line: id },
    remember: { taken_back: line.name },
    internal: line.internal,
    children: hungBefore(aside),
    wake: aside ? timersBefore(aside) : [],
  };
}

/** The ids of the rows an act added, changed or took away. */
const hungOn = (aside: PutAside | undefined): string[] =>
  aside
    ? [...aside.added.map(({ id }) => id), ...[...aside.removed, ...aside.changed].map(({ row }) => String(row.id))]
    : [];

/** What it added goes, what it took away is there again, what it changed is as it was. */
const hungBefore = (aside: PutAside | undefined): Child[] => [
  ...(aside?.added ?? []).map(({ table, id }) => ({ table, remove: id })),
  ...(aside?.removed ?? []).map(({ table, row }) => ({ table, insert: row })),
  ...(aside?.changed ?? []).map(({ table, row }) => ({ table, change: row })),
];

async function factsOf(context: Context, items: readonly FactItem<Given>[], led: boolean): Promise<Map<string, Facts>> {
  const lines = await wholeHistories(
    context,
    items.map(({ key }) => key),
  );
  const taken = items.flatMap(
    ({ key, input }) => lines.get(key)?.find(({ id }) => id === input.line.toLowerCase()) ?? [],
  );
  const asides = await readPutAside(
    context.db,
    taken.map(({ id }) => id),
  );
  // What a rule did it did as the product: nobody's own acts are asked about.
  const asking = led ? { ...context, actor: theSystemItself } : context;
  const refused = await refusedBy(asking, items, lines, asides);
  const hanging = taken.map((line) => ({ line: line.id, at: line.recorded_at, touched: hungOn(asides.get(line.id)) }));
  const moved = await touchedSince(
    context.db,
    hanging.filter(({ touched }) => touched.length > 0),
  );
  const parts = await untilsOfParts(context.db, taken);
  const until = (line: TakenLine) => parts(line) ?? new Date(line.recorded_at.getTime() + undoMs);
  return new Map(
    items.map(({ key, input }) => [
      key,
      {
        lines: lines.get(key) ?? [],
        aside: asides.get(input.line.toLowerCase()),
        refused: refused.get(key),
        moved: moved.has(input.line.toLowerCase()),
        until,
      },
    ]),
  );
}

/** Asks the verbs that were done whether what would be again still holds. */
async function refusedBy(
  context: Context,
  items: readonly FactItem<Given>[],
  lines: ReadonlyMap<string, readonly TakenLine[]>,
  asides: ReadonlyMap<string, PutAside>,
): Promise<Map<string, Sentence>> {
  const asked = new Map<Verb, UndoItem[]>();
  for (const { key, record, input } of items) {
    const line = lines.get(key)?.find(({ id }) => id === input.line.toLowerCase());
    const done = line && undoable(context.house, context.house.types.get(String(record.type))!, line.name);
    if (!done || typeof done.undo !== 'function') continue;
    const again = Object.fromEntries(line.changes.flatMap((one) => ('erased' in one ? [] : [[one.field, one.before]])));
    const back = (asides.get(line.id)?.removed ?? []).map(({ row }) => row);
    asked.set(done, [...(asked.get(done) ?? []), { key, record, input: again, rows: back }]);
  }
  const refused = new Map<string, Sentence>();
  for (const [done, mine] of asked)
    if (typeof done.undo === 'function')
      for (const [key, sentence] of await done.undo(context, mine)) refused.set(key, sentence);
  return refused;
}

const made = { own: new WeakMap<RecordType, Verb>(), led: new WeakMap<RecordType, Verb>() };

/**
 * The inverse verb of a type: from any state back to any. It is no part of the life: the verb it takes back was. `led`:
 * it takes back what a rule did because of the act somebody takes back; neither author nor time of its own are asked.
 */
export function undoVerb(type: RecordType, led = false): Verb {
  const known = made[led ? 'led' : 'own'].get(type);
  if (known) return known;
  const states = Object.keys(type.life.states);
  const life = lifecycle({
    initial: [...type.life.initial],
    states: { ...type.life.states },
    verbs: { undo: { from: states, to: states } },
  });
  const one = verb<Given, Facts>({
    on: { ...type, life },
    verb: 'undo',
    past: 'undone',
    label: 'Take back',
    input: { line: { kind: 'text', label: 'Line', max: 100 } },
    required: ['line'],
    allow: [everyoneAtWork, theSystem],
    facts: (context, items) => factsOf(context, items, led),
    decide: (record, input, facts, context) =>
      decide(type, record, { line: input.line.toLowerCase() }, facts, context, led),
  });
  made[led ? 'led' : 'own'].set(type, one);
  return one;
}
