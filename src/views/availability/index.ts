export { availabilityOf, ongoingOutages } from './availability';
