import { attachmentsOf } from '../../commons/attachment';
import { commentsOf } from '../../commons/conversation';
import { linksOf } from '../../commons/link';
import { historyOf } from '../../commons/reading';
import { tasksOf } from '../../commons/task';
import { timeEntriesOf } from '../../commons/time-entry';
import { watchersOf } from '../../commons/watch';
import { calledMany } from '../../kernel/called';
import type { Context, House } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import type { RecordType } from '../../kernel/record';
import { absent, malformed, Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { readClocks } from '../../practices/design/service-level';
import { promisedTypes } from '../../value-streams/keep-service-promises';
import { incidentContext } from '../../views/incident-context';
import { lineOfSight } from '../../views/line-of-sight';

type Part = (context: Context, type: RecordType, row: Row) => Promise<unknown>;

/** Of each part so many: most records have fewer. */
const firstPage = 200;

/** Clocks run for what promises are made about. */
export async function clocksOf(context: Context, type: RecordType, row: Row): Promise<unknown> {
  const kind = promisedTypes.get(type.type);
  if (!kind || context.house.off.has('agreement')) throw absent(say`clock of ${calledMany(type)}`);
  return { items: await readClocks(context, kind, row), next: null };
}

/** What a page shows of a record, each as its own address answers it. */
const parts: Readonly<Record<string, Part>> = {
  comments: (context, type, row) => commentsOf(context, type, row, firstPage),
  attachments: (context, type, row) => attachmentsOf(context, type, row, firstPage),
  links: (context, _type, row) => linksOf(context, row, firstPage),
  watchers: (context, _type, row) => watchersOf(context, row, firstPage),
  tasks: (context, type, row) => tasksOf(context, type, row, firstPage),
  'time-entries': (context, type, row) => timeEntriesOf(context, type, row, firstPage),
  history: (context, type, row) => historyOf(context, type, String(row.id), firstPage),
  'line-of-sight': async (context, type, row) => ({ paths: await lineOfSight(context, type, row) }),
  clocks: clocksOf,
  context: (context, type, row) => {
    if (type.type !== 'incident') throw absent(say`part`);
    return incidentContext(context, type, row);
  },
};

/** The names of parts there are to ask for. */
export const partNames = (house: House): string[] =>
  Object.keys(parts).filter((name) => name !== 'clocks' || !house.off.has('agreement'));

/** Reads `with=`: 400 names a part that does not exist. */
export function readParts(text: string | undefined): string[] {
  const names = [...new Set((text ?? '').split(',').filter(Boolean))];
  for (const name of names) if (!Object.hasOwn(parts, name)) throw malformed('with', say`There is no part ${name}.`);
  return names;
}

/** The parts asked for, side by side; what this kind of record has not, or this caller may not read, is left out. */
export async function partsOf(
  context: Context,
  type: RecordType,
  row: Row,
  names: readonly string[],
): Promise<Record<string, unknown>> {
  const found = await Promise.all(
    names.map(async (name) => {
      try {
        return [[name, await parts[name]!(context, type, row)] as const];
      } catch (error) {
        if (error instanceof Refusal) return [];
        throw error;
      }
    }),
  );
  return Object.fromEntries(found.flat());
}
