import { type ImportOptions, importUpdateLog } from '../../src/channels/import/update-log';
import { systemClock } from '../../src/clock';
import { throughline } from '../../src/house';
import { theSystemItself } from '../../src/kernel/actor';
import { rows, sql } from '../../src/kernel/database';
import { performOne } from '../../src/kernel/perform';
import { knownRows } from '../../src/known';
import { kyselyOver } from '../../src/open';
import { testDatabase } from '../database';
import { mapping } from './sample-log';

/** A house over a database of its own, with the department that reads what comes in. */
export async function importHouse() {
  const database = await testDatabase();
  const db = kyselyOver(database.pool);
  const fields = knownRows();
  const house = throughline(fields);
  const clock = systemClock;
  const at = { db, house, clock, refreshFields: () => fields.refresh(db) };
  await performOne({ db, house, actor: theSystemItself, now: clock.now() }, house.verbs.get('department.create')!, {
    input: { key: 'it', name: 'Information technology', desk: true },
  });
  return {
    ...at,
    url: database.url,
    bring: (path: string, options?: ImportOptions) => importUpdateLog(at, mapping, path, options),
    end: database.drop,
  };
}
export type ImportedHouse = Awaited<ReturnType<typeof importHouse>>;

type Told = { name: string; at: string; actor: string | null; row: number | null; changes: unknown[] };
export type Life = { record: Record<string, unknown>; lines: Told[] };

const own = ['id', 'serial', 'number', 'created_at', 'tx', 'due_at'];

/**
 * Every imported incident with its lines, ids replaced by names, so that two databases can be compared. Rows of the
 * file are left out unless asked for.
 */
export async function livesIn({ db }: Pick<ImportedHouse, 'db'>, withRows = false): Promise<Record<string, Life>> {
  const named = await rows<{ id: string; title: string; type: string }>(db, sql`select id, title, type from record`);
  const names = new Map(named.map(({ id, title, type }) => [id, `${type} ${title}`]));
  const plain = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value), (_key, inner) =>
      typeof inner === 'string' ? (names.get(inner) ?? inner) : inner,
    );
  const found = await rows<Record<string, unknown>>(
    db,
    sql`select o.*, r.* from incident o join record r on r.id = o.id where o.source is not null order by o.source_number`,
  );
  const lines = await rows<Record<string, unknown>>(
    db,
    sql`select record_id, name, at, actor_id, cause, changes from history where type = 'incident' order by id`,
  );
  const lives: Record<string, Life> = {};
  for (const row of found) {
    const record = Object.fromEntries(Object.entries(row).filter(([name]) => !own.includes(name)));
    lives[String(row.source_number)] = {
      record: plain(record),
      lines: lines
        .filter((line) => line.record_id === row.id)
        .map((line) => ({
          name: String(line.name),
          at: (line.at as Date).toISOString(),
          actor: plain(line.actor_id) as string | null,
          row: withRows ? Number((line.cause as { row: number }).row) : null,
          changes: plain(
            (line.changes as { field: string; before: unknown; after: unknown }[]).map(({ field, before, after }) => [
              field,
              before,
              after,
            ]),
          ),
        })),
    };
  }
  return lives;
}
