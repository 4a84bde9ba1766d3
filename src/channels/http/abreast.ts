import type { Actor } from '../../kernel/actor';
import type { Verb } from '../../kernel/command';
import { transact } from '../../kernel/database';
import { isId } from '../../kernel/id';
import type { Item } from '../../kernel/perform';
import { actOnAll } from './act';
import type { App } from './app';
import type { Answer } from './idempotency';

/** A request at the door. */
interface Waiting {
  readonly item: Item;
  readonly done: (answer: Answer) => void;
  readonly fail: (reason: unknown) => void;
}

interface Gate {
  /** Lists that are under way. */
  lanes: number;
  waiting: Waiting[];
}

/** So many go through at once: enough to share the cost of a transaction, few enough to answer soon. */
const most = 50;
/** While the database works for one list, the next is prepared. */
const lanes = 2;

const gates = new WeakMap<Actor, Map<Verb, Gate>>();

function gateOf(actor: Actor, verb: Verb): Gate {
  const mine = gates.get(actor) ?? new Map<Verb, Gate>();
  gates.set(actor, mine);
  const gate = mine.get(verb) ?? { lanes: 0, waiting: [] };
  mine.set(verb, gate);
  return gate;
}

/**
 * Performs a verb for a request. Requests of one caller for the same verb that come while others of them are under way
 * go through the door together as one list, in one transaction: the door takes lists anyway, and statements and commits
 * are shared. Each is answered or refused for itself; throws the refusal.
 */
export function abreast(app: App, actor: Actor, verb: Verb, item: Item): Promise<Answer> {
  const gate = gateOf(actor, verb);
  return new Promise((done, fail) => {
    gate.waiting.push({ item, done, fail });
    if (gate.lanes < lanes) void letThrough(app, actor, verb, gate);
  });
}

async function letThrough(app: App, actor: Actor, verb: Verb, gate: Gate): Promise<void> {
  gate.lanes += 1;
  while (gate.waiting.length > 0) await together(app, actor, verb, next(gate));
  gate.lanes -= 1;
}

/** Those who can go together: one list names a record once, and all of it by id or all of it by number. */
function next(gate: Gate): Waiting[] {
  const taken: Waiting[] = [];
  const left: Waiting[] = [];
  const named = new Set<string>();
  const byId = isId(gate.waiting[0]!.item.id ?? '');
  for (const one of gate.waiting) {
    const address = one.item.id?.toLowerCase();
    const fits = address === undefined || (isId(address) === byId && !named.has(address));
    if (!fits || taken.length >= most) {
      left.push(one);
      continue;
    }
    if (address !== undefined) named.add(address);
    taken.push(one);
  }
  gate.waiting = left;
  return taken;
}

async function together(app: App, actor: Actor, verb: Verb, taken: readonly Waiting[]): Promise<void> {
  let worked = false;
  try {
    const answers = await transact(app.db, async (db) => {
      worked = false;
      const all = await actOnAll(
        { db, house: app.house, actor, now: app.clock.now() },
        verb,
        taken.map((one) => one.item),
      );
      worked = true;
      return all;
    });
    for (const [at, one] of taken.entries()) {
      const answer = answers[at]!;
      if (answer instanceof Error) one.fail(answer);
      else one.done(answer);
    }
  } catch (error) {
    // A commit that nobody answered may have been one: what it wrote would stand there twice.
    const unknown = worked && !isTakenBack(error);
    if (taken.length === 1 || unknown) for (const one of taken) one.fail(error);
    // What broke one of them must not fall on the others.
    else for (const one of taken) await together(app, actor, verb, [one]);
  }
}

/** Has the database said that it kept nothing? A connection that is lost says nothing. */
const isTakenBack = (error: unknown): boolean =>
  /^(?!08|57)\d[0-9A-Z]{4}$/.test(String((error as { code?: unknown } | null)?.code));
