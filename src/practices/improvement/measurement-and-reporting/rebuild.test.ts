import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Story, story } from '../../../../test/story';
import { rows, sql } from '../../../kernel/database';
import { foldMeasures } from './keep';
import { rebuildMeasures } from './rebuild';

const everyDay = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
);

let told: Story;
beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
});
afterAll(() => told.end());

interface Figure {
  measure: string;
  key: string;
  priority: number | null;
  count: number;
  amount: number;
}

const figures = () =>
  rows<Figure>(
    told.db,
    sql`select day::text, measure, key, department, team_id, priority, sum(count)::int as count, round(sum(amount))::int as amount
        from (select day, measure, key, department, team_id, priority, count, amount from measure_day
          union all select day, measure, key, department, team_id, priority, count, amount from measure_delta) m
        group by 1, 2, 3, 4, 5, 6 having sum(count) <> 0 order by 1, 2, 3, 4, 5, 6`,
  );

/** A table of figures, added up as far as the coarse ones go. */
const sums = (table: string, unit = 'day') =>
  rows(
    told.db,
    sql`select date_trunc(${unit}, day::timestamp)::date::text as day, measure, key, department, priority,
          sum(count)::int as count, round(sum(amount))::int as amount
        from ${sql.table(table)} group by 1, 2, 3, 4, 5 having sum(count) <> 0 order by 1, 2, 3, 4, 5`,
  );

it('figures kept line by line are the figures made anew from history', async () => {
  await told.act('department.create', null, { key: 'it', name: 'IT', desk: true });
  await told.act('team.create', null, { name: 'Desk', department: 'it' });
  await told.act('team.create', null, { name: 'Network', department: 'it' });
  await told.act('calendar.create', null, { name: 'Always', timezone: 'UTC', hours: everyDay });
  const agreement = await told.act('agreement.create', null, {
    name: 'Promise',
    calendar_id: 'Always',
    targets: [
      { target: 'first_response', seconds: 1800 },
      { target: 'resolution', seconds: 7200 },
    ],
    pause_states: ['on_hold'],
    effective_on: '2026-01-01',
  });
  await told.act('agreement.publish', String(agreement.id), {});
  const one = await told.act('incident.log', null, { title: 'First', team_id: 'Desk', impact: 2, urgency: 2 });
  await told.later(45);
  const two = await told.act('incident.log', null, { title: 'Second', team_id: 'Desk' });
  await told.act('incident.assign', String(one.id), { team_id: 'Network' });
  await told.later(600);
  await told.act('incident.hold', String(one.id), { hold_reason: 'supplier' });
  await told.act('incident.cancel', String(two.id), { reason: 'twice' });
  await told.later(2000);
  await foldMeasures(told.db);
  await told.act('incident.resolve', String(one.id), { resolution_code: 'fixed', resolution_note: 'Cable' });
  await told.later(30);
  await told.act('incident.reopen', String(one.id), { reason: 'again' });
  await told.act('incident.edit', String(one.id), { impact: 1 });
  await told.act('incident.assign', String(one.id), { team_id: 'Desk' });
  await told.act('incident.resolve', String(one.id), { resolution_code: 'fixed', resolution_note: 'Another cable' });
  const third = await told.act('incident.log', null, { title: 'Third', team_id: 'Desk' });
  await told.act('incident.resolve', String(third.id), { resolution_code: 'fixed', resolution_note: 'Plugged in' });
  await told.later(120);
  await told.act('incident.edit', String(third.id), { impact: 2 });
  const kept = await figures();
  expect(kept.length).toBeGreaterThan(6);
  const promises = kept.filter(({ measure }) => measure === 'promise');
  // The first was broken before it was cancelled or resolved; the third was kept, and moved to another priority since.
  expect(promises.map(({ key, priority, count, amount }) => [key, priority, count, amount])).toEqual([
    ['first_response', 5, 1, 0],
    ['resolution', 5, 1, 0],
    ['first_response', 2, 1, 0],
    ['first_response', 4, 1, 1],
    ['resolution', 2, 1, 0],
    ['resolution', 4, 1, 1],
  ]);
  expect(await rebuildMeasures(told.db, told.house)).toBeGreaterThan(8);
  expect(await figures()).toEqual(kept);
});

it('days without team and service add up to the days with them', async () => {
  await told.act('incident.log', null, { title: 'Fourth', team_id: 'Desk' });
  while ((await foldMeasures(told.db)) > 0);
  expect((await sums('measure_total')).length).toBeGreaterThan(3);
  expect(await sums('measure_total')).toEqual(await sums('measure_day'));
  expect(await sums('measure_month')).toEqual(await sums('measure_day', 'month'));
});
