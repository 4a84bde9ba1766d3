import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let ada: Caller;

beforeAll(async () => {
  opened = await door();
  ada = await opened.as('ada');
});
afterAll(() => opened.end());

/** More at the same moment than there are connections to the database; answers their states, each once. */
const allAtOnce = async (ask: (at: number) => ReturnType<Caller['post']>) => {
  const answers = await Promise.all(
    Array.from({ length: (opened.story.pool.options.max ?? 10) + 4 }, (_, at) => ask(at)),
  );
  return [...new Set(answers.map(({ status }) => status))];
};

test('what works on connections of its own is asked many times at once without anybody waiting for ever', async () => {
  const calendar = await ada.post('/calendars', {
    name: 'Office',
    timezone: 'Europe/Lisbon',
    hours: { mon: [['09:00', '18:00']] },
  });
  expect(calendar.status).toBe(201);
  const observed = { country: 'PT', from_year: 2026, until_year: 2026 };
  expect(await allAtOnce(() => ada.post(`/calendars/${calendar.body.number}/try`, observed))).toEqual([200]);
  const rule = await ada.post('/retention-rules', {
    name: 'Short memory',
    record_type: 'incident',
    after_days: 900,
    fields: ['description'],
  });
  expect(rule.status).toBe(201);
  expect(await allAtOnce(() => ada.post(`/retention-rules/${rule.body.number}/run`, {}))).toEqual([200]);
  expect(await allAtOnce(() => ada.post('/clock', { advance_s: 1 }))).toEqual([200]);
  // With a key each waits for its own answer to be kept.
  const keyed = (at: number) => ada.post('/clock', { advance_s: 1 }, { 'idempotency-key': `clock-${at}` });
  expect(await allAtOnce(keyed)).toEqual([200]);
}, 60_000);
