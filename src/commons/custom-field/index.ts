export { customField, customFieldVerbs } from './custom-field';
export { type KnownFields, knownFields } from './known';
