import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let ada: Caller;
let sam: Caller;

beforeAll(async () => {
  opened = await door();
  [ada, sam] = [await opened.as('ada'), await opened.as('sam')];
  await ada.post('/people', { name: 'Lea', email: 'lea@x.test', roles: ['agent', 'team_lead'], departments: ['it'] });
});
afterAll(() => opened.end());

const bounced = async () => {
  const at = `/incidents/${(await sam.post('/incidents', { title: 'Nobody wants it', team_id: 'Network' })).body.number}`;
  for (const team_id of ['Service desk', 'Network'])
    expect((await sam.post(`${at}/assign`, { team_id, reason: `For ${team_id}` })).status).toBe(200);
  return at;
};

describe('an incident that teams hand to and fro', () => {
  test('the third change of team needs a lead; within the team anybody assigns it', async () => {
    const at = await bounced();
    const refused = await sam.post(`${at}/assign`, { team_id: 'Service desk' });
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toBe(
      `This would be the 3rd change of team of ${at.split('/')[2]}: a team lead or incident manager decides where it belongs.`,
    );
    expect((await sam.post(`${at}/assign`, { team_id: 'Network', assignee_id: 'cho@x.test' })).status).toBe(200);
    const lead = await (await opened.as('lea')).post(`${at}/assign`, { team_id: 'Service desk' });
    expect(lead.body).toMatchObject({ reassignment_count: 3, team_id: { name: 'Service desk' } });
  });

  test('from which change on is a row of the model; empty, never', async () => {
    const matrix = { 11: 1, 12: 2, 13: 3, 21: 2, 22: 3, 23: 4, 31: 3, 32: 4, 33: 5 };
    const model = await ada.post('/incident-models', {
      name: 'House',
      department: 'it',
      matrix,
      reopen_days: 14,
      close_days: 5,
      effective_on: '2026-01-01',
    });
    expect(model.body.bounce_limit).toBe(3);
    const at = await bounced();
    expect((await sam.post(`${at}/assign`, { team_id: 'Service desk' })).status).toBe(403);
    expect((await ada.patch(`/incident-models/${model.body.number}`, { bounce_limit: null })).status).toBe(200);
    expect((await sam.post(`${at}/assign`, { team_id: 'Service desk' })).status).toBe(200);
  });

  test('its new team reads who gave it, why, and what was noted before', async () => {
    const at = `/incidents/${(await sam.post('/incidents', { title: 'Screen flickers', team_id: 'Network' })).body.number}`;
    expect((await sam.get(`${at}/context`)).body.handed).toBeNull();
    for (const text of ['Checked the cable.', 'Changed the port.', 'Measured the line.'])
      await sam.post(`${at}/note`, { text });
    const moved = await sam.post(`${at}/assign`, { team_id: 'Service desk', reason: 'The network is fine.' });
    const { handed } = (await sam.get(`${at}/context`)).body;
    expect(handed).toMatchObject({
      by: 'Sam Test',
      from: 'Network',
      reason: 'The network is fine.',
      notes: [{ by: 'Sam Test', text: 'Measured the line.' }, { text: 'Changed the port.' }],
    });
    await sam.post(`${at}/undo`, { line: (moved.body.undo as { line: string }).line });
    expect((await sam.get(`${at}/context`)).body.handed).toBeNull();
  });
});
