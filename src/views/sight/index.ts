export { whoCanSee } from './sight';
