export { lineOfSight, type Path } from './line-of-sight';
