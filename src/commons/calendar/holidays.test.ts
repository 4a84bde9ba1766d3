import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door, type Json } from '../../../test/door';
import { readHolidayFile } from './holiday-file.rules';

describe('a file of holidays', () => {
  test('is a date and a name in each line; what is neither is refused with its line', () => {
    const read = readHolidayFile(
      '\uFEFFdate;name\r\n2027-01-01;"New; Year"\n*-12-25,Christmas\n\n2027-02-30,No day\nlater',
    );
    expect(read.days).toEqual([
      { on: '*-12-25', name: 'Christmas' },
      { on: '2027-01-01', name: 'New; Year' },
    ]);
    expect(read.refused.map(({ line }) => line)).toEqual([5, 6]);
    expect(String(read.refused[0]!.reason)).toBe('“2027-02-30” is no date such as 2027-12-24 or *-12-25.');
  });

  test('may be iCalendar: whole days, several days, folded lines, every year', () => {
    const entry = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
    const read = readHolidayFile(
      [
        'BEGIN:VCALENDAR',
        entry('DTSTART;VALUE=DATE:20270101', 'SUMMARY:New', ' Year\\, the first'),
        entry('DTSTART;VALUE=DATE:20271224', 'DTEND;VALUE=DATE:20271227', 'SUMMARY:Closed'),
        entry('DTSTART;VALUE=DATE:20200501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1', 'SUMMARY:Labour'),
        entry('DTSTART;VALUE=DATE:20271125', 'RRULE:FREQ=YEARLY;BYDAY=4TH', 'SUMMARY:Thanks'),
        entry('DTSTART:20270105T090000Z', 'SUMMARY:Meeting'),
        'END:VCALENDAR',
      ].join('\r\n'),
    );
    expect(read.days).toEqual([
      { on: '*-05-01', name: 'Labour' },
      { on: '2027-01-01', name: 'NewYear, the first' },
      { on: '2027-12-24', name: 'Closed' },
      { on: '2027-12-25', name: 'Closed' },
      { on: '2027-12-26', name: 'Closed' },
    ]);
    expect(read.refused.map(({ reason }) => String(reason))).toEqual([
      '“Thanks” repeats by a rule that is not read.',
      '“Meeting” is not for a whole day.',
    ]);
  });
});

