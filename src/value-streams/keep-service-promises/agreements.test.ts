import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, office, promiseStage } from '../../../test/promise-stage';
import { type Row, rows, sql } from '../../kernel/database';
import { readClocks } from '../../practices/design/service-level';
import { incidentPromises } from '../../practices/operation/incident';
import { promisedTypes, sweepPromises } from '.';

let stage: Awaited<ReturnType<typeof promiseStage>>;
let told: typeof stage.told;
let kept: typeof stage.kept;
let log: typeof stage.log;
let due: typeof stage.due;
let service: Row;
let agreement: Row;

beforeAll(async () => {
  stage = await promiseStage();
  ({ told, kept, log, due, service, agreement } = stage);
});
afterAll(() => told.end());

describe('several at once', () => {
  test('two sweeps tell nothing twice', async () => {
    await told.until('2026-03-04T09:00:00Z');
    const many = await told.actAll(
      'incident.log',
      Array.from({ length: 40 }, (_, at) => ({ input: { title: `Till ${at}` } })),
      'sam@x.test',
    );
    const ids = many.map((result) => String(result.ok && result.record.id));
    await told.later(61, false);
    const sweep = () => sweepPromises(told.db, told.house, promisedTypes, told.now());
    const spoken = await Promise.all([sweep(), sweep(), sweep()]);
    await told.catchUp();
    const [found] = await rows<{ lines: number; records: number }>(
      told.db,
      sql`select count(*)::int as lines, count(distinct record_id)::int as records from history
          where record_id = any(${ids}::uuid[]) and name in ('incident.warned', 'incident.breached')`,
    );
    expect(found).toEqual({ lines: 80, records: 40 });
    expect(spoken.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(80);
    await told.actAll(
      'incident.cancel',
      ids.map((id) => ({ id, input: { reason: 'done' } })),
      'sam@x.test',
    );
  });

  test('what is logged while an agreement is published falls under it in the end', async () => {
    const title = { title: 'It fails' };
    const next = told.act('agreement.edit', String(agreement.id), { description: 'As before' });
    const targets = [
      ...((await next).targets as Row[]).filter((one) => one.target !== 'update'),
      { target: 'update', seconds: 900 },
    ];
    await told.act('agreement.edit', String(agreement.id), { targets });
    const [logged] = await Promise.all([
      Promise.all(Array.from({ length: 12 }, () => told.act('incident.log', null, title, 'rita@x.test'))),
      told.act('agreement.publish', String(agreement.id)),
    ]);
    await told.catchUp();
    for (const one of logged) {
      const clocks = await kept(one.id);
      expect(clocks.resolution!.agreement_version).toBe(2);
      await told.act('incident.cancel', String(one.id), { reason: 'done' }, 'sam@x.test');
    }
  });
});

describe('agreements and calendars that change', () => {
  test('publishing a next version counts open records anew from their start; what has ended keeps its judgement', async () => {
    const open = await log({ service_id: service.id }, 'sam@x.test');
    const closed = await log({ service_id: service.id }, 'sam@x.test');
    const resolution = { resolution_code: 'fixed', resolution_note: 'Paper.' };
    await told.act('incident.resolve', String(closed.id), resolution, 'sam@x.test');
    const before = await kept(closed.id);
    await told.later(10);
    const draft = await told.act('agreement.edit', String(agreement.id), {
      targets: [{ target: 'resolution', seconds: 3600 }],
    });
    expect(draft).toMatchObject({
      state: 'draft',
      agreement_version: 3,
      published_version: 2,
      number: agreement.number,
    });
    await told.catchUp();
    expect((await kept(open.id)).resolution!.target_s).toBe(14_400);
    await told.act('agreement.publish', String(agreement.id));
    await told.catchUp();
    const clocks = await kept(open.id);
    expect(Object.keys(clocks)).toEqual(['resolution']);
    expect(clocks.resolution).toMatchObject({
      agreement_version: 3,
      started_at: open.opened_at,
      due_at: new Date((open.opened_at as Date).getTime() + 3_600_000),
    });
    expect(await due(open)).toEqual(clocks.resolution!.due_at);
    expect(await kept(closed.id)).toEqual(before);
    // And so says the replay of the closed one's history.
    const context = await told.context();
    const replayed = await readClocks(context, incidentPromises, await told.row('incident', String(closed.id)));
    expect(replayed.map(({ target, state, target_s }) => ({ target, state, target_s }))).toEqual([
      { target: 'first_response', state: 'met', target_s: 3600 },
      { target: 'resolution', state: 'met', target_s: 14_400 },
    ]);
    await told.act('incident.cancel', String(open.id), { reason: 'done' }, 'sam@x.test');
  });

  test('other hours of a calendar hold for open records from their start', async () => {
    const incident = await log({}, 'sam@x.test');
    const id = String(incident.id);
    await told.later(70, false);
    const [calendar] = await rows<{ id: string }>(told.db, sql`select id from record where title = 'Office Lisbon'`);
    await told.act('calendar.edit', calendar!.id, { hours: { fri: [['00:00', '24:00']] } });
    await told.catchUp();
    expect((await kept(id)).resolution).toMatchObject({ state: 'running', due_at: at('06T01:00') });
    await told.act('calendar.edit', calendar!.id, { hours: office.hours });
    await told.act('incident.cancel', id, { reason: 'done' }, 'sam@x.test');
  });

  test('a draft can be thrown away, and a version whose kept case fails is not published', async () => {
    const id = String(agreement.id);
    await told.act('agreement.edit', id, { name: 'Nonsense' });
    expect(await told.act('agreement.discard', id)).toMatchObject({
      state: 'published',
      title: 'Standard',
      agreement_version: 3,
    });
    const kept = {
      name: 'Friday evening',
      events: [{ at: '2026-03-06T17:50:00Z', type: 'created' }],
      at: '2026-03-06T18:00:00Z',
      expected: { resolution: { due_at: '2026-03-09T09:50:00Z', state: 'running' } },
    };
    expect(await told.act('agreement.edit', id, { cases: [kept] })).toMatchObject({ state: 'published' });
    await told.act('agreement.edit', id, { targets: [{ target: 'resolution', seconds: 7200 }] });
    await expect(told.act('agreement.publish', id)).rejects.toThrow(
      'The case "Friday evening" expects resolution to be due at 2026-03-09T09:50:00.000Z, but it is 2026-03-09T10:50:00.000Z.',
    );
    await told.act('agreement.discard', id);
  });

  test('a reference inside the match that nobody can see is refused on its place', async () => {
    const wrong = told.act('agreement.create', null, {
      name: 'Lost',
      calendar_id: 'Always',
      match: { service_id: 'SVC-9' },
      targets: [{ target: 'resolution', seconds: 60 }],
      effective_on: '2026-01-01',
    });
    await expect(wrong).rejects.toMatchObject({ status: 422, errors: [{ field: 'match.service_id' }] });
  });

  test('a retired agreement keeps what it promised and promises nothing new', async () => {
    const always = await told.act('agreement.create', null, {
      name: 'Ordering always',
      calendar_id: 'Always',
      match: { service_id: service.id },
      targets: [{ target: 'resolution', seconds: 36_000 }],
      effective_on: '2026-01-01',
    });
    await told.act('agreement.publish', String(always.id));
    const before = await log({ service_id: service.id }, 'sam@x.test');
    await told.later(1);
    await told.act('agreement.retire', String(always.id));
    await told.later(1);
    const after = await log({ service_id: service.id }, 'sam@x.test');
    await told.act('incident.start', String(before.id), {}, 'sam@x.test');
    expect((await kept(before.id)).resolution!.agreement_id).toBe(always.id);
    expect((await kept(after.id)).resolution!.agreement_id).toBe(agreement.id);
  });
});
