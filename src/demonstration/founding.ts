import type { Context } from '../kernel/command';
import type { Row } from '../kernel/database';
import { performPast } from '../kernel/past';
import type { Known } from './known';

/** A thing that was simply made one day, and perhaps given up on another. */
export interface Made {
  readonly name: string;
  readonly at: Date;
  readonly set: Row;
  readonly by?: string;
  readonly over?: Date;
  readonly children?: readonly { readonly table: string; readonly insert: Row }[];
}

/** Makes things of one kind as they were made then, and remembers them by name. */
export async function found(context: Context, known: Known, type: string, things: readonly Made[]): Promise<Row[]> {
  const declared = context.house.types.get(type)!;
  const standards = Object.fromEntries(
    Object.entries(declared.fields).flatMap(([name, field]) =>
      field.standard !== undefined ? [[name, field.standard]] : [],
    ),
  );
  const rows = await performPast(
    context,
    declared,
    things.map(({ at, set, by, over, children }) => {
      const actor = by
        ? { actor_id: known.person(by), actor_kind: 'person' as const }
        : { actor_id: null, actor_kind: 'import' as const };
      const line = { ...actor, cause: null };
      return {
        children,
        lines: [
          { ...line, past: 'created', at, set: { ...standards, state: declared.life.initial[0], ...set } },
          ...(over ? [{ ...line, past: 'retired', at: over, set: { state: 'retired' } }] : []),
        ],
      };
    }),
  );
  for (const [at, row] of rows.entries()) known.remember(type, things[at]!.name, String(row.id));
  return rows;
}

/** Changes things that were made, in one set. */
export async function amend(
  context: Context,
  type: string,
  past: string,
  known: Known,
  changes: readonly { readonly record: Row; readonly at: Date; readonly set: Row; readonly by: string }[],
): Promise<Row[]> {
  return performPast(
    context,
    context.house.types.get(type)!,
    changes.map(({ record, at, set, by }) => ({
      record,
      lines: [{ past, at, actor_id: known.person(by), actor_kind: 'person', cause: null, set }],
    })),
  );
}
