import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Unreadable } from '../../src/channels/import/csv';
import { formats } from '../../src/channels/import/formats';
import { rows as all, type Row, sql } from '../../src/kernel/database';
import { removePlace, testPlace } from '../place';
import { type ImportedHouse, importHouse } from './house';

let house: ImportedHouse;
const directory = testPlace();
const shared = join(process.env.THROUGHLINE_SHARED ?? '../shared', 'data', 'imports');
beforeAll(async () => {
  house = await importHouse();
});
afterAll(async () => {
  await house?.end();
  await removePlace(directory);
});

let files = 0;
function bring(format: string, content: unknown, dryRun = false) {
  const file = join(directory, `file-${++files}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return formats[format]!(undefined)(house, file, { dryRun });
}
const history = async () => (await all<{ n: number }>(house.db, sql`select count(*)::int as n from history`))[0]!.n;
const incident = async (number: string) =>
  (
    await all<Row>(
      house.db,
      sql`select r.*, i.*, p.title as requester, t.title as team from incident i join record r on r.id = i.id
          left join record p on p.id = r.requester_id left join record t on t.id = r.team_id where i.source_number = ${number}`,
    )
  )[0]!;
const lines = (id: unknown) =>
  all<Row>(
    house.db,
    sql`select h.name, h.at, p.title as actor, h.cause from history h left join record p on p.id = h.actor_id
        where h.record_id = ${id}::uuid order by h.id`,
  );

const told = (more: object = {}) => ({
  number: 'INC0009',
  short_description: 'Oven does not start',
  description: 'It only blinks.',
  state: '7',
  impact: '1 - High',
  urgency: '2',
  priority: '2',
  opened_at: '2016-12-12 15:19:57',
  resolved_at: '2016-12-13 21:43:14',
  closed_at: '2016-12-14 02:46:44',
  sys_updated_on: '2016-12-14 02:46:44',
  opened_by: { link: 'https://x.example/1', value: 'joe' },
  caller_id: { display_value: 'Joe Employee', value: 'joe' },
  resolved_by: 'Beth Anglin',
  assignment_group: 'Kitchen',
  close_code: 'Solved',
  close_notes: 'New fuse.',
  reassignment_count: '2',
  contact_type: 'self-service',
  comments:
    '2016-12-13 08:00:00 - Beth Anglin (Additional comments)\nWhich oven?\n\n2016-12-13 08:10:00 - Joe Employee (Additional comments)\nThe left one.\n',
  ...more,
});

test('an incident of ServiceNow keeps its number, its instants and who did what', async () => {
  const outcome = await bring('servicenow-json', { records: [told()] });
  expect(outcome).toMatchObject({ read: 1, created: 1, updated: 0, unchanged: 0, refused: [] });
  for (const { what, rows, equal } of outcome.reconcile) expect([what, equal]).toEqual([what, rows]);
  const row = await incident('INC0009');
  expect(row).toMatchObject({
    title: 'Oven does not start',
    state: 'closed',
    priority: 2,
    source: 'servicenow',
    channel: 'portal',
    requester: 'Joe Employee',
    team: 'Kitchen',
    reassignment_count: 2,
    resolution_note: 'New fuse.',
  });
  expect((row.resolved_at as Date).toISOString()).toBe('2016-12-13T21:43:14.000Z');
  expect((await lines(row.id)).map(({ name, at, actor }) => [name, (at as Date).toISOString(), actor])).toEqual([
    ['incident.logged', '2016-12-12T15:19:57.000Z', 'joe'],
    ['incident.resolved', '2016-12-13T21:43:14.000Z', 'Beth Anglin'],
    ['incident.closed', '2016-12-14T02:46:44.000Z', null],
  ]);
  const said = await all<Row>(
    house.db,
    sql`select c.text, p.title as author from comment c join record p on p.id = c.author_id where c.record_id = ${row.id}::uuid order by c.id`,
  );
  expect(said).toEqual([
    { text: 'Which oven?', author: 'Beth Anglin' },
    { text: 'The left one.', author: 'Joe Employee' },
  ]);
});

test('the same again writes nothing, what changed is one line more, and a dry run none at all', async () => {
  const before = await history();
  expect(await bring('servicenow-json', { result: [told()] })).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  const open = told({ state: '2', resolved_at: '', closed_at: '', sys_updated_on: '2016-12-15 09:00:00' });
  expect(await bring('servicenow-json', [open], true)).toMatchObject({ updated: 1 });
  expect(await history()).toBe(before);
  expect(await bring('servicenow-json', [open])).toMatchObject({ created: 0, updated: 1 });
  const row = await incident('INC0009');
  expect(row).toMatchObject({ state: 'in_progress', resolved_at: null, closed_at: null });
  expect((await lines(row.id)).at(-1)).toMatchObject({
    name: 'incident.reopened',
    at: new Date('2016-12-15T09:00:00Z'),
  });
  expect(await bring('servicenow-json', [open])).toMatchObject({ updated: 0, unchanged: 1 });
});

test('what cannot be taken is told with its place and the reason, and stops no other', async () => {
  const outcome = await bring('servicenow-json', [
    told({ number: '' }),
    told({ number: 'INC0010', state: '99' }),
    told({ number: 'INC0011', opened_at: 'yesterday' }),
    told({ number: 'INC0012', sys_class_name: 'problem' }),
    7,
    told({ number: 'INC0013' }),
    told({ number: 'INC0013', short_description: 'Again' }),
  ]);
  expect(outcome).toMatchObject({ read: 7, created: 1 });
  expect(outcome.refused.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(outcome.refused[5]!.reason).toBe('INC0013 stands again in line 7.');
  // Two records of one desk may bear one number: they are two by their ids.
  const twins = ['a1', 'b2'].map((sys_id) => told({ number: 'INC0014', sys_id, short_description: sys_id }));
  expect(await bring('servicenow-json', twins)).toMatchObject({ created: 2, refused: [] });
  expect(await bring('servicenow-json', twins)).toMatchObject({ created: 0, updated: 0, unchanged: 2, refused: [] });
  await expect(bring('servicenow-json', '{')).rejects.toThrow(Unreadable);
  await expect(bring('servicenow-json', { other: 1 })).rejects.toThrow(Unreadable);
});

const otrs = (more: object = {}) => ({
  TicketNumber: '2014112130500001',
  Title: 'Till is slow',
  StateType: 'closed',
  State: 'closed successful',
  Created: '2014-11-21 00:17:40',
  Closed: '2014-11-21 00:21:08',
  Changed: '2014-11-21 00:21:08',
  Priority: '4 high',
  Queue: 'Tills',
  Owner: 'agent-2',
  CustomerUserID: 'kofi',
  Articles: [
    { Created: '2014-11-21 00:17:41', Body: 'It takes minutes.', ArticleType: 'email-external', FromRealname: 'Kofi' },
    { Created: '2014-11-21 00:18:00', Body: 'Cache emptied.', ArticleType: 'note-internal', FromRealname: 'Agent' },
  ],
  ...more,
});

test('a ticket of OTRS comes with its articles, notes stay notes', async () => {
  const outcome = await bring('otrs-json', otrs());
  expect(outcome).toMatchObject({ read: 1, created: 1, refused: [] });
  const row = await incident('2014112130500001');
  expect(row).toMatchObject({
    state: 'closed',
    priority: 2,
    requester: 'kofi',
    team: 'Tills',
    channel: 'mail',
    description: 'It takes minutes.',
  });
  const said = await all<Row>(house.db, sql`select kind, text from comment where record_id = ${row.id}::uuid`);
  expect(said).toEqual([{ kind: 'note', text: 'Cache emptied.' }]);
  expect(await bring('otrs-json', [otrs()])).toMatchObject({ created: 0, unchanged: 1 });
  expect(await bring('otrs-json', { Ticket: [otrs({ TicketNumber: 'x', StateType: 'odd' })] })).toMatchObject({
    created: 0,
    refused: [{ line: 1 }],
  });
});

test('a person of a directory is known again by the e-mail; folded and encoded lines are read', async () => {
  const ldif = [
    'version: 1',
    'dn: cn=Zo,ou=people,dc=x',
    'objectClass: inetOrgPerson',
    'cn:: Wm/DqyBPdmVu',
    'mail: Zoe@X.test',
    'telephoneNumber: +351',
    '  210',
    'l: Lisbon',
    '',
    '# groups are none',
    'dn: cn=Crew,dc=x',
    'objectClass: groupOfNames',
    'cn: Crew',
    '',
    'dn: cn=Nobody,dc=x',
    'objectClass: person',
    'sn: Nobody',
  ].join('\n');
  const outcome = await bring('ldif', ldif);
  expect(outcome).toMatchObject({ read: 3, created: 1, refused: [{ line: 11 }, { line: 15 }] });
  const [zoe] = await all<Row>(
    house.db,
    sql`select r.title, p.* from person p join record r on r.id = p.id where p.email = 'zoe@x.test'`,
  );
  expect(zoe).toMatchObject({ title: 'Zoë Oven', phone: '+351 210', location: 'Lisbon' });
  expect(await bring('ldif', ldif)).toMatchObject({ created: 0, unchanged: 1 });
  expect(await bring('ldif', ldif.replace('Lisbon', 'Porto'))).toMatchObject({ updated: 1 });
});

test('address cards of three versions are read', async () => {
  const cards = [
    'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Anna\r\nEMAIL;INTERNET:anna@x.test\r\nNOTE;ENCODING=QUOTED-PRINTABLE:one=\r\nEND:VCARD\r\nEND:VCARD',
    'BEGIN:vCard\nVERSION:3.0\nFN:Bo\\, the baker\nEMAIL;TYPE=INTERNET:bo@home.test\nEMAIL;TYPE=INTERNET,PREF:bo@x.test\nADR;TYPE=WORK:;;Main street\n ;Porto;;;\nEND:vCard',
    'BEGIN:VCARD\nVERSION:4.0\nFN:Cy\nitem1.EMAIL;PREF=1:cy@x.test\nTEL;VALUE=uri:tel:+49-30\nLANG:de-DE\nEND:VCARD',
    'BEGIN:VCARD\nVERSION:3.0\nNOTE:nobody\nEND:VCARD',
  ].join('\n');
  const outcome = await bring('vcard', cards);
  expect(outcome).toMatchObject({ read: 4, created: 3 });
  expect(outcome.refused.map(({ reason }) => reason)).toEqual(['This card has neither a name nor an e-mail.']);
  const found = await all<Row>(
    house.db,
    sql`select r.title, p.email, p.location, p.language, p.phone from person p join record r on r.id = p.id
        where p.email = any(array['anna@x.test', 'bo@x.test', 'cy@x.test']) order by r.title`,
  );
  expect(found).toMatchObject([
    { title: 'Anna Müller' },
    { title: 'Bo, the baker', location: 'Porto' },
    { title: 'Cy', language: 'de', phone: '+49-30' },
  ]);
  await expect(bring('vcard', 'nothing')).rejects.toThrow(Unreadable);
});

test('the exports of real desks come in, and a second time write nothing', async (context) => {
  if (!existsSync(shared)) return context.skip(`${shared} is not there`);
  const fresh = await importHouse();
  const run = (format: string, file: string) => formats[format]!(undefined)(fresh, join(shared, file), {});
  try {
    for (const [format, file, created, refused] of [
      ['servicenow-json', 'servicenow/incident_export.json', 70, 0],
      ['otrs-json', 'otrs-json/ticket__default.json', 1, 0],
      ['ldif', 'ldif/planet-express.ldif', 7, 3],
      ['vcard', 'vcard/gmail-list.vcf', 3, 0],
      ['vcard', 'vcard/rfc2426-example.vcf', 2, 0],
      ['vcard', 'vcard/outlook-2007.vcf', 1, 0],
      ['vcard', 'vcard/John_Doe_IPHONE.vcf', 1, 0],
    ] as const) {
      const first = await run(format, file);
      expect([file, first.created, first.refused.length], JSON.stringify(first.refused)).toEqual([
        file,
        created,
        refused,
      ]);
      for (const { what, rows, equal } of first.reconcile)
        if (what !== 'priorities') expect([file, what, equal]).toEqual([file, what, rows]);
      const [lines] = await all<{ n: number }>(fresh.db, sql`select count(*)::int as n from history`);
      const second = await run(format, file);
      expect([file, second.created, second.updated]).toEqual([file, 0, 0]);
      expect(await all(fresh.db, sql`select count(*)::int as n from history`)).toEqual([lines]);
    }
  } finally {
    await fresh.end();
  }
});
