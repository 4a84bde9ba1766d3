/** What each status of a refusal means, in the description of the interface. */
export const problems: Record<number, string> = {
  400: 'Not well-formed: unknown query field or operator, bad cursor, not JSON',
  401: 'Not signed in',
  403: 'Seen, but not allowed',
  404: 'Absent or hidden, the same answer',
  409: 'Not in this state',
  412: 'Stale: the version is another',
  413: 'Too large',
  415: 'Not this media type',
  422: 'Wrong or missing input, broken rule',
  429: 'Too many',
};
