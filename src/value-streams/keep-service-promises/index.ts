import type { Context } from '../../kernel/command';
import type { Together } from '../../kernel/house';
import {
  beginReview,
  foreseeClocks,
  isTelling,
  keepClocks,
  keepTold,
  needsReview,
  type PromisedType,
} from '../../practices/design/service-level';
import { countPromises } from '../../practices/improvement/measurement-and-reporting';
import { incidentPromises } from '../../practices/operation/incident';

import { rehearseReview as rehearse } from './sweep';

export { nextPromise, sweepPromises } from './sweep';

/** The types of record about which promises are made. */
export const promisedTypes: ReadonlyMap<string, PromisedType> = new Map(
  [incidentPromises].map((kind) => [kind.type, kind]),
);

/** What a change of a calendar in this very transaction does to clocks; taken back by who calls it. */
export const rehearseReview = (context: Context, calendar: string): Promise<void> =>
  rehearse(context, promisedTypes, calendar);

/** When something happens to a record, its clocks say so in the same transaction. */
const clocks: Together = {
  name: 'clocks',
  on: (line) => promisedTypes.has(line.type) && !isTelling(line),
  foresee: (context, lines, past) => foreseeClocks(context, promisedTypes, lines, past),
  react: (context, lines, past) => keepClocks(context, promisedTypes, lines, past, countPromises),
};

/** When a clock has spoken, it is known when it will speak next. */
const told: Together = {
  name: 'clocks that spoke',
  on: isTelling,
  react: (context, lines) => keepTold(context, lines),
};

/** When an agreement or a calendar changed, every process reads it anew, and what is open is judged anew. */
const book: Together = {
  name: 'agreements in force',
  on: needsReview,
  react: (context, lines) => beginReview(context, lines),
};

export const keepPromisesTogether: readonly Together[] = [book, clocks, told];
