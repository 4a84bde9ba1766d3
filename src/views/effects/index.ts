import { allActors } from '../../commons/people';
import type { Context } from '../../kernel/command';
import type { RecordType } from '../../kernel/record';
import { modelsIn } from '../../practices/operation/incident';
import type { Effect, Foretell, Rehearsed } from './effect';
import { stillNamed } from './named-by';
import { departmentWalls, personMay, teamMembers } from './people';
import { practiceSwitched } from './practice';
import { clocksOfCalendar, priorities, retained, valuesOfField } from './rules';

export type { Effect } from './effect';

/** What a kind of record has to say of its own changes; it may look at what was before the rehearsal. */
const own: Readonly<Record<string, (context: Context) => Promise<Foretell>>> = {
  department: async ({ db }) => departmentWalls({ actors: await allActors(db) }),
  person: async ({ db }) => personMay({ actors: await allActors(db) }),
  team: async () => teamMembers,
  incident_model: async (context) => priorities(await modelsIn(context)),
  calendar: async () => clocksOfCalendar,
  custom_field: async () => valuesOfField,
  retention_rule: async () => retained,
  practice: async () => practiceSwitched,
};

/**
 * Gets ready to tell what an act leads to: call it before the rehearsal, and what it answers after the act, while the
 * rehearsal still stands.
 */
export async function foretelling(
  context: Context,
  type: RecordType,
): Promise<(act: Omit<Rehearsed, 'type'>) => Promise<Effect[]>> {
  const mine = await own[type.type]?.(context);
  return async (act) => {
    const rehearsed = { ...act, type };
    const parts = [...(mine ? [await mine(context, rehearsed)] : []), await stillNamed(context, rehearsed)];
    return parts.flat();
  };
}
