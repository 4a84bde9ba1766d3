import { describe, expect, it } from 'vitest';
import type { RecordRow } from '../api/types';
import { bodyOf, choicesOf, draftOf, keptAs, readAs, shapeOf } from './field-value';

const field = (name: string, kind: string, more = {}) => ({ name, kind, ...more });
const record = {
  id: '1',
  number: 'SVC-1',
  type: 'service',
  version: 1,
  name: 'Cards',
  team_id: { id: 't', number: 'TEAM-1', name: 'Desk' },
  tags: ['a', 'b'],
  goals: [{ goal_id: { id: 'g', number: 'GOAL-1', name: 'Pay' }, weight: 3 }],
} as unknown as RecordRow;

describe('a free text with words of the catalogue', () => {
  const offered: [string, string][] = [
    ['mail', 'E-Mail'],
    ['email', 'E-Mail'],
    ['walk_in', 'persönlich'],
  ];
  it('is read in words and kept by its key; own words stay what they are', () => {
    expect(['walk_in', 'email', 'Pigeon', ''].map((value) => readAs(offered, value))).toEqual([
      'persönlich',
      'E-Mail',
      'Pigeon',
      '',
    ]);
    expect(['persönlich', 'E-Mail', 'Pigeon', 'walk_in'].map((text) => keptAs(offered, text))).toEqual([
      'walk_in',
      'mail',
      'Pigeon',
      'walk_in',
    ]);
  });
});

describe('a form', () => {
  it('draws each kind in its shape', () => {
    expect(shapeOf(field('team_id', 'reference', { to: ['team'] }))).toBe('ref');
    expect(shapeOf(field('impact', 'integer', { min: 1, max: 3 }))).toBe('choice');
    expect(choicesOf(field('impact', 'integer', { min: 1, max: 3 })).map((choice) => choice.value)).toEqual([
      '1',
      '2',
      '3',
    ]);
    expect(shapeOf(field('description', 'markdown'))).toBe('long');
  });

  it('sends only what was changed', () => {
    const fields = [field('name', 'text'), field('team_id', 'reference', { to: ['team'] }), field('tags', 'texts')];
    const drafts = Object.fromEntries(fields.map((one) => [one.name, draftOf(one, record)]));
    expect(bodyOf(fields, drafts, record)).toEqual({});
    expect(bodyOf(fields, { ...drafts, team_id: null, tags: 'a' }, record)).toEqual({ team_id: null, tags: ['a'] });
  });

  it('creates with what was written, numbers as numbers', () => {
    expect(
      bodyOf([field('name', 'text'), field('impact', 'integer', { min: 1, max: 3 }), field('major', 'boolean')], {
        name: 'A',
        impact: '2',
        major: false,
      }),
    ).toEqual({ name: 'A', impact: 2 });
  });

  it('sends references inside structures by number', () => {
    const goals = field('goals', 'json');
    expect(bodyOf([goals], { goals: JSON.stringify(record.goals) })).toEqual({
      goals: [{ goal_id: 'GOAL-1', weight: 3 }],
    });
  });
});
