export { watchersOf, watchVerbs } from './watch';
