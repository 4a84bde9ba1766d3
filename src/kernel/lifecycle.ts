/** A life: the states of a record, and in each state every verb that is allowed and where it leads. */

export type StateCategory = 'open' | 'paused' | 'stopped' | 'final';

/** Where a verb leads: a state, one of several (the verb decides), or `'='` to stay. */
export type Leads = string | readonly string[];

export interface Lifecycle {
  readonly initial: readonly string[];
  readonly states: Readonly<Record<string, StateCategory>>;
  readonly verbs: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

interface Move {
  from: readonly string[];
  to: Leads;
}

/**
 * Declares a life. Several moves of one verb are given as a list. Throws when a move names an unknown state, so that a
 * wrong declaration never starts.
 */
export function lifecycle(life: {
  initial: string | readonly string[];
  states: Record<string, StateCategory>;
  verbs: Record<string, Move | readonly Move[]>;
}): Lifecycle {
  const verbs: Record<string, Record<string, readonly string[]>> = {};
  for (const [verb, moves] of Object.entries(life.verbs)) {
    const table: Record<string, readonly string[]> = {};
    for (const move of Array.isArray(moves) ? (moves as Move[]) : [moves as Move]) {
      for (const from of move.from) {
        const leads = (Array.isArray(move.to) ? move.to : [move.to]) as string[];
        const to = leads.map((state) => (state === '=' ? from : state));
        for (const state of [from, ...to])
          if (!(state in life.states)) throw new Error(`The verb ${verb} names the unknown state ${state}.`);
        table[from] = to;
      }
    }
    verbs[verb] = table;
  }
  const initial = typeof life.initial === 'string' ? [life.initial] : [...life.initial];
  return { initial, states: life.states, verbs };
}

export function everyState(states: Record<string, StateCategory>, ...but: string[]): string[] {
  return Object.keys(states).filter((state) => !but.includes(state));
}

export function allows(life: Lifecycle, verb: string, state: string): boolean {
  return life.verbs[verb]?.[state] !== undefined;
}
