export { everySeat, lookAround, mayBeHere, sitDown, standUp, type Told, toldOf } from './presence';
