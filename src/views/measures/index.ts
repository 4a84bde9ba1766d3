export { type Grouping, groupings, groupingsInUse, type MeasureName, measure, measureNames } from './measures';
