export { vocabulary, vocabularyVerbs, wordsFor } from './wording';
