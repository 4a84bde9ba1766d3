import { endAccess } from '../../commons/identity';
import { automatic } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { one, type Row, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import type { Together } from '../../kernel/house';
import { performOne } from '../../kernel/perform';
import { giveBackPlace, takePlace } from './redirect';

const theProduct = automatic('rule', 'Merging people');

const texts = (value: unknown) => ((value as string[] | null | undefined) ?? []).map(String);

/** In the product's own name: what lies behind a wall of the administrator's moves as well. */
const acting = (context: Context, line: Line): Context => ({
  ...context,
  actor: theProduct,
  cause: { line: line.id },
  depth: line.depth + 1,
});

/** Who stays has the addresses and teams of who goes; roles and departments only when that was said. */
async function absorb(context: Context, line: Line): Promise<void> {
  const [gone, stays] = [line.before!, String(line.after.merged_into_id)];
  const kept = (await one<Row>(context.db, sql`select * from person where id = ${stays}::uuid`))!;
  const both = (name: string) => [...new Set([...texts(kept[name]), ...texts(gone[name])])];
  const addresses = [gone.email, ...texts(gone.further_emails)].filter((text) => text != null && text !== kept.email);
  const taken = line.changes.some(({ field, after }) => field === 'take_roles' && after === true);
  await performOne(context, context.house.verbs.get('person.absorb')!, {
    id: stays,
    input: {
      absorbed: String(gone.number),
      further_emails: [...new Set([...texts(kept.further_emails), ...addresses.map(String)])],
      team_ids: both('team_ids'),
      ...(taken ? { roles: both('roles'), departments: both('departments') } : {}),
    },
  });
}

/** Who stayed gives back what they got by the merging and still have. */
async function release(context: Context, line: Line, merging: string): Promise<void> {
  const stayed = String(line.before!.merged_into_id);
  const kept = (await one<Row>(context.db, sql`select * from person where id = ${stayed}::uuid`))!;
  const absorbed = await one<{ changes: { field: string; before?: unknown; after?: unknown }[] }>(
    context.db,
    sql`select changes from history where record_id = ${stayed}::uuid and name = 'person.absorbed'
        and cause ->> 'line' = ${merging}`,
  );
  const input: Row = { absorbed: String(line.after.number) };
  for (const { field, before, after } of absorbed?.changes ?? []) {
    if (field === 'absorbed' || after === undefined) continue;
    const got = texts(after).filter((one) => !texts(before).includes(one));
    input[field] = texts(kept[field]).filter((one) => !got.includes(one));
  }
  await performOne(context, context.house.verbs.get('person.release')!, { id: stayed, input });
}

/** What belongs to merging two people, and to parting them again, in the transaction of the act. */
export const unitePeopleTogether: readonly Together[] = [
  {
    name: 'one person in the place of two',
    on: (line) => line.name === 'person.merged',
    react: async (context, lines, past) => {
      if (past) return;
      for (const line of lines) {
        const mine = acting(context, line);
        await absorb(mine, line);
        await takePlace(mine, line.record_id, String(line.after.merged_into_id));
        await endAccess(context.db, [line.record_id]);
      }
    },
  },
  {
    name: 'two people again',
    on: (line) => line.name === 'person.unmerged',
    react: async (context, lines, past) => {
      if (past) return;
      for (const line of lines) {
        const merging = (line.cause as { line: string }).line;
        const mine = acting(context, line);
        await release(mine, line, merging);
        await giveBackPlace(mine, merging, String(line.before!.merged_into_id), line.record_id);
      }
    },
  },
];
