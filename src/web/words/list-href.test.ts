import { describe, expect, it } from 'vitest';
import { filterParams, parseFilter } from './filter';
import { listHref } from './list-href';

describe('a number that opens its list', () => {
  it('leads to the screen with the same rows', () => {
    const href = listHref(
      '/api/v1/incidents?opened_at.gte=2016-03-01&opened_at.lt=2016-04-01&priority=1,2&assignee_id.empty=true&sort=-opened_at',
    );
    const url = new URL(href, 'http://here');
    expect(url.pathname).toBe('/incidents');
    expect(url.searchParams.get('sort')).toBe('-opened_at');
    const { params, unknown } = filterParams(parseFilter(url.searchParams.get('filter') ?? ''), {
      fields: ['opened_at', 'priority', 'assignee_id'],
      states: [],
    });
    expect(unknown).toEqual([]);
    // One bound on each side of the same field: both must come back.
    expect(params).toEqual({
      'opened_at.gte': '2016-03-01',
      'opened_at.lt': '2016-04-01',
      priority: '1,2',
      'assignee_id.empty': 'true',
    });
  });
});
