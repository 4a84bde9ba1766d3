export { firstLine, type Language, languageOf, type Read, type Vocabulary, type WordType } from './expression';
