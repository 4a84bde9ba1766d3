import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let ada: Caller;
let sam: Caller;
let fred: Caller;
const matrix = { '11': 5, '12': 4, '13': 3, '21': 4, '22': 3, '23': 2, '31': 3, '32': 2, '33': 1 };

beforeAll(async () => {
  opened = await door();
  ada = await opened.as('ada');
  sam = await opened.as('sam');
  fred = await opened.as('fred');
});
afterAll(() => opened.end());

const ok = (answer: Answer) => {
  expect([200, 201], answer.text).toContain(answer.status);
  return answer.body;
};
const model = (more: object) =>
  ada.post('/incident-models', {
    name: 'Model',
    matrix,
    reopen_days: 14,
    close_days: 5,
    effective_on: '2026-01-01',
    ...more,
  });
const log = async (who: Caller, input: object = {}) =>
  ok(await who.post('/incidents', { title: 'x', impact: 1, urgency: 1, ...input }));

describe('rows of an organisation', () => {
  test('give a department priorities of its own; others keep the delivered ones', async () => {
    ok(await model({ department: 'finance' }));
    expect((await log(fred, { department: 'finance' })).priority).toBe(5);
    expect((await log(sam)).priority).toBe(1);
    const { number } = await log(fred, { department: 'finance' });
    expect(ok(await fred.patch(`/incidents/${number}`, { impact: 3, urgency: 3 })).priority).toBe(1);
  });
  test('go with an incident that moves behind another wall; its priority is counted anew', async () => {
    const { number } = await log(sam);
    const moved = await sam.patch(`/incidents/${number}`, { department: 'finance' });
    // Sam asked for it, so he still sees it; the work is no longer his.
    expect(ok(moved)).toMatchObject({ department: { number: 'finance' }, priority: 5 });
    expect((await sam.post(`/incidents/${number}/start`)).status).toBe(403);
    expect((await fred.post(`/incidents/${number}/start`)).status).toBe(200);
  });
  test('of a customer come before those of a department, and count from their date', async () => {
    ok(await ada.post('/organizations', { name: 'Customer' }));
    ok(await model({ organization_id: 'Customer', matrix: { ...matrix, '11': 2 } }));
    ok(await model({ organization_id: 'Customer', matrix: { ...matrix, '11': 3 }, effective_on: '2026-03-03' }));
    expect((await log(sam, { organization_id: 'Customer' })).priority).toBe(2);
    await opened.story.later(24 * 60, false);
    expect((await log(sam, { organization_id: 'Customer' })).priority).toBe(3);
  });
  test('set the window to reopen and the days until one closes itself', async () => {
    ok(await model({ department: 'finance', reopen_days: 2, close_days: 1, effective_on: '2026-03-03' }));
    const { number } = await log(fred, { department: 'finance' });
    const at = `/incidents/${number}`;
    ok(await fred.post(`${at}/resolve`, { resolution_code: 'c', resolution_note: 'n' }));
    ok(await ada.post('/clock', { advance_s: 25 * 3600 }));
    expect(ok(await fred.get(at)).state).toBe('closed');
    ok(await fred.post(`${at}/reopen`, { reason: 'x' }));
    ok(await fred.post(`${at}/resolve`, { resolution_code: 'c', resolution_note: 'n' }));
    ok(await ada.post('/clock', { advance_s: 49 * 3600 }));
    const late = await fred.post(`${at}/reopen`, { reason: 'x' });
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining('2 days')]);
  });
  test('are kept by administrators, whole', async () => {
    expect((await sam.post('/incident-models', { name: 'Mine' })).status).toBe(403);
    for (const wrong of [
      { matrix: { '11': 1 } },
      { matrix: { ...matrix, '11': 9 } },
      { reopen_days: -1 },
      { effective_on: 'soon' },
    ])
      expect((await model(wrong)).status, JSON.stringify(wrong)).toBe(422);
  });
});
