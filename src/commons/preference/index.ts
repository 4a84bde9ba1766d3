export { forgetPreferences, keepKeys, keysOf } from './preference';
