import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, promiseStage } from '../../../test/promise-stage';
import { type Row, rows, sql } from '../../kernel/database';

let stage: Awaited<ReturnType<typeof promiseStage>>;
let told: typeof stage.told;
let kept: typeof stage.kept;
let log: typeof stage.log;
let due: typeof stage.due;
let names: typeof stage.names;

beforeAll(async () => {
  stage = await promiseStage();
  ({ told, kept, log, due, names } = stage);
});
afterAll(() => told.end());

describe('clocks and the history that moves them', () => {
  test('a new incident is due by its earliest target, written with the record and in the answer', async () => {
    const incident = await log();
    expect(incident.due_at).toEqual(at('02T10:00'));
    expect(await due(incident)).toEqual(at('02T10:00'));
    expect(incident.version).toBe(1);
    const clocks = await kept(incident.id);
    expect(Object.keys(clocks)).toEqual(['first_response', 'resolution']);
    expect(clocks.resolution).toMatchObject({ state: 'running', due_at: at('02T13:00'), next_at: at('02T12:00') });
    await told.act('incident.cancel', String(incident.id), { reason: 'done' });
    expect((await kept(incident.id)).resolution).toMatchObject({ state: 'stopped', due_at: null, next_at: null });
    expect(await due(incident)).toBeNull();
  });

  test("an agent's comment meets the first response and leaves the version; the requester's asks for an update", async () => {
    const incident = await log();
    const id = String(incident.id);
    await told.later(10);
    await told.act('incident.comment', id, { text: 'Which till?' }, 'sam@x.test');
    expect((await kept(id)).first_response).toMatchObject({ state: 'met', elapsed_s: 600, due_at: null });
    expect((await told.row('incident', id)).version).toBe(1);
    expect(await due(incident)).toEqual(at('02T13:00'));
    await told.later(5);
    await told.act('incident.comment', id, { text: 'The left one.' }, 'rita@x.test');
    expect((await kept(id)).update).toMatchObject({ state: 'running', due_at: at('02T09:45') });
    expect(await due(incident)).toEqual(at('02T09:45'));
    await told.act('incident.note', id, { text: 'It is old.' }, 'sam@x.test');
    expect((await kept(id)).update).toMatchObject({ state: 'running' });
    await told.later(5);
    await told.act('incident.resolve', id, { resolution_code: 'fixed', resolution_note: 'Paper.' }, 'sam@x.test');
    const clocks = await kept(id);
    expect(clocks.update).toMatchObject({ state: 'met', elapsed_s: 300 });
    expect(clocks.resolution).toMatchObject({ state: 'met', elapsed_s: 1200 });
    expect(await due(incident)).toBeNull();
  });

  test('resolving answers: a first response that never came is met by it, and by assigning it is not', async () => {
    const incident = await log();
    const id = String(incident.id);
    await told.act('incident.assign', id, { team_id: 'Desk' }, 'sam@x.test');
    expect((await kept(id)).first_response!.state).toBe('running');
    await told.act('incident.resolve', id, { resolution_code: 'fixed', resolution_note: 'Paper.' }, 'sam@x.test');
    expect((await kept(id)).first_response!.state).toBe('met');
  });

  test('a hold stops the clocks, and resuming moves them by the working time that was lost', async () => {
    const incident = await log({}, 'sam@x.test');
    const id = String(incident.id);
    const start = told.now();
    await told.act('incident.start', id, {}, 'sam@x.test');
    await told.later(30);
    await told.act('incident.hold', id, { hold_reason: 'supplier' }, 'sam@x.test');
    expect((await kept(id)).resolution).toMatchObject({ state: 'paused', due_at: null, next_at: null });
    expect(await due(incident)).toBeNull();
    await told.later(45);
    expect(await names(incident)).not.toContain('incident.warned');
    await told.act('incident.resume', id, {}, 'sam@x.test');
    expect((await kept(id)).resolution!.due_at).toEqual(new Date(start.getTime() + (4 * 60 + 45) * 60_000));
    await told.act('incident.cancel', id, { reason: 'done' }, 'sam@x.test');
  });

  test('another priority counts from the original start, under its own target', async () => {
    const incident = await log({}, 'sam@x.test');
    const id = String(incident.id);
    const start = told.now();
    await told.later(5);
    await told.act('incident.edit', id, { impact: 1, urgency: 1 }, 'sam@x.test');
    const clocks = await kept(id);
    expect(clocks.resolution).toMatchObject({ target_s: 7200, due_at: new Date(start.getTime() + 7_200_000) });
    await told.act('incident.cancel', id, { reason: 'done' }, 'sam@x.test');
  });

  test('a comment of the requester resumes a hold that waits for them, and says why', async () => {
    const incident = await log();
    const id = String(incident.id);
    await told.act('incident.start', id, {}, 'sam@x.test');
    await told.act('incident.hold', id, { hold_reason: 'requester' }, 'sam@x.test');
    const answered = await told.act('incident.comment', id, { text: 'It is the left one.' }, 'rita@x.test');
    expect(answered.state).toBe('in_progress');
    const lines = await told.lines(id);
    expect(lines.at(-1)).toMatchObject({
      name: 'incident.resumed',
      actor_kind: 'rule',
      cause: { line: lines.at(-2)!.id },
    });
    expect((await kept(id)).resolution!.state).toBe('running');
    await told.act('incident.cancel', id, { reason: 'done' }, 'sam@x.test');
  });
});

