export { configurationItem, configurationItemVerbs } from './configuration-item';
