import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { organisation } from '../../test/door';
import { type Story, story } from '../../test/story';
import { asOf } from '../commons/reading';
import { fieldValue } from './apply';
import type { Row } from './database';
import { canonical } from './history';
import type { Result } from './perform';

let told: Story;
beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  await organisation(told);
});
afterAll(() => told.end());

type Step = { verb: string; input: Row; who: string; minutes: number };

const words = fc.constantFrom('Till', 'Router', 'ß Übung', '  spaced  ', 'x'.repeat(200));
const edits = fc.record(
  {
    title: words,
    description: fc.option(words),
    impact: fc.integer({ min: 1, max: 3 }),
    urgency: fc.integer({ min: 1, max: 3 }),
    category: fc.option(words),
    service_id: fc.constantFrom('Card payments', null),
    tags: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    deadline_at: fc.constantFrom('2026-05-01T10:00:00Z', null),
    major: fc.boolean(),
    beneficiary_id: fc.constantFrom('fred@x.test', null),
  },
  { requiredKeys: [] },
);
const steps: fc.Arbitrary<Step> = fc.oneof(
  ...(
    [
      ['edit', edits],
      ['assign', fc.record({ team_id: fc.constantFrom('Network', 'Service desk'), reason: fc.option(words) })],
      ['assign', fc.record({ assignee_id: fc.constantFrom('sam@x.test', 'cho@x.test') })],
      ['start', fc.constant({})],
      [
        'hold',
        fc.record({
          hold_reason: fc.constantFrom('requester', 'supplier'),
          hold_until: fc.constantFrom(null, '2026-06-01T00:00:00Z'),
        }),
      ],
      ['resume', fc.constant({})],
      ['resolve', fc.record({ resolution_code: fc.constant('fixed'), resolution_note: words })],
      ['reopen', fc.record({ reason: words })],
      ['close', fc.constant({})],
      ['cancel', fc.record({ reason: words })],
      ['comment', fc.record({ text: words })],
      ['note', fc.record({ text: words })],
    ] as [string, fc.Arbitrary<Row>][]
  ).map(([verb, input]) =>
    fc.record({
      verb: fc.constant(verb),
      input,
      who: fc.constantFrom('sam@x.test', 'cho@x.test'),
      minutes: fc.nat(600),
    }),
  ),
);

/** What the history does not tell: the kernel's own book-keeping and what clocks compute. */
const untold = new Set([
  'id',
  'number',
  'type',
  'version',
  'created_at',
  'updated_at',
  'state_category',
  'state_since',
  'opened_at',
  'due_at',
  'queue_at',
]);
const plain = (value: unknown) => (Array.isArray(value) && value.length === 0 ? null : (value ?? null));

async function fieldsOf(row: Row): Promise<Record<string, string>> {
  const fields = told.house.fieldsOf(told.house.types.get('incident')!);
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !untold.has(name))
      .map(([name, field]) => [name, canonical(plain(fieldValue(row, name, field)))]),
  );
}

/** Records that live the same life at the same time. */
async function live(life: readonly Step[], twins = 1): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < twins; at++)
    ids.push(
      String((await told.act('incident.log', null, { title: 'Begin', requester_id: 'rita@x.test' }, 'sam@x.test')).id),
    );
  for (const { verb, input, who, minutes } of life) {
    await told.later(minutes, false);
    for (const id of ids) await told.actAll(`incident.${verb}`, [{ id, input: { ...input } }], who);
  }
  return ids;
}

describe('history', () => {
  test('replayed is the record: field by field, at its end and at every instant on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 12 }), async (life) => {
        const id = (await live(life))[0]!;
        const row = await told.row('incident', id);
        const lines = await told.lines(id);
        const folded: Record<string, string> = Object.fromEntries(
          Object.keys(await fieldsOf(row)).map((name) => [name, 'null']),
        );
        let version = 0;
        for (const line of lines) {
          const changes = (line.changes as { field: string; before: unknown; after: unknown }[]).filter(
            ({ field }) => field in folded,
          );
          for (const { field, before, after } of changes) {
            expect(canonical(plain(before)), `${line.name} ${field}`).toBe(folded[field]);
            folded[field] = canonical(plain(after));
          }
          if (changes.length > 0) version += 1;
          const then = await asOf(await told.context(), told.house.types.get('incident')!, row, line.at as Date);
          if (line === lines[lines.length - 1]) expect(await fieldsOf(then!)).toEqual(folded);
        }
        expect(folded).toEqual(await fieldsOf(row));
        expect(row.version).toBe(version);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});

describe('many at once', () => {
  test('are as each alone: the same answers, the same records, the same lines', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.array(steps, { maxLength: 4 }), steps), { minLength: 2, maxLength: 6 }),
        steps,
        async (lives, last) => {
          const twins: string[][] = [];
          for (const [life] of lives) twins.push(await live(life, 2));
          const item = (id: string) => ({ id, input: { ...last.input } });
          const together = await told.actAll(
            `incident.${last.verb}`,
            twins.map(([id]) => item(id!)),
            last.who,
          );
          const alone: Result[] = [];
          for (const [, id] of twins)
            alone.push(...(await told.actAll(`incident.${last.verb}`, [item(id!)], last.who)));
          const outcome = (result: Result) => (result.ok ? 'ok' : `${result.refusal.code} ${result.refusal.message}`);
          expect(together.map(outcome)).toEqual(alone.map(outcome));
          for (const [one, two] of twins) {
            expect(await fieldsOf(await told.row('incident', one!))).toEqual(
              await fieldsOf(await told.row('incident', two!)),
            );
            const [a, b] = [await told.lines(one!), await told.lines(two!)];
            expect(a.map(({ name }) => name)).toEqual(b.map(({ name }) => name));
          }
        },
      ),
      { numRuns: 15, seed: 2 },
    );
  });
});
