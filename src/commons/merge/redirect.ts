import { z } from 'zod';
import { type Verb, verb } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { lifecycle } from '../../kernel/lifecycle';
import { theSystem } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';

/** A row of `watcher` that comes or goes with a redirection. */
export interface Watching {
  readonly id: string;
  readonly person_id: string;
  readonly at: string;
}

/** What changes on a record because one person takes the place of another. */
export interface Redirection extends Row {
  readonly set: Row;
  readonly watches?: Watching;
  readonly unwatches?: Watching;
}

const made = new Map<RecordType, Verb>();

/**
 * Another person takes somebody's place on a record, in whatever state that is. Only as a part of an act on the person,
 * so it is no part of the life and has no route.
 */
export function redirectVerb(type: RecordType): Verb {
  const known = made.get(type);
  if (known) return known;
  const states = Object.keys(type.life.states);
  const life = lifecycle({
    initial: [...type.life.initial],
    states: { ...type.life.states },
    verbs: { redirect: { from: states, to: '=' } },
  });
  const anything = z.record(z.string(), z.unknown());
  const one = verb<Redirection>({
    on: { ...type, life },
    verb: 'redirect',
    past: 'redirected',
    label: 'Name another person',
    hidden: true,
    input: {
      set: { kind: 'json', label: 'Fields', shape: anything },
      watches: { kind: 'json', label: 'Who watches now', shape: anything },
      unwatches: { kind: 'json', label: 'Who watched before', shape: anything },
    },
    allow: [theSystem],
    decide: (_record, { set, watches, unwatches }) => ({
      set,
      remember: {
        watcher_removed: unwatches && { id: unwatches.id, person: unwatches.person_id, at: unwatches.at },
        watcher: watches && { id: watches.id, person: watches.person_id, at: watches.at },
      },
      children: [
        ...(unwatches ? [{ table: 'watcher', remove: unwatches.id }] : []),
        ...(watches
          ? [{ table: 'watcher', insert: { id: watches.id, person_id: watches.person_id, at: watches.at } }]
          : []),
      ],
    }),
  });
  made.set(type, one);
  return one;
}
