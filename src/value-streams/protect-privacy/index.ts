import { forgetDrafts } from '../../commons/draft';
import { forgetPerson } from '../../commons/identity';
import { forgetMailsAbout, forgetMessages } from '../../commons/notification';
import { forgetPreferences } from '../../commons/preference';
import { ownThingsOf } from '../../commons/sharing';
import type { Context } from '../../kernel/command';
import { rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import type { Together } from '../../kernel/house';
import { perform } from '../../kernel/perform';

/** What they kept for themselves alone may say anything: it goes. What they shared stays, as their tickets do. */
async function forgetOwnThings(context: Context, line: Line): Promise<void> {
  const own = await ownThingsOf(context.db, ['view', 'text_template', 'macro'], line.record_id);
  for (const type of new Set(own.map((one) => one.type)))
    await perform(
      { ...context, cause: { line: line.id }, depth: line.depth + 1 },
      context.house.verbs.get(`${type}.forget`)!,
      own.filter((one) => one.type === type).map(({ id }) => ({ id })),
    );
}

/** Whoever was merged into them is the same human. */
async function eraseMerged(context: Context, line: Line): Promise<void> {
  const same = await rows<{ id: string }>(
    context.db,
    sql`select id from record where merged_into_id = ${line.record_id}::uuid and type = 'person'`,
  );
  const reason = `Merged into ${line.after.number}, who was erased.`;
  if (same.length > 0)
    await perform(
      { ...context, cause: { line: line.id }, depth: line.depth + 1 },
      context.house.verbs.get('person.erase')!,
      same.map(({ id }) => ({ id, input: { reason } })),
    );
}

/** With a person's data go their means to sign in and everything that was sent to them; with a record's, the mails about it. */
export const protectPrivacyTogether: Together[] = [
  {
    name: 'forget an erased person',
    on: (line) => line.name === 'person.erased',
    react: async (context, lines) => {
      for (const line of lines) {
        await forgetPerson(context.db, line.record_id);
        await forgetMessages(context.db, line.record_id);
        await forgetDrafts(context.db, line.record_id);
        await forgetPreferences(context.db, line.record_id);
        await forgetOwnThings(context, line);
        await eraseMerged(context, line);
      }
    },
  },
  {
    name: 'forget mails about what expired',
    on: (line) => line.verb === 'expire',
    react: async (context, lines) =>
      forgetMailsAbout(
        context.db,
        lines.map((line) => line.record_id),
      ),
  },
];

export { runRetention } from './run-retention';
