import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Story, story } from '../../../test/story';
import { foldMeasures } from '../../practices/improvement/measurement-and-reporting';
import { type MeasureItem, type MeasureName, measure, measureNames } from './measures';

let told: Story;
const people = ['sam@x.test'] as const;

beforeAll(async () => {
  told = await story('2026-01-20T09:00:00Z');
  await told.act('department.create', null, { key: 'it', name: 'IT', desk: true });
  await told.act('person.create', null, { name: 'Sam', email: people[0], roles: ['agent'], departments: ['it'] });
  // Five months of work: one is logged each third day, every second one is resolved two days later.
  let open: string[] = [];
  for (let turn = 0; turn < 44; turn++) {
    const { id } = await told.act('incident.log', null, { title: `Report ${turn}`, impact: 1 + (turn % 3) });
    if (turn % 2) open.push(String(id));
    await told.later(2 * 1440);
    for (const one of open)
      await told.act('incident.resolve', one, { resolution_code: 'fixed', resolution_note: 'Done.' });
    open = [];
    await told.later(1440);
    // What is not folded yet counts as what is.
    if (turn === 30) while ((await foldMeasures(told.db)) > 0);
  }
});
afterAll(() => told.end());

const ask = async (name: MeasureName, by: 'month' | 'day' | 'priority' | 'state', from?: string, to?: string) =>
  measure(await told.context(people[0]), name, { type: 'incident', plural: 'incidents', by, from, to, only: {} });

/** Days added up to months, as far as counts go. */
function byMonth(days: readonly MeasureItem[], name: MeasureName): [string, number][] {
  const sums = new Map<string, number>();
  for (const { key, value, count } of days) {
    const month = String(key).slice(0, 7);
    const n = name === 'backlog' ? value : (count ?? value) + (sums.get(month) ?? 0);
    sums.set(month, n);
  }
  return [...sums];
}

const spans: [string | undefined, string | undefined][] = [
  [undefined, undefined],
  ['2026-02-01', '2026-04-01'],
  ['2026-02-01', undefined],
  ['2026-01-25', '2026-03-17'],
  ['2026-02-05', '2026-02-20'],
  ['2026-02-20', '2026-03-05'],
  [undefined, '2026-03-15'],
  ['2026-03-01', '2026-03-02'],
];

test.each(measureNames.filter((name) => name !== 'promises'))('%s of months is that of their days', async (name) => {
  let counted = 0;
  for (const [from, to] of spans) {
    const months = await ask(name, 'month', from, to);
    const days = await ask(name, 'day', from, to);
    const told = months.map(({ key, value, count }): [string, number] => [String(key), count ?? value]);
    expect(told, `${from} to ${to}`).toEqual(byMonth(days, name));
    counted += told.length;
  }
  expect(counted).toBeGreaterThan(10);
});

test('a span without whole months, and one with them, count the same by priority as day by day', async () => {
  for (const [from, to] of spans) {
    const priorities = await ask('intake', 'priority', from, to);
    const days = await ask('intake', 'day', from, to);
    const sum = (items: readonly MeasureItem[]) => items.reduce((all, { value }) => all + value, 0);
    expect(sum(priorities), `${from} to ${to}`).toBe(sum(days));
  }
});

test.each(['intake', 'resolved', 'resolution-hours', 'promises'] as const)(
  '%s by the state of now sums to that by priority',
  async (name) => {
    for (const [from, to] of spans) {
      const by = async (grouping: 'state' | 'priority') =>
        (await ask(name, grouping, from, to)).map(({ value, count }) => count ?? value);
      const sum = (counts: readonly number[]) => counts.reduce((all, n) => all + n, 0);
      expect(sum(await by('state')), `${from} to ${to}`).toBe(sum(await by('priority')));
    }
    if (name !== 'intake') return;
    const states = await ask('intake', 'state');
    expect(states.map(({ key }) => key)).toEqual(expect.arrayContaining(['closed', 'new']));
    expect(states.find(({ key }) => key === 'new')!.href).toBe('/api/v1/incidents?state=new');
  },
);
