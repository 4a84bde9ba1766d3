import { type Size, switchables } from '../../commons/practice';
import type { Context } from '../../kernel/command';
import { rows, sql } from '../../kernel/database';
import { perform, performOne } from '../../kernel/perform';

/** A row for each practice that has none yet: in use. Answers how many were made. */
export async function foundPractices(context: Context): Promise<number> {
  const found = await rows<{ key: string }>(context.db, sql`select key from practice`);
  const missing = switchables.filter(({ key }) => !found.some((one) => one.key === key));
  const results = await perform(
    context,
    context.house.verbs.get('practice.found')!,
    missing.map(({ key }) => ({ input: { practice: key } })),
  );
  return results.filter(({ ok }) => ok).length;
}

/** A new organisation begins as big as it said: the small one with the base and what is known. */
export async function beginWith(context: Context, size: Size): Promise<void> {
  await foundPractices(context);
  if (size === 'everything') return;
  // What needs others goes before them.
  const off = switchables.filter(({ small }) => !small).sort((a, b) => b.needs.length - a.needs.length);
  for (const { key } of off)
    await performOne(context, context.house.verbs.get('practice.switch_off')!, {
      id: key,
      input: { reason: 'The organisation begins small.' },
    });
}
