/** The words of an action rule that server and screen share. */

/** When it acts: on a new incident, after an edit, in another state, after an answer, when nothing happens. */
export const occasions = ['logged', 'edited', 'moved', 'commented', 'quiet'] as const;
export type Occasion = (typeof occasions)[number];

/** From when a quiet rule counts: the last thing anybody did, the state it is in, the team it is with. */
export const quietKinds = ['change', 'state', 'team'] as const;
export type QuietKind = (typeof quietKinds)[number];

export const actionRuleStates = { draft: 'open', active: 'open', retired: 'final' } as const;
