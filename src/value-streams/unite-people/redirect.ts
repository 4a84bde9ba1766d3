import { type Redirection, redirectVerb, type Watching } from '../../commons/merge';
import { recordsNaming, renamed } from '../../commons/people';
import { fieldValue } from '../../kernel/apply';
import type { Context } from '../../kernel/command';
import { among, type Row, rows, sql } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import { type Change, type StoredChange, same } from '../../kernel/history';
import { newId } from '../../kernel/id';
import { load } from '../../kernel/load';
import { perform } from '../../kernel/perform';

/** So many records go through the door at once. */
const batch = 500;

/** Everywhere one person is named another one stands from now on; each record tells so in a line of its own. */
export async function takePlace(context: Context, from: string, to: string): Promise<void> {
  for (const [kind, ids] of await recordsNaming(context, from)) {
    const type = context.house.types.get(kind)!;
    for (let at = 0; at < ids.length; at += batch) {
      const some = ids.slice(at, at + batch);
      const watching = await watchersOn(context, some, [from, to]);
      const known = await load(context, type, some, { lock: true });
      await redirect(
        context,
        kind,
        known.map((row) => {
          const before = watching.get(`${row.id} ${from}`);
          const already = watching.has(`${row.id} ${to}`);
          return {
            id: String(row.id),
            input: {
              set: renamed(context, type, row, from, to),
              ...(before ? { unwatches: before } : {}),
              ...(before && !already
                ? { watches: { id: newId(context.now), person_id: to, at: context.now.toISOString() } }
                : {}),
            },
          };
        }),
      );
    }
  }
}

/** What was moved goes back, as far as it still stands as it was moved: what somebody changed since stays changed. */
export async function giveBackPlace(context: Context, merging: string, from: string, to: string): Promise<void> {
  // Written in one transaction; a restore gives all lines one, and the cause tells them apart there too.
  const lines = await rows<{ record_id: string; type: string; changes: StoredChange[] }>(
    context.db,
    sql`select h.record_id, h.type, h.changes from history x join history h on h.tx = x.tx and h.cause ->> 'line' = x.id::text
        where x.id = ${merging}::uuid and h.name = h.type || '.redirected' order by h.id`,
  );
  for (const kind of new Set(lines.map(({ type }) => type))) {
    const type = context.house.types.get(kind);
    if (!type) continue;
    const mine = new Map(lines.filter((line) => line.type === kind).map((line) => [line.record_id, line.changes]));
    const ids = [...mine.keys()];
    for (let at = 0; at < ids.length; at += batch) {
      const some = ids.slice(at, at + batch);
      const watching = await watchersOn(context, some, [from, to]);
      const known = await load(context, type, some, { lock: true });
      await redirect(
        context,
        kind,
        known.map((row) => ({
          id: String(row.id),
          input: backOf(context.house.fieldsOf(type), row, mine.get(String(row.id))!, watching, { from, to }),
        })),
      );
    }
  }
}

interface Two {
  readonly from: string;
  readonly to: string;
}

function backOf(
  fields: Readonly<Record<string, Field>>,
  row: Row,
  changes: readonly StoredChange[],
  watching: ReadonlyMap<string, Watching>,
  { from, to }: Two,
): Redirection {
  const set: Row = {};
  const told = changes.filter((change): change is Change & { salt: string } => !('erased' in change));
  for (const { field: name, before, after } of told) {
    const field = fields[name];
    if (!field) continue;
    const now = fieldValue(row, name, field);
    if (same(now, after)) set[name] = before;
    else if (field.kind === 'references') set[name] = listBack(now, before, after, { from, to });
  }
  const said = (name: string) =>
    told.find(({ field }) => field === name)?.after as { id: string; at: string } | undefined;
  const [was, came] = [said('watcher_removed'), said('watcher')];
  const now = watching.get(`${row.id} ${from}`);
  return {
    set,
    ...(came && now?.id === came.id ? { unwatches: now } : {}),
    ...(was && !watching.has(`${row.id} ${to}`) ? { watches: { id: was.id, person_id: to, at: was.at } } : {}),
  };
}

/** A list that somebody else has changed since: only the one is taken out again and the other put in. */
function listBack(now: unknown, before: unknown, after: unknown, { from, to }: Two): string[] {
  const [present, old, moved] = [now, before, after].map((value) => (value as string[] | null) ?? []);
  const came = moved!.includes(from) && !old!.includes(from);
  const rest = present!.filter((id) => !(came && id === from));
  // Whoever took them out meanwhile meant this human.
  return present!.includes(from) && old!.includes(to) && !rest.includes(to) ? [...rest, to] : rest;
}

async function redirect(context: Context, kind: string, items: { id: string; input: Redirection }[]): Promise<void> {
  const moved = items.filter(({ input }) => Object.keys(input.set).length > 0 || input.watches || input.unwatches);
  if (moved.length === 0) return;
  const results = await perform(context, redirectVerb(context.house.types.get(kind)!), moved);
  const refused = results.find((result) => !result.ok);
  if (refused && !refused.ok) throw refused.refusal;
}

/** Who of these people watches which of these records, by record and person. */
async function watchersOn(
  context: Context,
  ids: readonly string[],
  people: readonly string[],
): Promise<Map<string, Watching>> {
  const found = await rows<{ id: string; record_id: string; person_id: string; at: Date }>(
    context.db,
    sql`select id, record_id, person_id, at from watcher where record_id ${among([...ids])} and person_id ${among([...people])}`,
  );
  return new Map(
    found.map(({ id, record_id, person_id, at }) => [
      `${record_id} ${person_id}`,
      { id, person_id, at: at.toISOString() },
    ]),
  );
}
