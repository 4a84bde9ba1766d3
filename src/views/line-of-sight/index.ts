export { lineOfSight } from './line-of-sight';
