import { z } from 'zod';
import { amount, listed, type Sentence, say, told } from './sentence.contract';

const kinds: Record<string, Sentence> = {
  string: say`a text`,
  number: say`a number`,
  int: say`a whole number`,
  boolean: say`true or false`,
  array: say`a list`,
  object: say`an object`,
  record: say`an object`,
  date: say`a date`,
  null: say`empty`,
};

/** What is wrong with a value, where its own declaration has no sentence for it. */
function sentenceFor(issue: z.core.$ZodRawIssue): Sentence | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? say`This is needed.`
        : say`This must be ${kinds[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return issue.values.length > 1
        ? say`This must be one of ${listed(issue.values.map(String))}.`
        : say`This must be ${String(issue.values[0])}.`;
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? say`This is too short.`
        : say`This must be at least ${Number(issue.minimum)}.`;
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? say`This is too long: at most ${amount(Number(issue.maximum))} are possible.`
        : say`This must be at most ${Number(issue.maximum)}.`;
    case 'invalid_format':
      return say`This is not written as it should be.`;
    case 'invalid_union':
      return say`This fits none of what is possible here.`;
    default:
      return undefined;
  }
}

z.config({
  customError: (issue) => {
    const sentence = sentenceFor(issue);
    return sentence && told(sentence);
  },
});
