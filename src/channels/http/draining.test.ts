import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, door } from '../../../test/door';
import type { Verb } from '../../kernel/command';

let opened: Door;
let address: string;

beforeAll(async () => {
  opened = await door();
  address = await opened.server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => opened.end());

test('what is under way when the server closes is answered', async () => {
  const sam = await opened.as('sam');
  const verbs = opened.story.house.verbs as Map<string, Verb>;
  const log = verbs.get('incident.log')!;
  let begun: () => void = () => undefined;
  const working = new Promise<void>((resolve) => {
    begun = resolve;
  });
  verbs.set('incident.log', {
    ...log,
    facts: async (context, items) => {
      begun();
      await new Promise((resolve) => setTimeout(resolve, 500));
      return log.facts!(context, items);
    },
  });
  const answer = fetch(`${address}/api/v1/incidents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sam.bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Just in time' }),
  });
  await working;
  const [{ status }] = await Promise.all([answer, opened.server.close()]);
  verbs.set('incident.log', log);
  expect(status).toBe(201);
});
