export { service, serviceVerbs } from './service';
