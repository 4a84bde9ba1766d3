import fc from 'fast-check';
import pg from 'pg';
import { expect, test } from 'vitest';
import { instantOf } from './instant';

const drivers = pg.types.getTypeParser(1184, 'text') as (text: string) => unknown;
/** As PostgreSQL writes it: no zeros at the end of a second. */
const written = (at: Date, micros: number): string => {
  const fraction = `${String(at.getUTCMilliseconds()).padStart(3, '0')}${String(micros).padStart(3, '0')}`;
  const seconds = at.toISOString().slice(0, 19).replace('T', ' ');
  const shown = `${seconds}.${fraction}`.replace(/0+$/, '').replace(/\.$/, '');
  return `${shown}+00`;
};

test('an instant is read as the driver reads it', () => {
  const instants = fc.date({
    min: new Date('0100-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, fc.nat(999), (at, micros) => {
      const text = written(at, micros);
      expect(instantOf(text)).toEqual(drivers(text));
      expect(instantOf(text)).toEqual(at);
    }),
    { numRuns: 500 },
  );
});

test.each([
  'infinity',
  '-infinity',
  '0044-03-15 12:00:00+00 BC',
  '12026-11-21 07:13:49+00',
  '2026-11-21 07:13:49+02',
  '2026-11-21 07:13:49-03:30',
  '0001-01-01 00:00:00+00',
])('what is written in another way is left to the driver: %s', (text) => {
  expect(instantOf(text)).toBeNull();
});
