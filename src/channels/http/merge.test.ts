import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';

let opened: Door;
const who: Record<string, Caller> = {};

beforeAll(async () => {
  opened = await door();
  for (const name of ['sam', 'cho', 'rita', 'hana', 'ada', 'fred', 'otto']) who[name] = await opened.as(name);
  await who.ada!.post('/people', {
    name: 'Eve Both',
    email: 'eve@x.test',
    roles: ['agent'],
    departments: ['it', 'hr'],
  });
  await who.ada!.post('/people', { name: 'Paul Guest', email: 'paul@x.test', roles: ['requester'], departments: [] });
  for (const name of ['eve', 'paul']) who[name] = await opened.as(name);
});
afterAll(() => opened.end());

const log = async (input: object, by = 'sam') =>
  String((await who[by]!.post('/incidents', { title: 'Till is dark', ...input })).body.number);
const at = (number: string, part = '') => `/incidents/${number}${part}`;
const texts = async (caller: Caller, number: string) =>
  (await caller.get(at(number, '/comments'))).body.items.map(({ text, record }) => [
    text,
    (record as { number: string } | null | undefined)?.number ?? record,
  ]);

describe('a duplicate', () => {
  test('is merged and everything of it is read from the one that stands for it, until they are parted', async () => {
    const { sam, rita, paul, cho } = who as Record<string, Caller>;
    const [one, two] = [await log({}, 'rita'), await log({ title: 'Tills are dark' }, 'paul')];
    await rita!.post(at(one, '/comment'), { text: 'My till.' });
    await rita!.attach(at(one, '/attachments'), 'photo.txt', 'dark');
    await sam!.post(at(one, '/note'), { text: 'A fuse?' });
    await sam!.post(at(one, '/watchers'), { person_id: 'cho@x.test' });
    await sam!.post(at(one, '/links'), { kind: 'relates', to: 'Card payments' });
    const merged = await sam!.post(at(one, '/merge'), { into: two });
    expect(merged.status, merged.text).toBe(200);
    expect(merged.body).toMatchObject({
      state: 'closed',
      resolution_code: 'duplicate',
      resolved_at: null,
      merged_into_id: { number: two },
      undo: { line: expect.any(String) },
    });
    expect(merged.body.offers).toContain('unmerge');
    expect(merged.body.offers).not.toContain('reopen');
    await sam!.post(at(two, '/comment'), { text: 'We change the fuse.' });
    expect(await texts(sam!, two)).toEqual([
      ['My till.', one],
      ['A fuse?', one],
      ['We change the fuse.', undefined],
    ]);
    const named = async (part: string, key: string) =>
      (await sam!.get(at(two, part))).body.items.map((item) => (item[key] as { number: string } | undefined)?.number);
    expect(await named('/attachments', 'record')).toEqual([one]);
    expect(await named('/watchers', 'record')).toEqual([one]);
    expect(await named('/links', 'of')).toEqual([one]);
    const [file] = (await sam!.get(at(two, '/attachments'))).body.items;
    expect((await sam!.get(String(file!.href))).text).toBe('dark');
    expect((await sam!.get(`/incidents?merged_into_id=${two}`)).body.items.map(({ number }) => number)).toEqual([one]);

    // Rita reads on her own what the team answers there, and nothing else of it; Paul nothing of hers.
    expect(await texts(rita!, one)).toEqual([
      ['My till.', undefined],
      ['We change the fuse.', null],
    ]);
    await paul!.post(at(two, '/comment'), { text: 'It hums.' });
    expect((await texts(rita!, one)).flat()).not.toContain('It hums.');
    expect(await texts(paul!, two)).toEqual([
      ['We change the fuse.', undefined],
      ['It hums.', undefined],
    ]);
    expect((await rita!.get(at(two))).status).toBe(404);
    expect((await rita!.get(at(one))).body.merged_into_id).toBeNull();

    await opened.settle();
    const toldOf = async (caller: Caller) =>
      (await caller.get('/me/notifications')).body.items
        .filter(({ kind }) => kind === 'commented')
        .map(({ record, reason }) => [(record as { number: string }).number, reason]);
    expect(await toldOf(rita!)).toEqual([[one, 'requester']]);
    expect(await toldOf(cho!)).toContainEqual([one, 'watcher']);
    const mails = (await who.ada!.get('/mails?limit=50')).body.items;
    const toRita = mails.find(({ address, text }) => address === 'rita@x.test' && String(text).includes('fuse'));
    expect(String(toRita!.subject)).toContain(`[${one}]`);
    expect(mails.filter(({ address, text }) => address === 'rita@x.test' && String(text).includes('hums'))).toEqual([]);

    // What Rita still says on hers reaches whoever works on the one that stands for it.
    await sam!.post(at(two, '/assign'), { assignee_id: 'ada@x.test' });
    await rita!.post(at(one, '/comment'), { text: 'Thank you.' });
    await opened.settle();
    expect(await toldOf(who.ada!)).toContainEqual([one, 'assigned']);

    const parted = await cho!.post(at(one, '/unmerge'));
    expect(parted.body).toMatchObject({ state: 'new', closed_at: null, resolution_code: null, merged_into_id: null });
    expect(await texts(sam!, two)).toEqual([
      ['We change the fuse.', undefined],
      ['It hums.', undefined],
    ]);
    expect(await texts(rita!, one)).toEqual([
      ['My till.', undefined],
      ['Thank you.', undefined],
    ]);
    for (const part of ['/attachments', '/links', '/watchers'])
      expect((await sam!.get(at(two, part))).body.items).toEqual([]);
    const [line] = (await sam!.get(at(one, '/history?limit=1'))).body.items;
    expect(line).toMatchObject({ name: 'incident.unmerged', cause: { line: expect.any(String) } });
    expect((await sam!.post(at(one, '/unmerge'))).status).toBe(409);
  });

  test('is refused with a sentence where it would go round, or nobody would answer, or a wall lies between', async () => {
    const { sam, eve, fred } = who as Record<string, Caller>;
    const [one, two, three] = [await log({}), await log({}), await log({})];
    const refusal = async (caller: Caller, number: string, into: unknown) => {
      const { status, body } = await caller.post(at(number, '/merge'), { into });
      return [status, body.detail];
    };
    expect(await refusal(sam!, one, one)).toEqual([422, 'An incident is not merged into itself.']);
    expect((await refusal(sam!, one, 'INC-9'))[0]).toBe(422);
    expect((await refusal(sam!, one, null))[0]).toBe(422);
    await sam!.post(at(two, '/merge'), { into: one });
    expect(await refusal(sam!, one, two)).toEqual([422, `${two} was merged into ${one}: unmerge it first.`]);
    expect(await refusal(sam!, three, two)).toEqual([
      422,
      `${two} was merged into another incident itself: merge into that one.`,
    ]);
    expect((await refusal(sam!, two, three))[0]).toBe(409);
    const reopened = await sam!.post(at(two, '/reopen'), { reason: 'x' });
    expect([reopened.status, reopened.body.detail]).toEqual([
      409,
      `${two} was merged into another incident: unmerge it first.`,
    ]);
    const gone = await log({});
    await sam!.post(at(gone, '/cancel'), { reason: 'no' });
    expect((await refusal(sam!, three, gone))[1]).toBe(
      `${gone} is cancelled: nobody would be answered there any more.`,
    );
    const hr = await log({ department: 'hr' }, 'eve');
    const across = `Between ${three} and ${hr} lies the wall of a confidential department.`;
    expect(await refusal(eve!, three, hr)).toEqual([422, across]);
    expect((await refusal(eve!, hr, three))[0]).toBe(422);
    expect((await refusal(sam!, three, hr))[0]).toBe(422);
    expect((await refusal(sam!, three, hr))[1]).not.toContain('wall');
    const money = await log({ department: 'finance' }, 'fred');
    expect((await refusal(fred!, money, three))[0]).toBe(422);
    const asked = await log({ department: 'finance', requester_id: 'sam@x.test' }, 'fred');
    expect(await refusal(sam!, three, asked)).toEqual([403, `You may not merge anything into ${asked}.`]);
  });

  test('that was parted is not merged again by taking that back, once the other went its own way', async () => {
    const { sam } = who as Record<string, Caller>;
    const [one, two] = [await log({}), await log({})];
    await sam!.post(at(one, '/merge'), { into: two });
    const parted = await sam!.post(at(one, '/unmerge'));
    await sam!.post(at(two, '/merge'), { into: one });
    const { undo } = parted.body as unknown as { undo: { line: string } };
    const back = await sam!.post(at(one, '/undo'), { line: undo.line });
    expect([back.status, back.body.detail]).toEqual([409, `${two} was merged or closed meanwhile.`]);
  });

  test('of a duplicate is read from the last in the chain; two merged into each other at once are not', async () => {
    const { sam } = who as Record<string, Caller>;
    const [one, two, three] = [await log({}), await log({}), await log({})];
    await sam!.post(at(one, '/comment'), { text: 'first' });
    await sam!.post(at(one, '/merge'), { into: two });
    await sam!.post(at(two, '/merge'), { into: three });
    expect(await texts(sam!, three)).toEqual([['first', one]]);
    await sam!.post(at(three, '/comment'), { text: 'last' });
    expect(await texts(sam!, one)).toEqual([
      ['first', undefined],
      ['last', three],
    ]);
    for (let round = 0; round < 3; round += 1) {
      const [a, b] = [await log({}), await log({})];
      const answers = await Promise.all([
        sam!.post(at(a, '/merge'), { into: b }),
        sam!.post(at(b, '/merge'), { into: a }),
      ]);
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses[0]).toBe(200);
      expect([409, 422]).toContain(statuses[1]);
    }
  });

  test('behind a wall that was raised later tells nobody outside what is answered there', async () => {
    const { eve, rita, sam } = who as Record<string, Caller>;
    const [one, two] = [await log({}, 'rita'), await log({}, 'paul')];
    await sam!.post(at(one, '/merge'), { into: two });
    await eve!.patch(at(two), { department: 'hr' });
    await eve!.post(at(two, '/comment'), { text: 'A matter of HR.' });
    await opened.settle();
    expect(await texts(rita!, one)).toEqual([]);
    expect(await texts(sam!, one)).toEqual([]);
    expect(await texts(eve!, one)).toEqual([['A matter of HR.', two]]);
    for (const caller of [rita!, sam!])
      expect((await caller.get('/me/notifications?limit=200')).text).not.toContain('matter of HR');
    const { rows } = await opened.story.pool.query("select address from mail where text like '%matter of HR%'");
    expect(rows.filter(({ address }) => address === 'rita@x.test')).toEqual([]);
  });
});

