import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let sam: Caller;
let rita: Caller;
let at: string;
let number: string;

beforeAll(async () => {
  opened = await door();
  sam = await opened.as('sam');
  rita = await opened.as('rita');
  number = (await rita.post('/incidents', { title: 'Till', impact: 2 })).body.number;
  at = `/incidents/${number}`;
  await opened.story.later(60);
  await sam.patch(at, { title: 'Till 4', category: 'till', service_id: 'Card payments' });
  await opened.story.later(60);
  await sam.post(`${at}/assign`, { team_id: 'Network', reason: 'theirs' });
  await sam.post(`${at}/note`, { text: 'internal words' });
  await sam.post(`${at}/comment`, { text: 'public words' });
  await opened.story.later(60);
  await sam.post(`${at}/resolve`, { resolution_code: 'fixed', resolution_note: 'Paper.' });
  await opened.settle();
});
afterAll(() => opened.end());

const ok = (answer: Answer) => {
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};
const names = (answer: Answer) => ok(answer).items.map(({ name }) => name);

describe('the history of a record', () => {
  test('is newest first, with who, what, before and after', async () => {
    expect(names(await sam.get(`${at}/history`))).toEqual([
      'incident.resolved',
      'incident.commented',
      'incident.noted',
      'incident.assigned',
      'incident.edited',
      'incident.logged',
    ]);
    const lines = ok(await sam.get(`${at}/history`)).items;
    expect(lines[4]).toMatchObject({
      id: expect.any(String),
      seq: expect.any(Number),
      at: '2026-03-02T10:00:00.000Z',
      recorded_at: '2026-03-02T10:00:00.000Z',
      name: 'incident.edited',
      record: { type: 'incident', id: expect.any(String), number },
      actor: { id: expect.any(String), name: 'Sam Test', kind: 'person' },
      cause: null,
      why: null,
      changes: expect.arrayContaining([
        { field: 'title', before: 'Till', after: 'Till 4' },
        { field: 'category', before: null, after: 'till' },
        { field: 'service_id', before: null, after: expect.objectContaining({ name: 'Card payments' }) },
      ]),
    });
    expect(lines[3]!.changes).toEqual(expect.arrayContaining([{ field: 'reason', before: null, after: 'theirs' }]));
    expect(JSON.stringify(lines)).not.toContain('salt');
    expect(ok(await sam.get(`/history/${lines[4]!.id}`))).toEqual(lines[4]);
  });
  test('comes in pages that do not overlap', async () => {
    const whole = names(await sam.get(`${at}/history`));
    const paged: string[] = [];
    for (let cursor = ''; ; ) {
      const page = ok(await sam.get(`${at}/history?limit=2${cursor && `&cursor=${cursor}`}`));
      paged.push(...page.items.map(({ name }) => name));
      if (!page.next) break;
      cursor = page.next;
    }
    expect(paged).toEqual(whole);
  });
  test('without its inner lines for who only asked', async () => {
    expect(names(await rita.get(`${at}/history`))).not.toContain('incident.noted');
    expect(names(await rita.get('/history?limit=500'))).not.toContain('incident.noted');
    const noted = ok(await sam.get(`${at}/history`)).items.find(({ name }) => name === 'incident.noted')!;
    expect((await rita.get(`/history/${noted.id}`)).status).toBe(404);
  });
});

describe('the history of everything in sight', () => {
  test('is oldest first by seq, and goes on after one', async () => {
    const lines = ok(await sam.get('/history?limit=500')).items;
    const seqs = lines.map(({ seq }) => Number(seq));
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    const half = seqs[Math.floor(seqs.length / 2)]!;
    expect(ok(await sam.get(`/history?limit=500&after_seq=${half}`)).items.map(({ seq }) => seq)).toEqual(
      seqs.filter((seq) => seq > half),
    );
    const page = ok(await sam.get('/history?limit=3'));
    const next = ok(await sam.get(`/history?limit=3&cursor=${page.next}`));
    expect([...page.items, ...next.items].map(({ seq }) => seq)).toEqual(seqs.slice(0, 6));
  });
  test('is narrowed by type, name and time', async () => {
    expect(
      new Set(
        ok(await sam.get('/history?type=incident&limit=500')).items.map(
          ({ record }) => (record as { type: string }).type,
        ),
      ),
    ).toEqual(new Set(['incident']));
    expect(names(await sam.get('/history?name=incident.resolved,incident.logged'))).toEqual([
      'incident.logged',
      'incident.resolved',
    ]);
    expect(names(await sam.get('/history?type=incident&at.gte=2026-03-02T12:00:00Z'))).toEqual(['incident.resolved']);
    expect((await sam.get('/history?colour=red')).status).toBe(400);
    expect((await sam.get('/history?at.gte=soon')).status).toBe(400);
  });
});

describe('a record as it stood', () => {
  test('has the fields of then, its version, and nothing to do', async () => {
    const first = ok(await sam.get(`${at}?as_of=2026-03-02T09:30:00Z`));
    expect(first).toMatchObject({
      title: 'Till',
      category: null,
      state: 'new',
      impact: 2,
      priority: 4,
      version: 1,
      team_id: null,
      resolved_at: null,
      offers: [],
    });
    const later = ok(await sam.get(`${at}?as_of=2026-03-02T11:30:00Z`));
    expect(later).toMatchObject({
      title: 'Till 4',
      state: 'assigned',
      team_id: { name: 'Network' },
      service_id: { name: 'Card payments' },
      version: 3,
    });
    const now = ok(await sam.get(at));
    const { offers: _o, refused: _r, due_at: _d, ...then } = ok(await sam.get(`${at}?as_of=2026-03-02T12:00:00Z`));
    expect(now).toMatchObject(then as object);
    expect((await sam.get(`${at}?as_of=2026-03-01`)).status).toBe(404);
  });
});
