import { everyState, type Lifecycle, lifecycle } from '../../kernel/lifecycle';

type States = Parameters<typeof lifecycle>[0]['states'];

/** Self-loops of what may be said, done and hung on a record in every state. */
export function besides(states: States) {
  const loop = { from: everyState(states), to: '=' };
  return {
    comment: loop,
    note: loop,
    attach: loop,
    detach: loop,
    link: loop,
    unlink: loop,
    watch: loop,
    unwatch: loop,
    task: loop,
    tick: loop,
    untick: loop,
    untask: loop,
    book: loop,
    rebook: loop,
    unbook: loop,
  };
}

const states: States = { active: 'open', retired: 'final' };

/** The life of what is simply there or no longer used. */
export const plainLife: Lifecycle = lifecycle({
  initial: 'active',
  states,
  verbs: {
    edit: { from: ['active', 'retired'], to: '=' },
    retire: { from: ['active'], to: 'retired' },
    restore: { from: ['retired'], to: 'active' },
    ...besides(states),
  },
});
