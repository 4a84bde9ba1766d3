import { describe, expect, it } from 'vitest';
import { filterParams, parseFilter, withTerm, writeFilter } from './filter';

const context = {
  fields: ['state', 'state_category', 'team_id', 'priority', 'opened_at', 'assignee_id', 'x_doors', 'major'],
  states: [
    { name: 'new', category: 'open' },
    { name: 'on_hold', category: 'paused' },
    { name: 'closed', category: 'final' },
  ],
};
const asked = (text: string) => filterParams(parseFilter(text), context);

describe('the text of a filter', () => {
  it('knows fields, quotes, several values, exclusion and free words', () => {
    expect(parseFilter('team:"Service desk",Network -priority:4,5 card reader')).toEqual({
      terms: [
        { field: 'team', values: ['Service desk', 'Network'], not: false, op: '' },
        { field: 'priority', values: ['4', '5'], not: true, op: '' },
      ],
      words: 'card reader',
    });
  });

  it('is written back as it was read', () => {
    const text = 'team:"Service desk" -priority:4,5 opened_at>=2026-01-01 card';
    expect(writeFilter(parseFilter(text))).toBe(text);
  });

  it('becomes what the API is asked, short names included', () => {
    expect(asked('team:Network priority:1,2 opened>=2026-01-01 doors:3 reader').params).toEqual({
      team_id: 'Network',
      priority: '1,2',
      'opened_at.gte': '2026-01-01',
      x_doors: '3',
      q: 'reader',
    });
  });

  it('says open for every state in which something is still owed', () => {
    expect(asked('state:open').params).toEqual({ state_category: 'open,paused' });
    expect(asked('-state:open').params).toEqual({ 'state.ne': 'new,on_hold' });
  });

  it('asks for empty fields by the word none', () => {
    expect(asked('assignee:none').params).toEqual({ 'assignee_id.empty': 'true' });
    expect(asked('-assignee:none').params).toEqual({ 'assignee_id.empty': 'false' });
  });

  it('names fields there are not', () => {
    expect(asked('colour:red').unknown).toEqual(['colour']);
  });

  it('changes one field and leaves the rest', () => {
    expect(withTerm('state:open team:Network', 'team', ['Payments'])).toBe('state:open team:Payments');
    expect(withTerm('state:open team:Network', 'team', [])).toBe('state:open');
  });
});
