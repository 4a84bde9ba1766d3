import { allActors } from '../../commons/people';
import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import type { RecordType } from '../../kernel/record';
import { modelsIn } from '../../practices/operation/incident';
import type { Effect, Foretell, Rehearsed } from './effect';
import { stillNamed } from './named-by';
import { departmentWalls, personMay, teamMembers } from './people';
import { practiceSwitched } from './practice';
import { clocksBy, clocksOfCalendar, priorities, retained, toldByWebhook, valuesOfField } from './rules';
import { tokensThatWait } from './tokens';

export type { Effect } from './effect';

/** What a kind of record has to say of its own changes; it may look at what was before the rehearsal. */
const own: Readonly<Record<string, (context: Context, row: Row | null) => Promise<Foretell>>> = {
  department: async ({ db }) => departmentWalls({ actors: await allActors(db) }),
  person: async (context) => {
    const may = personMay({ actors: await allActors(context.db) });
    const tokens = await tokensThatWait(context);
    return async (inner, act) => [...(await may(inner, act)), ...(await tokens(inner, act))];
  },
  sign_in_rule: tokensThatWait,
  team: async () => teamMembers,
  incident_model: async (context) => priorities(await modelsIn(context)),
  calendar: async (context, row) => clocksOfCalendar(row ? await clocksBy(context, String(row.id)) : new Map()),
  custom_field: async () => valuesOfField,
  retention_rule: async () => retained,
  webhook: async () => toldByWebhook,
  practice: async () => practiceSwitched,
};

/**
 * Gets ready to tell what an act leads to: call it before the rehearsal, and what it answers after the act, while the
 * rehearsal still stands.
 */
export async function foretelling(
  context: Context,
  type: RecordType,
  row: Row | null,
): Promise<(act: Omit<Rehearsed, 'type'>) => Promise<Effect[]>> {
  const mine = await own[type.type]?.(context, row);
  return async (act) => {
    const rehearsed = { ...act, type };
    const parts = [...(mine ? [await mine(context, rehearsed)] : []), await stillNamed(context, rehearsed)];
    return parts.flat();
  };
}