describe('a target at an instant of the record', () => {
  test('is due then, whatever pauses, and moves with the field', async () => {
    const fixed = await told.act('agreement.create', null, {
      name: 'By deadline',
      calendar_id: 'Always',
      match: { priority: 2 },
      targets: [{ target: 'resolution', at_field: 'deadline_at' }],
      pause_states: ['on_hold'],
      effective_on: '2026-01-01',
    });
    await told.act('agreement.publish', String(fixed.id));
    const incident = await log({ impact: 1, urgency: 2, deadline_at: '2026-03-02T20:00:00Z' }, 'sam@x.test');
    const id = String(incident.id);
    expect(incident.due_at).toEqual(at('02T20:00'));
    expect((await kept(id)).resolution).toMatchObject({ target_s: null, due_at: at('02T20:00') });
    await told.act('incident.hold', id, { hold_reason: 'supplier' }, 'sam@x.test');
    expect((await kept(id)).resolution).toMatchObject({ state: 'running', due_at: at('02T20:00') });
    await told.act('incident.edit', id, { deadline_at: '2026-03-02T18:00:00Z' }, 'sam@x.test');
    expect(await due(incident)).toEqual(at('02T18:00'));
    await told.act('incident.edit', id, { deadline_at: null }, 'sam@x.test');
    expect(await kept(id)).toEqual({});
    expect(await due(incident)).toBeNull();
    await told.act('incident.cancel', id, { reason: 'done' }, 'sam@x.test');
    await told.act('agreement.retire', String(fixed.id));
  });
});

describe('what clocks say by themselves', () => {
  test('warning, breach and escalation are lines dated when they were due, also when found late', async () => {
    await told.until('2026-03-02T11:00:00Z');
    const incident = await log({ team_id: 'Desk' }, 'sam@x.test');
    const id = String(incident.id);
    const start = told.now().getTime();
    await told.act('incident.comment', id, { text: 'We look.' }, 'sam@x.test');
    await told.later(200, false);
    await told.catchUp();
    const minutes = (line: Row) => ((line.at as Date).getTime() - start) / 60_000;
    const spoken = async () => (await told.lines(id)).filter((line) => line.actor_kind === 'timer');
    expect((await spoken()).map((line) => [line.name, minutes(line)])).toEqual([['incident.warned', 180]]);
    expect((await spoken())[0]).toMatchObject({
      recorded_at: told.now(),
      why: { target: 'resolution', agreement: { name: 'Standard', version: 1 }, calendar: { name: 'Office Lisbon' } },
    });
    await told.later(150, false);
    await told.catchUp();
    const lines = await spoken();
    expect(lines.map((line) => line.name)).toEqual([
      'incident.warned',
      'incident.breached',
      'incident.escalated',
      'incident.escalated',
    ]);
    expect(lines.map(minutes)).toEqual([180, 240, 240, 270]);
    const [lead] = await rows<{ id: string }>(told.db, sql`select id from person where email = 'lea@x.test'`);
    expect(lines[3]!.changes).toContainEqual(expect.objectContaining({ field: 'to', after: [lead!.id] }));
    expect((await kept(id)).resolution).toMatchObject({ state: 'breached', breached: true, next_at: null });
    await told.catchUp();
    expect(await spoken()).toHaveLength(4);
    expect((await told.row('incident', id)).version).toBe(1);
    await told.act('incident.resolve', id, { resolution_code: 'fixed', resolution_note: 'Paper.' }, 'sam@x.test');
    expect((await kept(id)).resolution!.state).toBe('breached');
  });

  test('a breach nobody saw is told though it is resolved by then; a warning is not', async () => {
    await told.until('2026-03-03T09:00:00Z');
    const incident = await log({}, 'sam@x.test');
    const id = String(incident.id);
    await told.later(61, false);
    await told.act('incident.resolve', id, { resolution_code: 'fixed', resolution_note: 'Paper.' }, 'sam@x.test');
    await told.catchUp();
    const spoken = (await told.lines(id)).filter((line) => line.actor_kind === 'timer');
    expect(spoken.map((line) => line.name)).toEqual(['incident.breached']);
    expect((spoken[0]!.at as Date).getTime()).toBe((incident.opened_at as Date).getTime() + 3_600_000);
  });

  test('a clock that gets more time is warned of again', async () => {
    const incident = await log({ impact: 1, urgency: 1 }, 'sam@x.test');
    const id = String(incident.id);
    await told.act('incident.comment', id, { text: 'We look.' }, 'sam@x.test');
    await told.later(95);
    expect(await names(incident)).toContain('incident.warned');
    await told.act('incident.edit', id, { impact: 3, urgency: 3 }, 'sam@x.test');
    await told.later(90);
    const warned = (await names(incident)).filter((name) => name === 'incident.warned');
    expect(warned).toHaveLength(2);
    await told.act('incident.cancel', id, { reason: 'done' }, 'sam@x.test');
  });
});
