export { withoutSecondFactor } from './second-factors';
