import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { organisation } from '../../../test/door';
import { type Story, story } from '../../../test/story';
import { startWorker } from './worker';

let told: Story;
beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  await organisation(told);
});
afterAll(() => told.end());

test('catching up ends when everything due is done, also what the loops had already begun', async () => {
  const ids: string[] = [];
  for (let at = 0; at < 30; at++) {
    const { id } = await told.act('incident.log', null, { title: 'Till' }, 'sam@x.test');
    await told.act(
      'incident.hold',
      String(id),
      { hold_reason: 'supplier', hold_until: new Date(told.now().getTime() + (at + 1) * 3_600_000).toISOString() },
      'sam@x.test',
    );
    ids.push(String(id));
  }
  const log = pino({ level: 'silent' });
  let slow = 0;
  // A chore that takes its time and of which only one at a time can be under way.
  const worker = startWorker(told.db, told.house, told.clock, log, 'test', {
    slow: async () => {
      slow += 1;
      await new Promise((resolve) => setTimeout(resolve, 30));
      slow -= 1;
      expect(slow).toBe(0);
      return 0;
    },
  });
  for (let round = 0; round < 6; round++) {
    told.clock.advance(5 * 3_600);
    // The loops wake at some moment around the catching up.
    await new Promise((resolve) => setTimeout(resolve, round * 90));
    await worker.catchUp();
    const states = await Promise.all(
      ids.slice(0, (round + 1) * 5).map(async (id) => (await told.row('incident', id)).state),
    );
    expect(states.filter((state) => state === 'on_hold')).toEqual([]);
  }
  await worker.stop();
});
