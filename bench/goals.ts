/**
 * What real peers needed for the same work with about 25,000 tickets on two cores (Request Tracker, iTop, osTicket;
 * the best of the three, milliseconds with one client), and what we want to need.
 */
export interface Goal {
  readonly peers: string;
  /** Milliseconds, p50 with one client; for `perSecond` operations with eight clients a second. */
  readonly small?: number;
  readonly large?: number;
  readonly perSecond?: number;
}

export const goals: Readonly<Record<string, Goal>> = {
  'log an incident': { peers: 'RT 7.6/s, iTop 25/s, osTicket 62/s', perSecond: 400 },
  'an alert comes in': { peers: '', perSecond: 200 },
  'one incident': { peers: 'RT 24 ms, iTop 67 ms', small: 3, large: 5 },
  'page of an incident, all its data': { peers: 'RT 158, iTop 146, osTicket 24 ms', small: 5, large: 10 },
  'list of 50 of a queue by priority and due': { peers: 'RT 33, iTop 70, osTicket 320 ms', small: 3, large: 5 },
  'list of 50 of a queue in its order': { peers: '', small: 5, large: 5 },
  'search, a rare word': { peers: 'RT 360, iTop 865, osTicket 34 ms', small: 4, large: 20 },
  'search, a common word': { peers: '', small: 4, large: 20 },
  'dashboard, six measures': { peers: 'RT 132, iTop 77, osTicket 191 ms', small: 8, large: 30 },
  'change of state': { peers: 'RT 92, iTop 74, osTicket 26 ms', small: 3, large: 5 },
  comment: { peers: 'RT 108, iTop 83, osTicket 23 ms', small: 3, large: 5 },
};
