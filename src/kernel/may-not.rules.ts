import { type Said, type Sentence, say, type Word } from './sentence.contract';

/**
 * Who may not do something, in a sentence: `verb` is what it is called, `what` is "this change" or "changes".
 * A label of several words has an object already; what it is done to follows it with a preposition.
 */
export function mayNotWords(verb: Word, what: Said): Sentence {
  const said = verb.label.toLowerCase();
  // "approve", "switch off", "stop watching".
  if (!said.includes(' ') || /^\w+ (?:on|off|back|over|\w+ing)$/.test(said)) return say`You may not ${verb} ${what}.`;
  return / the /.test(said) ? say`You may not ${verb} of ${what}.` : say`You may not ${verb} on ${what}.`;
}
