export { audiences, changesShared, checkSharing, makesShared, seesShared, sharedFields } from './sharing';
