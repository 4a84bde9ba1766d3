import { expect, test } from 'vitest';
import { csvRow, unguarded } from './csv.rules';

test('a text that a spreadsheet would run is guarded, a negative number is not, and both come back', () => {
  expect(csvRow(['=1+1', '@cmd', '-x', '+49', '\tx', -5, 'a=1'])).toBe(`'=1+1,'@cmd,'-x,'+49,'\tx,-5,a=1\n`);
  expect(['=1+1', "it's", "'quoted'"].map((text) => unguarded(csvRow([text]).trimEnd()))).toEqual([
    '=1+1',
    "it's",
    "'quoted'",
  ]);
});

test('references are names, lists are separated, instants are RFC 3339, empty is empty', () => {
  const team = { id: 'x', number: 'TEAM-1', name: 'Network, core' };
  expect(csvRow([team, [team, 'b'], new Date(0), null, true, { amount: '12.50', currency: 'EUR' }, 'a\n"b"'])).toBe(
    '"Network, core","Network, core; b",1970-01-01T00:00:00.000Z,,true,12.50 EUR,"a\n""b"""\n',
  );
});
