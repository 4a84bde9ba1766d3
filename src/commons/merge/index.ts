export { allMergedInto, type Merged, mastersOf, mergedInto } from './merge';
