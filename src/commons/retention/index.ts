export { dueForRetention, expireVerb, previewRetention, retentionRule, retentionVerbs } from './retention';
