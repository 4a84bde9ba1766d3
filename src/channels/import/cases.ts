import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { newId } from '../../kernel/id';
import type { PastCase, PastLine } from '../../kernel/past';
import type { RecordType } from '../../kernel/record';
import { priorityOf } from '../../practices/operation/incident';
import type { UpdateLogMapping } from './mapping';
import type { Column, LogReader, Raw } from './read-rows';
import type { References } from './references';
import { consequences, pastOf, type Said, type Standing } from './story.rules';
import type { Place } from './surroundings';

/** The new rows of one case, and its record when it is known already. */
export interface NewRows {
  readonly key: string;
  readonly record?: Row;
  /** Links it has already, as `kind to_id`. */
  readonly links: ReadonlySet<string>;
  readonly rows: readonly Raw[];
}

export interface Teller {
  readonly type: RecordType;
  readonly mapping: UpdateLogMapping;
  readonly reader: LogReader;
  readonly references: References;
  readonly place: Place;
  readonly file: string;
}

/** Retells the rows of one case as lines: one for each row, set to what changed. */
export function retell(context: Context, teller: Teller, one: NewRows): PastCase {
  const { type, mapping, reader } = teller;
  const fields = context.house.fieldsOf(type);
  const category = (state: string) => type.life.states[state];
  const lines: PastLine[] = [];
  const children: { table: string; insert: Row }[] = [];
  const links = new Set(one.links);
  let standing = one.record ? standingOf(one.record) : null;
  let before: readonly string[] | null = null;
  for (const raw of one.rows) {
    const told = mapping.state.values[raw.cells[reader.stateAt]!];
    const state = told?.state ?? standing?.state ?? type.life.initial[0]!;
    const set: Row = { state };
    for (const column of reader.columns) {
      const text = raw.cells[column.index]!;
      const taken = column.reached
        ? column.reached.includes(state) && standing?.state !== state
        : before?.[column.index] !== text && (column.name !== 'opened_at' || !standing);
      if (!taken) continue;
      const value = filledBy(teller, column, text);
      if (value === null && (column.reached || column.field.required || column.field.standard !== undefined)) continue;
      set[column.name] = value;
      if (value !== null && column.link && !links.has(`${column.link} ${value}`)) {
        links.add(`${column.link} ${value}`);
        const insert = { id: newId(context.now), kind: column.link, to_id: value, author_id: null, at: raw.at };
        children.push({ table: 'link', insert });
      }
    }
    const said = saidBy(standing, set, told ? (told.hold_reason ?? null) : undefined, raw);
    const past = pastOf(standing, said, category);
    const actor_id = raw.actor === null ? null : (teller.references.idOf('person', raw.actor) ?? null);
    Object.assign(set, consequences(standing, said, past));
    for (const name of computed) if (name in set && !(name in fields)) delete set[name];
    if (!before || reader.titleAt.some((index) => before![index] !== raw.cells[index]))
      set.title = titleOf(teller, raw);
    if (!standing) beginning(teller, fields, raw, set);
    lines.push({
      past,
      at: raw.at,
      actor_id,
      cause: { file: teller.file, row: raw.line },
      set,
      remember: told ? undefined : { [mapping.state.column]: raw.cells[reader.stateAt] },
    });
    standing = {
      ...said,
      acknowledged_at: (set.acknowledged_at as Date | undefined) ?? standing?.acknowledged_at ?? null,
      reopen_count: Number(set.reopen_count ?? standing?.reopen_count ?? 0),
      reassignment_count: Number(set.reassignment_count ?? standing?.reassignment_count ?? 0),
    };
    before = raw.cells;
  }
  return { record: one.record, lines, children };
}

const computed = [
  'acknowledged_at',
  'reopen_count',
  'reassignment_count',
  'hold_reason',
  'hold_until',
  'resolved_at',
  'closed_at',
];

function standingOf(row: Row): Standing {
  return {
    state: String(row.state),
    hold_reason: (row.hold_reason as string | null) ?? null,
    team_id: row.team_id as string | null,
    assignee_id: row.assignee_id as string | null,
    acknowledged_at: (row.acknowledged_at as Date | null) ?? null,
    reopen_count: Number(row.reopen_count ?? 0),
    reassignment_count: Number(row.reassignment_count ?? 0),
  };
}

/** `hold` is undefined when the row says nothing of the state: then what it waits for stays. */
function saidBy(standing: Standing | null, set: Row, hold: string | null | undefined, raw: Raw): Said {
  const kept = <T>(name: 'team_id' | 'assignee_id') =>
    (name in set ? set[name] : (standing?.[name] ?? null)) as T | null;
  return {
    state: String(set.state),
    hold_reason: hold === undefined ? (standing?.hold_reason ?? null) : hold,
    team_id: kept<string>('team_id'),
    assignee_id: kept<string>('assignee_id'),
    at: raw.at,
  };
}

function filledBy(teller: Teller, column: Column, text: string): unknown {
  const value = column.read(text);
  if (value === null || column.to === undefined) return value;
  return teller.references.idOf(column.to, String(value)) ?? null;
}

function titleOf({ mapping, reader }: Teller, raw: Raw): string {
  const parts = reader.titleAt.map((index) => raw.cells[index]!).filter((text) => !reader.isUnknown(text));
  return (parts.join(mapping.title.join) || raw.key).slice(0, 300);
}

/** What a record has from its first row on: where it belongs, and the declared standards. */
function beginning(
  teller: Teller,
  fields: Readonly<Record<string, import('../../kernel/field').Field>>,
  raw: Raw,
  set: Row,
) {
  const give = (name: string, value: unknown) => {
    if (fields[name] && set[name] === undefined && value !== null && value !== undefined) set[name] = value;
  };
  give('source', teller.mapping.source);
  give('source_number', raw.key);
  give('opened_at', raw.at);
  give('organization_id', teller.place.organization_id);
  give('department', teller.place.department_id);
  if (fields.channel?.choices?.includes('import')) give('channel', 'import');
  for (const [name, field] of Object.entries(fields)) if (field.on !== 'custom') give(name, field.standard);
  const matrix = teller.mapping.surroundings?.model?.matrix ?? {};
  if (fields.impact && fields.urgency)
    give('priority', priorityOf(matrix as never, Number(set.impact), Number(set.urgency)));
}
