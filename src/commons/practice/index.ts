export { type KnownPractices, knownPractices } from './known';
export { practice, practiceVerbs } from './practice';
export { type Size, type Switchable, sizes, switchables } from './practice.contract';
export { linesOff } from './switched';
