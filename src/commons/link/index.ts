export { linkKinds, linksOf, linkVerbs } from './link';
