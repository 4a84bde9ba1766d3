import { describe, expect, test } from 'vitest';
import { checks } from './main';
import { findingsOfNothing, findingsWith } from './planted';

describe.each(checks.map((check) => [check.name, check] as const))('the check %s', (_name, check) => {
  test('finds nothing in a sound house', () => {
    expect(findingsWith(check, {})).toEqual([]);
  });

  test('is broken when it has read nothing', () => {
    expect(findingsOfNothing(check)).toContain('It has read nothing and so proves nothing.');
  });
});
