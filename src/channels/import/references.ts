import type { Context } from '../../kernel/command';
import { type Row, rows, sql, transact } from '../../kernel/database';
import { type PastCase, performPast } from '../../kernel/past';
import { rememberCases } from './known';
import type { Place } from './surroundings';

/** Something a row names: a person, a team, a problem. `at` and `line`: where it was named first. */
export interface Named {
  readonly type: string;
  readonly name: string;
  readonly at: Date;
  readonly line: number;
}

export interface References {
  /** The id behind a name; undefined until `make` has seen it. */
  idOf(type: string, name: string): string | undefined;
  /** Finds or makes everything named here. Committed by itself, so that chunks that run at once share it. */
  make(context: Context, named: readonly Named[]): Promise<void>;
}

/** The records a log names, known by the log's own words for them; what is missing is made. */
export function references(source: string, file: string, place: Place): References {
  const known = new Map<string, Map<string, string>>();
  const ofType = (type: string) => {
    const found = known.get(type) ?? new Map<string, string>();
    known.set(type, found);
    return found;
  };
  return {
    idOf: (type, name) => known.get(type)?.get(name),
    async make(outer, named) {
      const missing = new Map<string, Map<string, Named>>();
      for (const one of named) {
        if (ofType(one.type).has(one.name)) continue;
        const group = missing.get(one.type) ?? new Map<string, Named>();
        if (!group.has(one.name)) group.set(one.name, one);
        missing.set(one.type, group);
      }
      if (missing.size === 0) return;
      await transact(outer.db, async (db) => {
        const context = { ...outer, db };
        for (const [type, group] of missing) {
          const stored = await rows<{ key: string; record_id: string }>(
            db,
            sql`select key, record_id from import_key
                where source = ${source} and type = ${type} and key = any(${[...group.keys()]}::text[])`,
          );
          for (const { key, record_id } of stored) {
            ofType(type).set(key, record_id);
            group.delete(key);
          }
          if (group.size === 0) continue;
          const all = [...group.values()];
          const made = await performPast(
            context,
            context.house.types.get(type)!,
            all.map((one) => newborn(context, source, file, place, one)),
          );
          await rememberCases(
            db,
            source,
            type,
            all.map((one, at) => ({ key: one.name, record_id: String(made[at]!.id), rows: [] })),
          );
          for (const [at, one] of all.entries()) ofType(type).set(one.name, String(made[at]!.id));
        }
      });
    },
  };
}

/** A record that knows only its name and where it was named, and says so. */
function newborn(context: Context, source: string, file: string, place: Place, one: Named): PastCase {
  const type = context.house.types.get(one.type)!;
  const fields = context.house.fieldsOf(type);
  // A type with a state for it says that nothing else is known.
  const state = ['live', 'imported'].find((one) => one in type.life.states) ?? type.life.initial[0];
  const set: Row = { state };
  const give = (name: string, value: unknown) => {
    if (fields[name] && value !== null && value !== undefined) set[name] = value;
  };
  for (const [name, field] of Object.entries(fields))
    if (field.standard !== undefined && name !== 'state') set[name] = field.standard;
  give(fields.name ? 'name' : 'title', one.name);
  give('organization_id', place.organization_id);
  if (one.type === 'person') give('departments', place.department_id ? [place.department_id] : null);
  else give('department', place.department_id);
  give('source', source);
  give('source_number', one.name);
  if (fields.source_number)
    give(
      'description',
      `Known from an imported log (${source}) by its number and by the records that name it; nothing else is known.`,
    );
  const why = { imported: `Named in line ${one.line} of ${file}.` };
  // No file and row as its cause: those stand for the lines that are rows themselves.
  return { lines: [{ past: 'created', at: one.at, actor_id: null, cause: null, set, why }] };
}
