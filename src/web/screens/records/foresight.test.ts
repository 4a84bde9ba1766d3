import { expect, test } from 'vitest';
import { verbsSaid } from './foresight';

const words = { plural: (type: string) => `${type}s`, verb: (verb: string) => verb.toUpperCase() };

test('what somebody may no longer do is said in words, and many of it by kind', () => {
  expect(verbsSaid(['incident.resolve', 'change.close'], words)).toBe('incidents: RESOLVE, changes: CLOSE');
  const many = ['a', 'b', 'c', 'd', 'e'].flatMap((verb) => [`incident.${verb}`, `problem.${verb}`]);
  expect(verbsSaid(many, words)).toBe('incidents 5, problems 5');
});
