import { type Db, rows, sql } from '../../kernel/database';
import type { LogReader, Raw } from './read-rows';
import { countAsTheLog } from './story.rules';

/** The log's own counters as it wrote them, by case and place of the row among all rows of the case. */
export interface LogCounters {
  add(raw: Raw, place: number): void;
  readonly byCase: ReadonlyMap<string, readonly number[]>;
  readonly kept: boolean;
}

export function logCounters(reader: LogReader): LogCounters {
  const byCase = new Map<string, number[]>();
  const { reopened, reassigned } = reader.counters;
  const kept = reopened !== undefined || reassigned !== undefined;
  return {
    byCase,
    kept,
    add(raw, place) {
      if (!kept) return;
      const list = byCase.get(raw.key) ?? [];
      if (list.length === 0) byCase.set(raw.key, list);
      list.push(place, counted(raw, reopened), counted(raw, reassigned));
    },
  };
}

const counted = (raw: Raw, index: number | undefined) => (index === undefined ? -1 : Number(raw.cells[index] || -1));

interface LineRow {
  record_id: string;
  key: string;
  states: (string | null)[];
  teams: (string | null)[];
  moved: boolean[];
}

const page = 4_000;

/**
 * Recomputes the counters from our history by the log's rules and compares them row by row with what the log says of
 * itself. Only lines whose cause is a row of a file are counted; what people did here since is left out.
 */
export async function reconcile(
  db: Db,
  source: string,
  type: string,
  counters: LogCounters,
  isOver: (state: string) => boolean,
): Promise<{ what: string; rows: number; equal: number }[]> {
  if (!counters.kept) return [];
  const reopens = { what: 'reopens', rows: 0, equal: 0 };
  const reassignments = { what: 'reassignments', rows: 0, equal: 0 };
  const keys = [...counters.byCase.keys()];
  for (let from = 0; from < keys.length; from += page) {
    const found = await rows<LineRow>(db, changesOf(source, type, keys.slice(from, from + page)));
    for (const one of found) {
      const told = counters.byCase.get(one.key)!;
      const ours = countAsTheLog(asStates(one), isOver);
      for (let at = 0; at < told.length; at += 3) {
        const mine = ours[told[at]!];
        if (!mine) continue;
        if (told[at + 1]! >= 0) {
          reopens.rows += 1;
          if (told[at + 1] === mine.reopened) reopens.equal += 1;
        }
        if (told[at + 2]! >= 0) {
          reassignments.rows += 1;
          if (told[at + 2] === mine.reassigned) reassignments.equal += 1;
        }
      }
    }
  }
  return [reopens, reassignments];
}

/** State and team after each line, from what the lines changed. */
function asStates(one: LineRow): { state: string; team_id: string | null }[] {
  let state = '';
  let team_id: string | null = null;
  return one.states.map((given, at) => {
    state = given ?? state;
    if (one.moved[at]) team_id = one.teams[at] ?? null;
    return { state, team_id };
  });
}

function changesOf(source: string, type: string, keys: readonly string[]) {
  return sql`select k.record_id, k.key, array_agg(c.state order by h.id) as states, array_agg(c.team order by h.id) as teams,
      array_agg(coalesce(c.moved, false) order by h.id) as moved
    from import_key k join history h on h.record_id = k.record_id and h.cause ? 'row'
      cross join lateral (
        select max(x ->> 'after') filter (where x ->> 'field' = 'state') as state,
          max(x ->> 'after') filter (where x ->> 'field' = 'team_id') as team,
          bool_or(x ->> 'field' = 'team_id') as moved
        from jsonb_array_elements(h.changes) x where x ->> 'field' in ('state', 'team_id')) c
    where k.source = ${source} and k.type = ${type} and k.key = any(${[...keys]}::text[])
    group by k.record_id, k.key`;
}
