import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languageOf } from './expression';

const language = languageOf({
  title: 'string',
  impact: 'int',
  seats: 'double',
  urgent: 'bool',
  tags: 'list<string>',
  at: 'google.protobuf.Timestamp',
  service: { name: 'string', criticality: 'int' },
});
const values = {
  title: 'Drucker geht nicht',
  impact: 2n,
  urgent: false,
  tags: ['till', 'vip'],
  at: new Date('2026-11-21T22:30:00Z'),
  service: { name: 'Card payments' },
};
const judged = (text: string) => {
  const read = language.read(text);
  if ('problem' in read) throw new Error(String(read.problem));
  return read.condition.judge(values);
};
const problem = (text: string) => {
  const read = language.read(text);
  return 'problem' in read ? String(read.problem) : null;
};

describe('a condition', () => {
  test.each([
    ['impact == 2 && service.name.startsWith("Card")', true],
    ['impact in [1, 3]', false],
    ['title.lowerAscii().contains("drucker")', true],
    ['"vip" in tags && tags.exists(one, one.startsWith("t"))', true],
    ['at.getHours("Europe/Berlin") == 23', true],
    ['at > timestamp("2026-11-21T00:00:00Z")', true],
    ['!urgent', true],
    ['has(service.criticality)', false],
  ])('%s is %s', (text, answer) => {
    expect(judged(text)).toBe(answer);
  });

  test('is undecided where it asks for what is not known, unless the rest decides', () => {
    expect(judged('seats > 3.0')).toBeNull();
    expect(judged('service.criticality == 1')).toBeNull();
    expect(judged('at.getHours("No/Where") == 3')).toBeNull();
    expect(judged('seats > 3.0 || impact == 2')).toBe(true);
    expect(judged('seats > 3.0 && impact == 1')).toBe(false);
  });

  test('names what it asks about', () => {
    const read = language.read('service.name == "x" || tags.exists(one, one == title) || service.name == title');
    expect('condition' in read && [...read.condition.asks].sort()).toEqual(['service.name', 'tags', 'title']);
  });

  test('is refused with the place where it cannot be read', () => {
    expect(problem('impact == 1 && catgory == "x"')).toMatch(/^Character 16: There is no field catgory/);
    expect(problem('impact ==\n  "high"')).toMatch(/do not go together: int == string/);
    expect(problem('service.owner == "x"')).toMatch(/There is no owner/);
    expect(problem('impact == ')).toMatch(/^Character \d+: /);
    expect(problem('impact')).toMatch(/must be true or false/);
    expect(problem('')).not.toBeNull();
  });

  test('takes nothing that could go on for long', () => {
    expect(problem('title.matches("(a+)+$")')).toMatch(/^Character 1: There is no matches\(\) here/);
    expect(problem('cel.bind(x, title + title, x == "")')).toMatch(/There is no bind\(\)/);
    expect(problem('tags.all(a, tags.all(b, a == b))')).toMatch(/within another/);
    expect(problem(`${'('.repeat(300)}true${')'.repeat(300)}`)).not.toBeNull();
    expect(problem(Array.from({ length: 300 }, () => 'urgent').join(' || '))).toMatch(/too long/);
  });

  test('never throws, whatever is written', () => {
    const parts = fc.constantFrom(
      'impact',
      'title',
      '.',
      '(',
      ')',
      '==',
      '"x"',
      '1',
      '&&',
      '||',
      'tags',
      '[',
      ']',
      '!',
      '?',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((all) => all.join(' ')),
        ),
        (text) => {
          const read = language.read(text);
          if ('condition' in read) expect([true, false, null]).toContain(read.condition.judge(values));
          else expect(String(read.problem)).toMatch(/[.!?]$/);
        },
      ),
    );
  });
});
