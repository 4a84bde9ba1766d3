export { view, viewVerbs } from './view';
