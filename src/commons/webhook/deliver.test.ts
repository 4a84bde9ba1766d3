import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Story, story } from '../../../test/story';
import { rows, sql } from '../../kernel/database';
import { sealAll, sealLag } from '../../kernel/seal';
import { deliverOne, followHistory, signatureOf } from './deliver';

interface Received {
  body: string;
  headers: Record<string, unknown>;
}

let told: Story;
let server: Server;
let answer = 200;
const received: Received[] = [];
const secret = `whsec_${Buffer.from('a'.repeat(24)).toString('base64')}`;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      received.push({ body, headers: request.headers });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  told = await story('2026-03-02T09:00:00Z');
  await told.act('department.create', null, { key: 'it', name: 'IT', desk: true });
  await told.act('department.create', null, { key: 'hr', name: 'HR', confidential: true });
  await told.act('person.create', null, { email: 'sam@x.example', name: 'Sam', roles: ['agent'], departments: ['it'] });
  await told.act('webhook.create', null, {
    name: 'Board',
    owner_id: 'sam@x.example',
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`,
    events: ['incident.*'],
    secret,
  });
  await sealAll(told.db, 'test', told.now());
  await followHistory(told.db, told.house, told.now());
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await told.end();
});

async function deliver(): Promise<void> {
  // A transaction of another test on the same server may hold the seal back for a moment.
  for (let round = 0; round < 200; round++) {
    await sealAll(told.db, 'test', told.now());
    if ((await sealLag(told.db)).waiting === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  while ((await followHistory(told.db, told.house, told.now())) > 0);
  while ((await deliverOne(told.db, told.now())) > 0);
}

describe('webhooks', () => {
  it('tell what their owner sees, signed, once, and nothing from behind a wall', async () => {
    const seen = await told.act('incident.log', null, { title: 'Seen', department: 'it' });
    await told.act('incident.log', null, { title: 'Hidden', department: 'hr' });
    await told.act('incident.note', String(seen.id), { text: 'for the team' });
    await deliver();
    await deliver();
    const names = received.map(
      ({ body }) => JSON.parse(body) as { type: string; data: { record: { number: string } } },
    );
    expect(names.map((one) => [one.type, one.data.record.number])).toEqual([
      ['incident.logged', seen.number],
      ['incident.noted', seen.number],
    ]);
    const { body, headers } = received[0]!;
    const expected = signatureOf(secret, String(headers['webhook-id']), Number(headers['webhook-timestamp']), body);
    expect(headers['webhook-signature']).toBe(expected);
  });

  it('are tried again later when they are not answered well', async () => {
    answer = 500;
    received.length = 0;
    await told.act('incident.log', null, { title: 'Again', department: 'it' });
    await deliver();
    expect(received.length).toBe(1);
    const [waiting] = await rows<{ state: string; status: number; attempts: number }>(
      told.db,
      sql`select state, status, attempts from webhook_delivery where state <> 'delivered'`,
    );
    expect(waiting).toEqual({ state: 'waiting', status: 500, attempts: 1 });
    answer = 200;
    await told.later(1);
    await deliver();
    expect(received.length).toBe(2);
    expect(received[1]!.headers['webhook-id']).toBe(received[0]!.headers['webhook-id']);
  });
});
