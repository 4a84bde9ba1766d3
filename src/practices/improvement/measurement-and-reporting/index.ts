export { countPromises, foldMeasures, measuresTogether } from './keep';
export { type Delta, dayOf, dimensionsOf } from './measure.rules';
export { rebuildMeasures } from './rebuild';
