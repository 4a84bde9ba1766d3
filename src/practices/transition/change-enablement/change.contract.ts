/** The words of a change that server and screen share. */
export const changeStates = {
  draft: 'open',
  submitted: 'open',
  assessing: 'open',
  awaiting_authorization: 'open',
  scheduled: 'open',
  implementing: 'open',
  documentation: 'open',
  review: 'open',
  closed: 'final',
  rejected: 'final',
  cancelled: 'final',
  imported: 'final',
} as const;

/** Before the work begins. */
export const plannedStates = ['draft', 'submitted', 'assessing', 'awaiting_authorization', 'scheduled'] as const;

export const changeKinds = ['standard', 'normal', 'emergency'] as const;
export const riskLevels = ['low', 'medium', 'high'] as const;
export const outcomes = ['successful', 'successful_with_issues', 'failed', 'backed_out'] as const;
