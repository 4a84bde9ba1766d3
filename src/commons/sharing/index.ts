export {
  audiences,
  changesShared,
  checkSharing,
  forgetVerb,
  makesShared,
  ownThingsOf,
  seesShared,
  sharedFields,
  sharedLife,
} from './sharing';