describe('parts of an incident', () => {
  test('never go round, however long the way', async () => {
    const { sam } = who as Record<string, Caller>;
    const chain = [await log({})];
    for (let step = 0; step < 4; step += 1) chain.push(await log({ parent_id: chain[step] }));
    for (const [child, parent] of [
      [chain[0], chain[0]],
      [chain[0], chain[1]],
      [chain[0], chain[4]],
      [chain[2], chain[4]],
    ] as const) {
      const refused = await sam!.patch(at(child!), { parent_id: parent });
      expect([refused.status, refused.body.errors[0]!.field]).toEqual([422, 'parent_id']);
    }
    const many = await sam!.post('/incidents/bulk', { verb: 'edit', input: { parent_id: chain[3] }, ids: chain });
    expect(many.body.items.map(({ status }) => status)).toEqual([422, 422, 422, 422, 200]);
    // Two at once who make each the part of the other: the later one is told what it would be, never that it lost.
    for (let round = 0; round < 8; round += 1) {
      const [a, b] = [await log({}), await log({})];
      const both = await Promise.all([sam!.patch(at(a), { parent_id: b }), sam!.patch(at(b), { parent_id: a })]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    }
  });

  test('are resolved with it when that is asked, as the dry run foretold; and come back with it', async () => {
    const { sam } = who as Record<string, Caller>;
    const parent = await log({});
    const child = await log({ parent_id: parent, requester_id: 'rita@x.test' });
    const [grand, done, hidden] = [
      await log({ parent_id: child }),
      await log({ parent_id: parent }),
      await log({ parent_id: parent, department: 'hr' }, 'eve'),
    ];
    await sam!.post(at(done, '/cancel'), { reason: 'no' });
    const input = { resolution_code: 'fixed', resolution_note: 'The fuse.', children: true };
    const dry = await sam!.post('/incidents/bulk', { verb: 'resolve', input, ids: [parent], dry_run: true });
    const { effects, mails } = dry.body as unknown as {
      effects: { name: string; record: { number: string } }[];
      mails: { number: string; to: { name: string } }[];
    };
    expect(effects.map(({ name, record }) => [name, record.number])).toEqual(
      [parent, child, grand].map((number) => ['incident.resolved', number]),
    );
    expect(mails.map(({ number, to }) => [number, to.name])).toEqual([[child, 'Rita Test']]);
    const states = async () => {
      const found = [];
      for (const number of [parent, child, grand, done, hidden])
        found.push((await who.eve!.get(at(number))).body.state);
      return found;
    };
    expect(await states()).toEqual(['new', 'new', 'new', 'cancelled', 'new']);
    const { body } = await sam!.post(at(parent, '/resolve'), input);
    expect(await states()).toEqual(['resolved', 'resolved', 'resolved', 'cancelled', 'new']);
    const [line] = (await sam!.get(at(child, '/history?limit=1'))).body.items;
    const { undo } = body as unknown as { undo: { line: string } };
    expect(line).toMatchObject({ actor: { name: 'Sam Test' }, cause: { line: undo.line } });
    expect(line!.changes).toContainEqual({ field: 'resolution_note', before: null, after: 'The fuse.' });
    await sam!.post(at(grand, '/reopen'), { reason: 'Still dark.' });
    expect((await sam!.post(at(parent, '/undo'), { line: undo.line })).status).toBe(200);
    // What was changed since stays as it is.
    expect(await states()).toEqual(['new', 'new', 'assigned', 'cancelled', 'new']);
    await sam!.post(at(parent, '/resolve'), { resolution_code: 'fixed', resolution_note: 'Alone.' });
    expect((await states())[1]).toBe('new');
  });
});
