export { allMergedInto, type Merged, mastersOf, mergedInto } from './merge';
export { type Redirection, redirectVerb, type Watching } from './redirect';
