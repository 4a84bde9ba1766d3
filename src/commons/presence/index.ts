export { everySeat, lookAround, sitDown, standUp, type Told, toldOf } from './presence';
