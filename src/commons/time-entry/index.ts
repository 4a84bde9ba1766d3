export { timeEntriesOf, timeVerbs } from './time-entry';
