import { expect, test } from 'vitest';
import { mayNotWords } from './may-not.rules';

test('who may not do something is told in a sentence, whatever the verb is called', () => {
  const said = (label: string) => String(mayNotWords({ of: 'verb', key: 'any', label }, 'this change'));
  expect(said('Approve')).toBe('You may not approve this change.');
  expect(said('Switch off')).toBe('You may not switch off this change.');
  expect(said('Stop watching')).toBe('You may not stop watching this change.');
  expect(said('Add a step')).toBe('You may not add a step on this change.');
  expect(said('Take a file away')).toBe('You may not take a file away on this change.');
  expect(said('Correct the times')).toBe('You may not correct the times of this change.');
});
