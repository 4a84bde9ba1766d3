export { outage, outageVerbs } from './outage';
export { type Ongoing, ongoing, servicesBy } from './outages';
export { covered, type Span } from './spans.rules';
