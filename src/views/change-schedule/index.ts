export { conflictsOf } from './conflicts';
