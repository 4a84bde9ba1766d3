export { problem, problemVerbs } from './problem';
