import { actorOf } from '../commons/people';
import type { Context } from '../kernel/command';
import { performOne } from '../kernel/perform';
import { found } from './founding';
import type { Known } from './known';

/** What Ada decided about signing in, and a colleague an address book had spelled in two ways. */
export async function tellAccounts(context: Context, known: Known, at: Date): Promise<void> {
  await found(context, known, 'sign_in_rule', [
    {
      name: 'Who leads needs more than a password',
      at,
      by: 'Ada Rossi',
      set: {
        name: 'Who leads needs more than a password',
        description: 'They hand over work and declare major incidents.',
        roles: ['team_lead', 'incident_manager'],
        owner_id: known.person('Ada Rossi'),
      },
    },
  ]);
  await found(context, known, 'person', [
    { name: 'Marta Lopez', at, set: { name: 'Marta Lopez', email: 'm.lopez@pizza.example', roles: ['requester'] } },
  ]);
  const ada = await actorOf(context.db, known.person('Ada Rossi'));
  await performOne({ ...context, actor: ada! }, context.house.verbs.get('person.merge')!, {
    id: known.person('Marta Lopez'),
    input: { into: known.person('Marta Lopes') },
  });
}
