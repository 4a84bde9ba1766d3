import type { Context } from '../../kernel/command';
import { performOne } from '../../kernel/perform';
import { create } from './making';
import type { Surroundings } from './mapping';

/** The agreement under which the records of a log are judged by our own clock: resolution by priority, around the clock. */
export async function makePromise(
  context: Context,
  wanted: NonNullable<Surroundings['agreement']>,
  organization_id: string,
): Promise<string> {
  const calendar = await create(context, 'calendar', {
    name: `${wanted.name}: around the clock`,
    timezone: 'UTC',
    hours: Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
    ),
  });
  const agreement = await create(context, 'agreement', {
    name: wanted.name,
    calendar_id: calendar,
    match: { organization_id },
    targets: Object.entries(wanted.resolution).map(([priority, seconds]) => ({
      target: 'resolution',
      priority: Number(priority),
      seconds,
    })),
    pause_states: [],
    effective_on: wanted.effective_on,
  });
  await performOne(context, context.house.verbs.get('agreement.publish')!, { id: agreement });
  return agreement;
}
