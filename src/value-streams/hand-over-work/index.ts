import { endAccess } from '../../commons/identity';
import { actorsOf } from '../../commons/people';
import { automatic } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import type { Line } from '../../kernel/history';
import type { Together } from '../../kernel/house';
import { perform } from '../../kernel/perform';
import { say } from '../../kernel/sentence.contract';
import { giveBack } from './give-back';
import { type Passing, whereTo } from './where-to';

const away = say`Its assignee is away.`;
const left = say`Its assignee has left.`;

const acts = new Set(['person.relieved', 'person.returned', 'person.retired', 'person.erased']);
const theProduct = automatic('rule', 'Handing over');

/** In the name of the act, so that taking it back takes them back as well. */
async function passAll(context: Context, passings: readonly Passing[]): Promise<void> {
  for (const type of new Set(passings.map((one) => one.type)))
    await perform(
      context,
      context.house.verbs.get(`${type}.pass`)!,
      passings.filter((one) => one.type === type).map(({ id, input }) => ({ id, input })),
    );
}

async function follow(context: Context, line: Line): Promise<void> {
  const [actor] = line.actor_id ? await actorsOf(context.db, [line.actor_id]) : [];
  const acting: Context = { ...context, actor: actor ?? theProduct, cause: { line: line.id }, depth: line.depth + 1 };
  if (line.name === 'person.relieved') return passAll(acting, await whereTo(acting, line.record_id, away));
  if (line.name === 'person.returned') return passAll(acting, await giveBack(acting, line));
  if (actor) await passAll(acting, await whereTo(acting, line.record_id, left));
  // What lies behind a wall of theirs is shared out all the same, and they are not told.
  const unseen: Context = { ...acting, actor: theProduct };
  await passAll(unseen, await whereTo(unseen, line.record_id, left));
}

/**
 * The open work of who is away goes to who is there, in the transaction of the act; what nobody touched comes back with
 * them. Who leaves has no work, session or token any more.
 */
export const handOverTogether: readonly Together[] = [
  {
    name: 'hand over open work',
    on: (line) => acts.has(line.name),
    react: async (context, lines, past) => {
      if (past) return;
      for (const line of lines) await follow(context, line);
      const gone = lines.filter(({ name }) => name === 'person.retired').map(({ record_id }) => record_id);
      if (gone.length > 0) await endAccess(context.db, gone);
    },
  },
];
