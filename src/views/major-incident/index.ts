export { majorIncident, proposals } from './major-incident';
