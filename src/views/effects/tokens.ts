import { waitingTokens } from '../../commons/identity';
import type { Context } from '../../kernel/command';
import { effect, type Foretell, many } from './effect';

const firstNames = 5;

/** Tokens that stop because of a sign-in rule, or are good again; what waited before the rehearsal is asked before it. */
export async function tokensThatWait({ db, now }: Context): Promise<Foretell> {
  const before = await waitingTokens(db, now);
  return async (context) => {
    const after = await waitingTokens(context.db, now);
    const left = (some: typeof before, others: typeof before) => {
      const known = new Set(others.map(({ id }) => id));
      const mine = some.filter(({ id }) => !known.has(id));
      const owners = [...new Set(mine.map(({ owner }) => owner))];
      const people = `${owners.slice(0, firstNames).join(', ')}${owners.length > firstNames ? ', …' : ''}`;
      return { counted: { count: mine.length, exact: true }, people };
    };
    const [ended, again] = [left(after, before), left(before, after)];
    return [
      ...effect(
        'tokens_end',
        ended.counted,
        { people: ended.people },
        `${many(ended.counted, 'token', 'tokens')} of people without a second factor stop: ${ended.people}.`,
      ),
      ...effect(
        'tokens_again',
        again.counted,
        { people: again.people },
        `${many(again.counted, 'token is', 'tokens are')} good again: ${again.people}.`,
      ),
    ];
  };
}
