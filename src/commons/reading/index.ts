export { answer, asShown } from './answer';
export { listWords } from './filter';
export { isDay, readInstant } from './instant.rules';
export { list, type Narrow, readSort } from './list';
export { namingInSight } from './named-rules';
export { asOf, historyLine, historyOf, historyOfAll, linesOfThisTransaction, untoldLines } from './read-history';
export { type Shown, show } from './show';
export { idsInWhy, isHiddenWhy, someRule } from './shown-why';
