import { hangingVerbs } from '../../../commons/keeping/hangings';
import { staff } from '../../../commons/people';
import type { Verb } from '../../../kernel/command';
import { agreement } from './agreement';
import { create, edit, makers } from './commands/draft';
import { accept, discard, publish, retire } from './commands/in-force';

export { agreement, casesOf, contentOf } from './agreement';
export { type AgreementContent, trial } from './agreement.contract';
export { bookOf, turnPage, waitForReaders } from './book';
export type { Book, PromisedType } from './book.rules';
export { type AgreementVersion, chooseAgreement, type Matched } from './choice.rules';
export * from './clock.contract';
export { type Clock, nextDue, type ReplayOptions, replay } from './clock.rules';
export type { ClockRow } from './clock-row.rules';
export { clocksOf, nextClock } from './clock-table';
export { type CountPromises, type EndedPromise, endedPromisesOf } from './ended-promises';
export type { Segment } from './explain.rules';
export { promisesMoved } from './holiday-effect';
export { hoursOf } from './hours-of';
export { foreseeClocks, judgeAnew, keepClocks } from './keep-clocks';
export { clocksDue, type DueTelling, isTelling, keepTold, promiseVerbs } from './promise-verbs';
export { readClocks, tryAgreement } from './read-clocks';
export { readPlainWords } from './read-plain-words';
export { beginReview, needsReview, nextOfReview, reviewAskedBy, reviewsWaiting } from './review';
export {
  type AgreementName,
  type ClockDefinition,
  type ClockEvent,
  defaultTerms,
  type NamedCalendar,
  type Target,
  type Targets,
  type Terms,
} from './terms.rules';
export { contradiction } from './trial.rules';
export { type KindSummary, summarise, type Verdict, verify } from './verify.rules';

export const agreementVerbs: Verb[] = [
  create,
  edit,
  publish,
  discard,
  accept,
  retire,
  ...hangingVerbs(agreement, [...makers, staff]),
];
