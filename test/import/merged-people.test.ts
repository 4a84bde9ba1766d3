import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importCards } from '../../src/channels/import/directory';
import { ldifCards } from '../../src/channels/import/ldif';
import { theSystemItself } from '../../src/kernel/actor';
import { type Row, rows, sql } from '../../src/kernel/database';
import { performOne } from '../../src/kernel/perform';
import { importHouse } from './house';

let at: Awaited<ReturnType<typeof importHouse>>;
const place = mkdtempSync(join(tmpdir(), 'throughline-cards-'));
const file = join(place, 'people.ldif');

beforeAll(async () => {
  at = await importHouse();
});
afterAll(async () => {
  await at.end();
  rmSync(place, { recursive: true, force: true });
});

const card = (name: string, mail: string, phone: string) =>
  `dn: cn=${name},dc=x\nobjectClass: person\ncn: ${name}\nmail: ${mail}\ntelephoneNumber: ${phone}\n`;
const bring = (...cards: string[]) => {
  writeFileSync(file, cards.join('\n'));
  return importCards(at, 'ldif', ldifCards, file);
};
const people = () =>
  rows<Row>(
    at.db,
    sql`select r.id, r.title as name, r.state, p.email, p.further_emails, p.phone from person p join record r on r.id = p.id order by r.serial`,
  );

test('a directory that still spells one human in two ways finds the one who stays, by either address', async () => {
  const [first, second] = [card('Lea Meyer', 'lea@x.test', '1'), card('L. Meyer', 'l.meyer@x.test', '2')];
  expect(await bring(first, second)).toMatchObject({ created: 2 });
  const [stays, goes] = await people();
  await performOne(
    { db: at.db, house: at.house, actor: theSystemItself, now: at.clock.now() },
    at.house.verbs.get('person.merge')!,
    { id: String(goes!.id), input: { into: String(stays!.id) } },
  );
  expect(await bring(first, second)).toMatchObject({ created: 0, updated: 0, unchanged: 2, refused: [] });
  // What changed on the old card reaches her, but neither her name nor her address.
  expect(await bring(first, card('L. Meyer', 'l.meyer@x.test', '3'))).toMatchObject({ updated: 1, refused: [] });
  expect(await people()).toMatchObject([
    { name: 'Lea Meyer', state: 'active', email: 'lea@x.test', further_emails: ['l.meyer@x.test'], phone: '3' },
    { state: 'retired', email: null },
  ]);
  // From a source that never knew the other, too.
  writeFileSync(file, card('L. Meyer', 'l.meyer@x.test', '4'));
  expect(await importCards(at, 'another', ldifCards, file)).toMatchObject({ created: 0, updated: 1, refused: [] });
  expect((await people())[0]).toMatchObject({ email: 'lea@x.test', phone: '4' });
});