describe('the holidays of a country', () => {
  let opened: Door;
  let ada: Caller;
  let calendar = '';
  beforeAll(async () => {
    opened = await door();
    ada = await opened.as('ada');
    const made = await ada.post('/calendars', {
      name: 'Lisbon',
      timezone: 'Europe/Lisbon',
      hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00']]])),
      holidays: ['2026-04-03'],
      date_hours: { '2026-06-04': [['09:00', '12:00']] },
    });
    calendar = made.body.number;
    await ada.post('/agreements', {
      name: 'Standard',
      calendar_id: 'Lisbon',
      match: {},
      targets: [{ target: 'resolution', seconds: 27 * 9 * 3600 }],
      effective_on: '2026-01-01',
    });
    await ada.post('/agreements/SLA-1001/publish', {});
    await opened.settle();
  });
  afterAll(() => opened.end());
  const row = async () => (await ada.get(`/calendars/${calendar}`)).body as Json & { holidays: string[] };

  test('are answered by year, in the language of the reader', async () => {
    const found = await ada.get('/holidays?country=PT&year=2027');
    expect(found.body.items).toContainEqual({ on: '2027-03-26', name: 'Good Friday', yearly: false });
    expect(found.body.items).toContainEqual({ on: '2027-12-25', name: 'Christmas Day', yearly: true });
    const german = await ada.get('/holidays?country=de&region=BY&year=2027&language=de');
    expect(german.body.items).toContainEqual({ on: '2027-01-06', name: 'Heilige Drei Könige', yearly: true });
    expect((await ada.get('/holidays/countries?country=DE')).body.items).toContainEqual({ code: 'BE', name: 'Berlin' });
    for (const wrong of ['', '?country=XX', '?country=PT&region=ZZ', '?country=PT&year=12', '?country=PT&state=1'])
      expect((await ada.get(`/holidays${wrong}`)).status).toBe(400);
  });

  test('are shown before they are taken over: what is there, what stays open, which promises move', async () => {
    const sam = await opened.as('sam');
    await sam.post('/incidents', { title: 'Long work' });
    const trial = await ada.post(`/calendars/${calendar}/try`, { country: 'PT', from_year: 2026, until_year: 2026 });
    const { days, running, moved } = trial.body as unknown as {
      days: { on: string; state: string }[];
      running: number;
      moved: number;
    };
    const stateOf = (on: string) => days.find((one) => one.on === on)?.state;
    expect([stateOf('2026-04-03'), stateOf('2026-06-04'), stateOf('*-06-10')]).toEqual(['there', 'open', 'new']);
    expect([running, moved]).toEqual([1, 0]);
    const file = await ada.post(`/calendars/${calendar}/try`, { text: '2026-03-10,Ours\n?', source: 'ours.csv' });
    expect(file.body).toMatchObject({ moved: 1, refused: [{ line: 2 }] });
    expect((await row()).holidays).toEqual(['2026-04-03']);
  });

  test('are written in the form of the calendar, and running promises move', async () => {
    const before = (await ada.get('/incidents/INC-1001')).body.due_at as unknown as string;
    const done = await ada.post(`/calendars/${calendar}/observe`, { country: 'PT', from_year: 2026, until_year: 2026 });
    expect(done.status).toBe(200);
    const kept = await row();
    expect(kept.holidays).toContain('*-12-25');
    expect(kept.holidays).not.toContain('2026-06-04');
    expect(kept).toMatchObject({
      observes: [{ country: 'PT', region: null, until_year: 2026 }],
      holiday_names: { '*-04-25': 'Liberty Day' },
    });
    await ada.post(`/calendars/${calendar}/observe`, { text: '2026-03-10,Ours', source: 'ours.csv' });
    await opened.settle();
    const after = (await ada.get('/incidents/INC-1001')).body.due_at as unknown as string;
    expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
    const again = await ada.post(`/calendars/${calendar}/observe`, {
      country: 'PT',
      from_year: 2026,
      until_year: 2026,
    });
    expect((again.body as Json & { holidays: string[] }).holidays).toEqual((await row()).holidays);
  });

  test('of the next year are proposed in October to whoever keeps the calendar', async () => {
    await opened.story.until('2026-10-01T06:00:00Z', false);
    await opened.settle();
    expect(await row()).toMatchObject({ proposed_year: 2027 });
    const told = (await ada.get('/me/notifications')).body.items;
    expect(JSON.stringify(told)).toContain(calendar);
    await ada.post(`/calendars/${calendar}/observe`, { country: 'PT', from_year: 2027, until_year: 2027 });
    expect(await row()).toMatchObject({ proposed_year: null, observes: [{ country: null }, { until_year: 2027 }] });
  });

  test('what cannot be taken over is refused by its field', async () => {
    const fields = async (body: unknown) => {
      const answer = await ada.post(`/calendars/${calendar}/observe`, body);
      return [answer.status, answer.body.errors?.[0]?.field];
    };
    expect(await fields({ country: 'XX' })).toEqual([422, 'country']);
    expect(await fields({})).toEqual([422, 'country']);
    expect(await fields({ country: 'PT', region: 'ZZ' })).toEqual([422, 'region']);
    expect(await fields({ country: 'PT', from_year: 2030, until_year: 2029 })).toEqual([422, 'until_year']);
    expect(await fields({ text: 'nothing' })).toEqual([422, 'text']);
    const sam = await opened.as('sam');
    expect((await sam.post(`/calendars/${calendar}/observe`, { country: 'PT' })).status).toBe(403);
    const rita = await opened.as('rita');
    expect((await rita.post(`/calendars/${calendar}/try`, { country: 'PT' })).status).toBe(404);
  });
});
