/** The words of a problem that server and screen share. */
export const problemStates = {
  new: 'open',
  assessed: 'open',
  investigating: 'open',
  known_error: 'open',
  fix_in_progress: 'open',
  resolved: 'stopped',
  closed: 'final',
  cancelled: 'final',
  imported: 'final',
} as const;

/** Where somebody still works on the cause. */
export const openProblemStates = ['new', 'assessed', 'investigating', 'known_error', 'fix_in_progress'] as const;

/** What made somebody look for a cause. */
export const origins = ['incidents', 'trend', 'risk', 'supplier'] as const;
