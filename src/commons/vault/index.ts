export { secretOf } from './secret';
export { isSealed, type Vault, vaultOf } from './vault';
