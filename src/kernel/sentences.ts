import { z } from 'zod';

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  date: 'a date',
  null: 'empty',
};

/** What is wrong with a value, where its own declaration has no sentence for it. */
function sentenceFor(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'This is needed.' : `This must be ${kinds[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `This must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? 'This is too short.'
        : `This must be at least ${issue.minimum}.`;
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `This is too long: at most ${issue.maximum.toLocaleString('en')} are possible.`
        : `This must be at most ${issue.maximum}.`;
    case 'invalid_format':
      return 'This is not written as it should be.';
    case 'invalid_union':
      return 'This fits none of what is possible here.';
    default:
      return undefined;
  }
}

z.config({ customError: sentenceFor });
