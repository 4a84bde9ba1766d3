import type { z } from 'zod';
import { calledOne } from '../../../kernel/called';
import type { Context } from '../../../kernel/command';
import { all, type Row, rows, type Sql, sql } from '../../../kernel/database';
import { load } from '../../../kernel/load';
import { holdsAny, whereAny } from '../../../kernel/policy';
import { lookUp } from '../../../kernel/references';
import { invalid } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { incident } from './incident';
import { deliveredWeights, type triedOrder, weightNames } from './queue.contract';
import type { QueueOrder } from './queue.rules';
import { mayOrderQueues } from './queue-order';
import { type Placed, placesOf, queuedColumns } from './queue-place';
import { languageOf, namedRow, shownPlaces } from './queue-shown';
import { gone, inTrial, mostTried } from './trial-frame';

/** So many rows are shown before and after. */
const shown = 20;

/**
 * How the queue would stand under an order as it is drafted, beside how it stands: the first rows before and after, of
 * the open incidents the caller may see and the order would hold for. `saved` is the order as it is kept; what `given`
 * leaves out is as there, or as delivered. Writes nothing. Throws 403 for who orders no queues.
 */
export async function tryOrder(outer: Context, given: z.output<typeof triedOrder>, saved?: Row): Promise<Row> {
  return inTrial(outer, mayOrderQueues, say`You may not order queues.`, async (context) => {
    const { db } = context;
    const order = await draftOf(context, given, saved);
    // Those first in the queue before the others.
    const { all: read, counted } = gone(await openOf(context, order));
    const before = await placesOf(db, read);
    const after = await placesOf(db, read, (inForce) => [...inForce.filter(({ id }) => id !== order.id), order]);
    const [was, is] = [inOrder(read, before), inOrder(read, after)];
    const placeOfRow = new Map(was.map(({ row }, at) => [String(row.id), at]));
    const moved = is.filter(({ row }, at) => placeOfRow.get(String(row.id)) !== at).length;
    const rowsOf = async (list: readonly Standing[]) => {
      const first = list.slice(0, shown);
      const places = await shownPlaces(
        context,
        first.map(({ placed }) => placed),
        languageOf(context),
      );
      return first.map(({ row }, at) => ({
        ...namedRow(row),
        place: at + 1,
        was: placeOfRow.get(String(row.id))! + 1,
        ...places[at],
      }));
    };
    return {
      ...counted,
      moved,
      before: await rowsOf(was),
      after: await rowsOf(is),
    };
  });
}

interface Standing {
  readonly row: Row;
  readonly placed: Placed;
}

function inOrder(records: readonly Row[], placed: readonly Placed[]): Standing[] {
  return records
    .map((row, at) => ({ row, placed: placed[at]! }))
    .sort(
      (a, b) => a.placed.place!.queue_at - b.placed.place!.queue_at || (String(a.row.id) < String(b.row.id) ? -1 : 1),
    );
}

async function openOf(context: Context, order: QueueOrder): Promise<Row[]> {
  const parts: Sql[] = [
    sql`r.type = 'incident' and r.state_category in ('open', 'paused')`,
    whereAny(incident.team, context.actor),
    ...(order.team_id ? [sql`r.team_id = ${order.team_id}::uuid`] : []),
    ...(order.department ? [sql`r.department = ${order.department}::uuid`] : []),
  ];
  return rows<Row>(
    context.db,
    sql`select ${queuedColumns} from record r join incident i on i.id = r.id
        where ${all(parts)} order by r.queue_at, r.id limit ${sql.lit(mostTried + 1)}`,
  );
}

async function draftOf(context: Context, given: z.output<typeof triedOrder>, saved?: Row): Promise<QueueOrder> {
  const asks = [
    { field: 'department', to: ['department'], text: given.department },
    { field: 'team_id', to: ['team'], text: given.team_id },
  ].flatMap(({ text, ...ask }) => (typeof text === 'string' ? [{ ...ask, text }] : []));
  const found = await lookUp(context, asks);
  const named: Row = {};
  for (const ask of asks) {
    const id = found(ask);
    if (id === null || id === 'several')
      throw invalid(
        ask.field,
        id
          ? say`Several are called ${ask.text}.`
          : say`There is no ${calledOne({ type: String(ask.to[0]), label: String(ask.to[0]) })} ${ask.text}.`,
      );
    named[ask.field] = id;
  }
  const of = (name: 'department' | 'team_id') =>
    (given[name] === undefined ? (saved?.[name] ?? null) : (named[name] ?? null)) as string | null;
  const weights = weightNames.map((name) => [name, given[name] ?? Number(saved?.[name] ?? deliveredWeights[name])]);
  return {
    id: saved ? String(saved.id) : 'drafted',
    number: saved ? String(saved.number) : null,
    name: saved ? String(saved.title) : 'as drafted',
    version: saved ? Number(saved.version) + 1 : 1,
    serial: saved ? Number(saved.serial) : Number.MAX_SAFE_INTEGER,
    department: of('department'),
    team_id: of('team_id'),
    weights: Object.fromEntries(weights),
  };
}

/** Where incidents stand and why, by number or id; what the caller may not read as its team is left out. */
export async function readPlaces(
  context: Context,
  addresses: readonly string[],
  language?: string,
): Promise<{ items: Row[]; next: null }> {
  const found = (await load(context, incident, addresses)).filter((row) => holdsAny(incident.team, row, context.actor));
  const placed = await placesOf(context.db, found);
  const places = await shownPlaces(context, placed, languageOf(context, language));
  const items = found.flatMap((row, at) => (places[at] ? [{ ...namedRow(row), ...places[at] }] : []));
  return { items, next: null };
}
