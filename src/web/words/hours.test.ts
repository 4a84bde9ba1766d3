import { describe, expect, it } from 'vitest';
import { hoursWords } from './hours';

const words = (days: string[], language = 'en') => hoursWords({ days, from: '08:00', until: '16:30' }, language);

describe('days and hours', () => {
  it('are a span where three days or more stand in a row', () => {
    expect(words(['mon', 'tue', 'wed', 'thu', 'fri'])).toBe('Mon–Fri 08:00–16:30');
    expect(words(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], 'de')).toBe('Mo–So 08:00–16:30');
  });
  it('are named one by one where they do not', () => {
    expect(words(['mon', 'tue'])).toBe('Mon, Tue 08:00–16:30');
    expect(words(['mon', 'wed', 'thu'])).toBe('Mon, Wed, Thu 08:00–16:30');
    expect(words([])).toBe('08:00–16:30');
  });
});
