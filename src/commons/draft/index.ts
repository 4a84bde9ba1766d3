export { draftsOf, dropDraft, forgetDrafts, forgetOldDrafts, keepDraft } from './draft';
