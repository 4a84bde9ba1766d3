import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';
import { questions } from '../../../test/questions';
import { hiddenWork, openWork, outsiders } from '../../../test/walled';
import { actorOf } from '../../commons/people';
import { eventsAfter, readTogether } from './stream-hub';

let opened: Door;
const callers = new Map<string, Caller>();
let open: string[];
let hidden: string[];
const before = new Map<string, string>();
const after = new Map<string, string>();
let asked: string[];

/** An answer with all its pages, as text. */
async function whole(caller: Caller, url: string): Promise<string> {
  const texts: string[] = [];
  for (let cursor = '', pages = 0; pages < 20; pages++) {
    const answer = await caller.get(
      `${url}${cursor && `${url.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`}`,
    );
    // When a token was used last is about its owner, not about a record.
    texts.push(`${answer.status} ${answer.text.replaceAll(/"seen_at":("[^"]*"|null)/g, '')}`);
    const next = typeof answer.body === 'object' ? answer.body?.next : null;
    if (!next) break;
    cursor = next;
  }
  return texts.join('\n');
}

/** What writing would answer: nothing is kept of a rehearsal. */
const rehearsals = (numbers: readonly string[]) => [
  { verb: 'comment', input: { text: 'x' }, ids: numbers, dry_run: true },
  { verb: 'edit', input: { parent_id: numbers[numbers.length - 1] }, ids: [numbers[0]], dry_run: true },
  { verb: 'edit', input: { service_id: 'Payroll' }, ids: [numbers[0]], dry_run: true },
  { verb: 'edit', input: { configuration_item_id: 'SECRET-1' }, ids: [numbers[0]], dry_run: true },
  { verb: 'assign', input: { team_id: 'Secret circle' }, ids: [numbers[0]], dry_run: true },
  { verb: 'edit', input: { category: 'x' }, filter: 'title.contains=zebra', dry_run: true },
  { verb: 'edit', input: { category: 'x' }, filter: 'q=payroll', dry_run: true },
  { verb: 'merge', input: { into: numbers[0] }, ids: numbers, dry_run: true },
  { verb: 'merge', input: { into: numbers[numbers.length - 1] }, ids: [numbers[0]], dry_run: true },
  {
    verb: 'resolve',
    input: { resolution_code: 'x', resolution_note: 'x', children: true },
    ids: numbers,
    dry_run: true,
  },
];

/** What a rule would have done: as many as are in sight, whatever it asks for. */
const trials = [
  { team_id: 'Network', condition: 'true' },
  { team_id: 'Service desk', condition: 'service.name == "Payroll" || title.contains("zebra")' },
  { team_id: 'Network', match: { department: 'hr' } },
];

const acting = [
  { occasion: 'logged', note: 'x', condition: 'service.name == "Payroll" || title.contains("zebra")' },
  { occasion: 'commented', to_team_id: 'Network', condition: 'comment.contains("zebra") || true' },
  { occasion: 'quiet', minutes: 1, add_tags: ['x'] },
];

async function look(into: Map<string, string>, numbers: readonly string[]) {
  for (const [who, caller] of callers) {
    for (const url of asked) into.set(`${who} ${url}`, await whole(caller, url));
    for (const input of rehearsals(numbers))
      into.set(`${who} ${JSON.stringify(input)}`, (await caller.post('/incidents/bulk', input)).text);
    for (const draft of trials) {
      const { status, body } = await caller.post('/assignment-rules/try', draft);
      into.set(`${who} try ${JSON.stringify(draft)}`, JSON.stringify({ status, ...body, from: null, to: null }));
    }
    for (const draft of acting) {
      const { status, body } = await caller.post('/action-rules/try', draft);
      into.set(`${who} try ${JSON.stringify(draft)}`, JSON.stringify({ status, ...body, from: null, to: null }));
    }
    for (const number of numbers.slice(open.length))
      for (const verb of ['comment', 'start', 'links', 'watchers', 'undo', 'merge', 'unmerge'])
        into.set(`${who} ${verb} ${number}`, (await caller.post(`/incidents/${number}/${verb}`, {})).text);
  }
}

beforeAll(async () => {
  opened = await door();
  open = await openWork(opened);
  for (const who of outsiders) callers.set(who, await opened.as(who));
  const last = Number(open[open.length - 1]!.slice(4));
  const numbers = [...open, ...[1, 2, 3].map((step) => `INC-${last + step}`)];
  asked = questions(numbers);
  await look(before, numbers);
  hidden = await hiddenWork(opened, open);
  expect(hidden).toEqual(numbers.slice(open.length));
  await look(after, numbers);
}, 280_000);
afterAll(() => opened.end());

describe('a confidential record', () => {
  test.each(outsiders)('does not exist for %s: no answer differs from the world without it', (who) => {
    const differing = [...before].filter(
      ([question, answer]) => question.startsWith(`${who} `) && after.get(question) !== answer,
    );
    expect(differing.map(([question, answer]) => ({ question, before: answer, after: after.get(question) }))).toEqual(
      [],
    );
    expect([...before.keys()].filter((question) => question.startsWith(`${who} `)).length).toBeGreaterThan(300);
  });

  test('by its id is the same answer as an id that is none', async () => {
    const { rows } = await opened.story.pool.query(
      `with hr as (select id from department where key = 'hr')
       select id, type, number from record where department = (select id from hr)
       union all select r.id, r.type, r.number from record r join agreement a on a.id = r.id
         where a.match ->> 'department' = (select id::text from hr)`,
    );
    expect(rows.length).toBeGreaterThan(6);
    const none = '019cadc6-9a80-7000-8000-00000000dead';
    for (const { id, type } of rows) {
      const { plural } = opened.story.house.types.get(type)!;
      for (const who of ['sam', 'ada', 'rita'])
        for (const path of ['', '/history', '/comments', '/links', '/line-of-sight', '/who-can-see']) {
          const [walled, absent] = [
            await callers.get(who)!.get(`/${plural}/${id}${path}`),
            await callers.get(who)!.get(`/${plural}/${none}${path}`),
          ];
          expect([walled.status, walled.text], `${who} ${plural} ${path}`).toEqual([absent.status, absent.text]);
        }
    }
  });

  test('its comments, files and lines are not reached through another record or by their own id', async () => {
    const hana = await opened.as('hana');
    const at = `/incidents/${hidden[0]}`;
    const ids = [
      ...(await hana.get(`${at}/comments`)).body.items.map(({ id }) => `comments/${id}`),
      ...(await hana.get(`${at}/attachments`)).body.items.map(({ id }) => `attachments/${id}`),
      ...(await hana.get(`${at}/links`)).body.items.map(({ id }) => `links/${id}`),
    ];
    // With the note of the rule of their department.
    expect(ids.length).toBe(4);
    for (const who of ['sam', 'ada', 'otto'])
      for (const id of ids)
        for (const number of [open[0], open[1], hidden[0]]) {
          if (!id.startsWith('links/'))
            expect((await callers.get(who)!.get(`/incidents/${number}/${id}`)).status).toBe(404);
          expect([403, 404], `${who} ${number} ${id}`).toContain(
            (await callers.get(who)!.delete(`/incidents/${number}/${id}`)).status,
          );
        }
    for (const line of (await hana.get(`${at}/history`)).body.items)
      for (const who of outsiders) expect((await callers.get(who)!.get(`/history/${line.id}`)).status).toBe(404);
    expect((await hana.get(`${at}/comments`)).body.items).toHaveLength(3);
  });

  test('is told to no outsider by stream, notification, mail or webhook', async () => {
    const readLines = readTogether(opened.story.db);
    for (const who of outsiders) {
      const { id } = (await callers.get(who)!.get('/me')).body;
      const actor = (await actorOf(opened.story.db, id))!;
      const { events } = await eventsAfter(
        { db: opened.story.db, house: opened.story.house, actor, now: opened.story.now() },
        0,
        // Read together with all the others: each hears only their own.
        readLines,
      );
      const told = JSON.stringify(events);
      for (const number of hidden) expect(told, who).not.toContain(number);
      expect(told).not.toContain('incident.unlinked');
      expect(told, who).not.toMatch(/zebra (salaries|quarrels|harassment|fired)|Harassment/);
    }
    const { rows } = await opened.story.pool.query(
      'select p.email from notification n join record r on r.id = n.record_id join person p on p.id = n.person_id where r.number = any($1) and p.email <> all($2)',
      [hidden, ['hana@x.test', 'eve@x.test', 'petra@x.test']],
    );
    expect(rows).toEqual([]);
    const mails = await opened.story.pool.query(
      'select m.address from mail m join record r on r.id = m.record_id where r.number = any($1)',
      [hidden],
    );
    for (const { address } of mails.rows) expect(['hana@x.test', 'eve@x.test', 'petra@x.test']).toContain(address);
    const ada = callers.get('ada')!;
    const spy = await ada.post('/webhooks', { name: 'spy', owner_id: 'hana@x.test', address: 'https://spy.example' });
    expect([spy.status, spy.body.errors[0]!.field]).toEqual([422, 'owner_id']);
  });

  test('an answer kept for its author is not replayed to another', async () => {
    const key = { 'idempotency-key': 'payroll run' };
    const [hana, sam] = [await opened.as('hana'), callers.get('sam')!];
    const made = await hana.post('/incidents', { title: 'zebra secret', department: 'hr' }, key);
    const other = await sam.post('/incidents', { title: 'zebra secret', department: 'hr' }, key);
    expect(other.headers['idempotency-replayed']).toBeUndefined();
    expect(other.body.number).not.toBe(made.body.number);
  });
});

describe('what somebody sees', () => {
  test.each([...outsiders, 'hana', 'eve', 'petra'])('of %s is the same by list, get, search and count', async (who) => {
    await opened.settle();
    const caller = await opened.as(who);
    const { rows } = await opened.story.pool.query("select number from record where type = 'incident' order by serial");
    const got: string[] = [];
    for (const { number } of rows) if ((await caller.get(`/incidents/${number}`)).status === 200) got.push(number);
    const listed = (await caller.get('/incidents?limit=500&count=true&sort=number')).body;
    expect(listed.items.map(({ number }) => number)).toEqual(got);
    expect(listed.total).toBe(got.length);
    expect(
      (await caller.get('/incidents?q=zebra&limit=500&sort=number')).body.items.map(({ number }) => number),
    ).toEqual(got);
    expect(
      (await caller.get('/search?q=zebra&type=incident&limit=100')).body.items.map(({ number }) => number).sort(),
    ).toEqual([...got].sort());
    const exported = (await caller.get('/incidents?format=csv&fields=number&sort=number')).text
      .trim()
      .split('\n')
      .slice(1);
    expect(exported).toEqual(got);
    const lines = (await caller.get('/history?type=incident&name=incident.logged&limit=500')).body.items;
    expect(lines.map(({ record }) => (record as { number: string }).number).sort()).toEqual([...got].sort());
  });

  test('an agent who asks another department sees there what a requester sees: no notes, no inner lines or files', async () => {
    const [hana, sam] = [await opened.as('hana'), callers.get('sam')!];
    const at = `/incidents/${(await sam.post('/incidents', { title: 'zebra leave', department: 'hr' })).body.number}`;
    expect((await hana.get(at)).status).toBe(200);
    await hana.post(`${at}/note`, { text: 'kestrel: he wants to quit' });
    await hana.attach(`${at}/attachments`, 'kestrel.txt', 'contract', { internal: true });
    await hana.post(`${at}/comment`, { text: 'We look into it.' });
    await opened.settle();
    expect((await sam.get(at)).body.offers.sort()).toEqual(['attach', 'comment', 'unwatch', 'watch']);
    for (const path of ['/comments', '/attachments', '/history', ''])
      expect((await sam.get(`${at}${path}`)).text).not.toContain('kestrel');
    for (const url of ['/history?limit=500', '/search?q=kestrel', '/incidents?q=kestrel', '/me/notifications'])
      expect((await sam.get(url)).text).not.toContain('kestrel');
    expect((await sam.get('/search?q=kestrel')).body.items).toEqual([]);
    expect((await sam.get('/incidents?q=kestrel')).body.items).toEqual([]);
    expect((await hana.get('/search?q=kestrel')).body.items).toHaveLength(1);
    for (const verb of ['start', 'note', 'resolve', 'assign'])
      expect((await sam.post(`${at}/${verb}`, {})).status).toBe(403);
  });

  test('a rule behind a wall that acted on what somebody asked for is named no further than "a rule"', async () => {
    const [hana, sam, ada] = [await opened.as('hana'), callers.get('sam')!, callers.get('ada')!];
    const { number } = (await sam.post('/incidents', { title: 'zebra holidays', department: 'hr' })).body;
    await opened.settle();
    const logged = async (who: Caller) =>
      (await who.get(`/incidents/${number}/history`)).body.items.find(({ name }) => name === 'incident.logged')!.why;
    expect(await logged(sam)).toEqual({ rule: 'A rule' });
    expect(await logged(hana)).toMatchObject({ rule: expect.stringMatching(/^RULE-\d+ .*zebra salaries/) });
    const byRule = async (who: Caller) =>
      (await who.get(`/incidents/${number}/history`)).body.items.filter(
        ({ name, actor }) => (actor as { kind: string }).kind === 'rule' && name === 'incident.edited',
      );
    // The rule for everybody tagged it too, and names the other only to who may see that.
    const [own, common] = await byRule(hana);
    expect([own!.why, common!.why]).toMatchObject([
      { rule: expect.stringContaining('zebra harassment'), alternatives: [{ rule: 'ACT-1001' }] },
      { rule: expect.stringContaining('zebra numbers'), alternatives: [{ rule: expect.stringMatching(/^ACT-/) }] },
    ]);
    const seen = await byRule(sam);
    expect(seen.map(({ why }) => why)).toMatchObject([{ rule: 'A rule' }, { alternatives: [] }]);
    expect(Object.keys(seen[0]!.why as object)).toEqual(['rule']);
    // It is the same once the record has come to another department.
    const eve = await opened.as('eve');
    expect((await eve.patch(`/incidents/${number}`, { department: 'it' })).status).toBe(200);
    await opened.settle();
    for (const who of [sam, ada])
      for (const path of ['/history', '/proposals', '/context', '?with=history,context'])
        for (const told of ['zebra harassment', 'zebra salaries', 'HR services'])
          expect((await who.get(`/incidents/${number}${path}`)).text, path).not.toContain(told);
    expect((await sam.get(`/incidents/${number}/proposals`)).body.items[0]).toMatchObject({
      reason: 'A rule: it may be a major incident.',
    });
  });

  test('what a rule for everybody could not do behind a wall stands there, and on nothing others read', async () => {
    const hana = await opened.as('hana');
    const halted = (await hana.get(`/incidents/${hidden[1]}/history`)).body.items.filter(
      ({ name }) => name === 'incident.halted',
    );
    expect(halted.map(({ changes }) => changes[0]!.after)).toContainEqual(
      expect.stringMatching(/^Its condition cannot be judged/),
    );
    expect((await hana.get('/action-rules/ACT-1001/tasks')).body.items).toEqual([]);
  });

  test('what somebody made for a confidential department stays there when they leave it, as does sharing into it', async () => {
    const [ada, eve, hana] = [callers.get('ada')!, await opened.as('eve'), await opened.as('hana')];
    const eves = (await ada.get('/people?email=eve@x.test')).body.items[0]!.number;
    expect((await ada.patch(`/people/${eves}`, { roles: ['agent', 'team_lead'] })).status).toBe(200);
    const shared = { audience: 'department', department: 'hr' };
    const made = [
      ['views', { name: 'zebra hr', record_type: 'incident', filter: 'department:hr', ...shared }],
      ['text-templates', { name: 'zebra hr', text: 'Dear payroll', ...shared }],
      [
        'macros',
        { name: 'zebra hr', record_type: 'incident', steps: [{ verb: 'note', input: { text: 'x' } }], ...shared },
      ],
    ] as const;
    const addresses: string[] = [];
    for (const [plural, input] of made) {
      const refused = await ada.post(`/${plural}`, input);
      expect([plural, refused.status, refused.body.errors[0]?.field]).toEqual([plural, 422, 'department']);
      addresses.push(`/${plural}/${(await eve.post(`/${plural}`, input)).body.number}`);
    }
    for (const at of addresses) expect([(await eve.get(at)).status, (await hana.get(at)).status]).toEqual([200, 200]);
    expect((await ada.patch(`/people/${eves}`, { departments: ['it'] })).status).toBe(200);
    for (const at of addresses) expect([(await eve.get(at)).status, (await hana.get(at)).status]).toEqual([404, 200]);
    for (const [plural] of made) expect((await eve.get(`/${plural}?limit=100`)).text).not.toContain('zebra hr');
    await ada.patch(`/people/${eves}`, { departments: ['it', 'hr'] });
    for (const at of addresses) expect((await eve.get(at)).status).toBe(200);
  });

  test('nothing is made for a confidential department from outside it, and what matches by it is for it', async () => {
    const [ada, sam] = [callers.get('ada')!, callers.get('sam')!];
    const matrix = { '11': 5, '12': 4, '13': 3, '21': 4, '22': 3, '23': 2, '31': 3, '32': 2, '33': 1 };
    const makers = [
      ['assignment-rules', { team_id: 'Network', match: { department: 'hr' } }],
      ['assignment-rules', { team_id: 'Network', department: 'hr' }],
      ['action-rules', { note: 'x', department: 'hr' }],
      ['queue-orders', { department: 'hr' }],
      ['checklists', { points: [{ title: 'x' }], match: { department: 'hr' } }],
      ['vocabularies', { language: 'en', words: {}, department: 'hr' }],
      ['retention-rules', { record_type: 'incident', after_days: 9, department: 'hr' }],
      ['incident-models', { matrix, reopen_days: 1, close_days: 1, effective_on: '2026-01-01', department: 'hr' }],
      ['services', { department: 'hr' }],
      ['goals', { department: 'hr' }],
      ['configuration-items', { department: 'hr' }],
    ] as const;
    for (const [plural, input] of makers) {
      const named = plural === 'vocabularies' ? input : { name: 'x', ...input };
      const { status, body } = await ada.post(`/${plural}`, named);
      expect([plural, status, body.errors[0]?.field]).toEqual([plural, 422, 'department']);
    }
    const promise = {
      name: 'x',
      calendar_id: 'zebra hours',
      targets: [{ target: 'resolution', seconds: 60 }],
      effective_on: '2026-01-01',
    };
    const outside = await ada.post('/agreements', { ...promise, match: { department: 'hr' } });
    expect([outside.status, outside.body.errors[0]?.field]).toEqual([422, 'match.department']);
    const own = (await ada.post('/agreements', promise)).body;
    const moved = await ada.patch(`/agreements/${own.number}`, { match: { department: 'hr' } });
    expect([moved.status, moved.body.errors[0]?.field]).toEqual([422, 'match.department']);
    for (const [plural, made] of [
      ['services', { name: 'brought' }],
      ['goals', { name: 'brought' }],
    ] as const) {
      const at = `/${plural}/${(await ada.post(`/${plural}`, made)).body.number}`;
      const brought = await ada.patch(at, { department: 'hr' });
      expect([plural, brought.status, brought.body.errors[0]?.field]).toEqual([plural, 422, 'department']);
    }
    const rule = (
      await ada.post('/assignment-rules', { name: 'Money', team_id: 'Network', match: { department: 'finance' } })
    ).body;
    expect(rule.department).toMatchObject({ number: 'finance' });
    const odd = await ada.patch(`/assignment-rules/${rule.number}`, { department: 'it' });
    expect([odd.status, odd.body.errors[0]?.field]).toEqual([422, 'department']);
    const other = await ada.patch(`/assignment-rules/${rule.number}`, { match: { department: 'it' } });
    expect(other.body.department).toMatchObject({ number: 'it' });
    expect((await sam.get(`/assignment-rules/${rule.number}`)).status).toBe(200);
    const hr = (
      await opened.story.pool.query(
        "select id from team where id = (select id from record where title = 'HR services')",
      )
    ).rows[0]!.id;
    const order = await opened.story.act('queue_order.create', null, { name: 'x', team_id: hr });
    expect((await sam.get(`/queue-orders/${order.id}`)).status).toBe(404);
  });

  test('a reference to what is hidden is null to read, to filter and to sort by', async () => {
    const [eve, sam] = [await opened.as('eve'), callers.get('sam')!];
    await eve.patch(`/incidents/${open[1]}`, {
      parent_id: hidden[0],
      service_id: 'Payroll',
      configuration_item_id: 'SECRET-1',
    });
    expect((await sam.get(`/incidents/${open[1]}`)).body).toMatchObject({
      parent_id: null,
      service_id: null,
      configuration_item_id: null,
    });
    const seen = async (query: string) => (await sam.get(`/incidents?${query}`)).body.items.map(({ number }) => number);
    for (const field of ['parent_id', 'service_id', 'configuration_item_id']) {
      expect(await seen(`${field}.empty=true`)).toContain(open[1]);
      expect(await seen(`${field}.empty=false`)).not.toContain(open[1]);
    }
    expect(await seen(`parent_id=${hidden[0]}`)).toEqual([]);
    const [line] = (await sam.get(`/incidents/${open[1]}/history?limit=1`)).body.items;
    // Of the three only what was there before can be told: it went.
    expect(line!.changes).toEqual([
      { field: 'configuration_item_id', before: expect.objectContaining({ name: 'pay-gw-2' }), after: null },
    ]);
    expect((await sam.get(`/incidents/${open[1]}/line-of-sight`)).body).toEqual({ paths: [] });
    expect((await eve.get(`/incidents/${open[1]}`)).body.parent_id).toMatchObject({ number: hidden[0] });
  });
});
