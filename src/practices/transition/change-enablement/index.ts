export { change, changeVerbs } from './change';
