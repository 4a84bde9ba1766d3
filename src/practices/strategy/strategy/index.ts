export { goal, goalVerbs } from './goal';
