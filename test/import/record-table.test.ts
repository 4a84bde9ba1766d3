import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alone } from '../../src/channels/import/alone';
import { formatNamed, formats } from '../../src/channels/import/formats';
import { rows as all, type Row, sql } from '../../src/kernel/database';
import { removePlace, testPlace } from '../place';
import { type ImportedHouse, importHouse } from './house';

let house: ImportedHouse;
const directory = testPlace();
beforeAll(async () => {
  house = await importHouse();
});
afterAll(async () => {
  await house?.end();
  await removePlace(directory);
});

let files = 0;
function bring(format: string, text: string, options: { map?: unknown; dryRun?: boolean } = {}) {
  const file = join(directory, `table-${++files}.csv`);
  writeFileSync(file, text);
  let map: string | undefined;
  if (options.map) {
    map = `${file}.json`;
    writeFileSync(map, JSON.stringify(options.map));
  }
  return formatNamed(format)!(map)(house, file, { dryRun: options.dryRun });
}
const count = async (type: string) =>
  (await all<{ n: number }>(house.db, sql`select count(*)::int as n from record where type = ${type}`))[0]!.n;

const people = 'email,name,roles,departments\nmo@x.test,Mo,agent,it\nli@x.test,Li,requester;agent,it\n';

test('people come in by the creating verb, the same file again writes nothing, a changed row is an edit', async () => {
  expect(await bring('csv-people', people)).toMatchObject({ read: 2, created: 2, updated: 0, refused: [] });
  expect(await bring('csv-people', people)).toMatchObject({ read: 2, created: 0, unchanged: 2 });
  expect(await bring('csv-people', people.replace('Li,', 'Lin,'))).toMatchObject({ updated: 1, unchanged: 1 });
  expect(await bring('csv-people', people.replace('Li,', 'Lin,'))).toMatchObject({ updated: 0, unchanged: 2 });
  expect(await count('person')).toBe(2);
});

test('a refused row is told with its line and its reason, and stops no other', async () => {
  const outcome = await bring(
    'csv-people',
    'key,email,name,roles\n1,no-address,One,\n2,mo@x.test,Another Mo,\n3,three@x.test,Three,pope\n4,four@x.test,Four,requester\n5,five@x.test\n',
    {
      map: {
        source: 'staff',
        key: 'key',
        fields: { email: { column: 'email' }, name: { column: 'name' }, roles: { column: 'roles' } },
      },
    },
  );
  expect(outcome).toMatchObject({ read: 5, created: 1 });
  expect(outcome.refused.map(({ line }) => line)).toEqual([2, 3, 4, 6]);
  expect(outcome.refused[0]!.reason).toBe('email: This is not an e-mail address.');
  expect(outcome.refused[1]!.reason).toBe('email: Another person already has this e-mail.');
});

test('a dry run says what would be and writes nothing', async () => {
  expect(await bring('csv-teams', 'name,department,member_ids\nDesk,it,mo@x.test\n', { dryRun: true })).toMatchObject({
    created: 1,
  });
  expect(await count('team')).toBe(0);
  expect(await bring('csv-teams', 'name,department,member_ids\nDesk,it,mo@x.test;li@x.test\n')).toMatchObject({
    created: 1,
  });
  expect(await bring('csv-services', 'name,team_id,criticality\nLending,Desk,2\n')).toMatchObject({ created: 1 });
});

test('incidents with columns of the past come in as the past they have', async () => {
  const text =
    'ref;what;from;solved;shut;who\nA1;No light;03.02.2024 10:00;04.02.2024 12:00;05.02.2024 12:00;mo@x.test\nA2;No heat;03.02.2024 11:00;;;li@x.test\nA3;Nobody;03.02.2024 11:00;;;ghost@x.test\n';
  const map = {
    source: 'old desk',
    key: 'ref',
    dates: { order: 'dmy', zone: 'Europe/Berlin' },
    fields: {
      source_number: { column: 'ref' },
      title: { column: 'what' },
      opened_at: { column: 'from' },
      resolved_at: { column: 'solved' },
      closed_at: { column: 'shut' },
      requester_id: { column: 'who' },
    },
  };
  const outcome = await bring('csv-incidents', text, { map });
  expect(outcome).toMatchObject({ read: 3, created: 2 });
  expect(outcome.refused).toEqual([{ line: 4, reason: 'requester_id: There is no person “ghost@x.test”.' }]);
  const lines = await all<Row>(
    house.db,
    sql`select i.source_number as ref, h.name, h.at, h.cause ->> 'row' as row from history h join incident i on i.id = h.record_id order by 1, h.id`,
  );
  expect(lines.map(({ ref, name, at, row }) => `${ref} ${name} ${(at as Date).toISOString()} ${row}`)).toEqual([
    'A1 incident.logged 2024-02-03T09:00:00.000Z 2',
    'A1 incident.resolved 2024-02-04T11:00:00.000Z 2',
    'A1 incident.closed 2024-02-05T11:00:00.000Z 2',
    'A2 incident.logged 2024-02-03T10:00:00.000Z 3',
  ]);
  expect(await bring('csv-incidents', text, { map })).toMatchObject({ created: 0, unchanged: 2 });
});

test('two imports at once: the second waits for the first, and is refused when that takes too long', async () => {
  const order: string[] = [];
  let release = () => {};
  const held = alone(house.db, async () => {
    order.push('first');
    await new Promise<void>((go) => {
      release = go;
    });
  });
  await expect.poll(() => order).toEqual(['first']);
  await expect(alone(house.db, async () => order.push('second'), 200)).rejects.toThrow('Another import is under way');
  release();
  await held;
  await alone(house.db, async () => order.push('third'));
  expect(order).toEqual(['first', 'third']);
});

test('a table is named after its rows too, or says by its mapping what they are', async () => {
  expect(formatNamed('people')).toBe(formats['csv-people']);
  expect(formatNamed('znuny')).toBe(formats['otrs-json']);
  expect(formatNamed('toString')).toBeUndefined();
  const fields = { name: { column: 'n' }, email: { column: 'e' } };
  const text = 'n,e\nAny,any@x.test\n';
  expect(await bring('csv', text, { map: { type: 'person', fields } })).toMatchObject({ created: 1, refused: [] });
  expect(() => bring('csv', text)).toThrow(/csv-people/);
  expect(() => bring('csv-teams', text, { map: { type: 'person', fields } })).toThrow('The mapping is for person');
});
