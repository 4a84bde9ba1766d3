export { type Grouping, groupings, type MeasureName, measure, measureNames } from './measures';
