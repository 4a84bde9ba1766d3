import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Story, story } from '../../../test/story';
import { rows, sql } from '../../kernel/database';
import type { Refusal } from '../../kernel/refusal';

let told: Story;
beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
});
afterAll(() => told.end());

const hours = {
  mon: [
    ['09:00', '12:00'],
    ['13:00', '17:00'],
  ],
  sat: [['22:00', '06:00']],
};
let made = 0;
const make = (more: Record<string, unknown>) => {
  made += 1;
  return told.act('calendar.create', null, { name: `Calendar ${made}`, timezone: 'Europe/Lisbon', hours, ...more });
};

describe('a calendar', () => {
  test('holds what it was given, and its first hours are remembered', async () => {
    const calendar = await make({
      holidays: ['*-12-25', '2026-04-25'],
      date_hours: { '2026-12-24': [['09:00', '12:00']] },
    });
    expect(await told.row('calendar', String(calendar.id))).toMatchObject({
      hours,
      holidays: ['*-12-25', '2026-04-25'],
      date_hours: { '2026-12-24': [['09:00', '12:00']] },
      breaks: null,
    });
    await told.act('calendar.edit', String(calendar.id), { name: 'Another name' });
    await told.act('calendar.edit', String(calendar.id), { holidays: null });
    const versions = await rows(
      told.db,
      sql`select definition from calendar_version where record_id = ${calendar.id}::uuid order by id`,
    );
    expect(versions).toEqual([
      { definition: expect.objectContaining({ holidays: ['*-12-25', '2026-04-25'] }) },
      { definition: expect.objectContaining({ holidays: [] }) },
    ]);
  });

  test.each([
    [{ timezone: 'Mars/Olympus' }, 'timezone', '"Mars/Olympus" is not a time zone we know'],
    [{ hours: { mon: [['25:00', '12:00']] } }, 'hours.mon.0', 'A window cannot open at "25:00"'],
    [{ hours: { someday: [] } }, 'hours.someday', '"someday" is not a weekday'],
    [{ holidays: ['2026-02-30'] }, 'holidays.0', '"2026-02-30" is not a holiday'],
    [{ holidays: 'never' }, 'holidays', 'Holidays are a list of dates.'],
    [
      { holidays: ['2026-12-24'], date_hours: { '2026-12-24': [['09:00', '12:00']] } },
      'date_hours.2026-12-24',
      '2026-12-24 is both a holiday and a date with hours of its own',
    ],
  ])('refuses %j with its field and a sentence', async (more, field, sentence) => {
    const refused = await make(more).catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 422, errors: [{ field }] });
    expect(String((refused as Refusal).errors[0]!.message)).toContain(sentence);
  });

  test('is found by its name', async () => {
    const calendar = await make({ name: 'Office Porto' });
    const agreement = await told.act('agreement.create', null, {
      name: 'By name',
      calendar_id: 'office porto',
      targets: [{ target: 'resolution', seconds: 60 }],
      effective_on: '2026-01-01',
    });
    expect(agreement.calendar_id).toBe(calendar.id);
  });
});
