import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';

let open: Door;
let ada: Caller;

beforeAll(async () => {
  open = await door();
  ada = await open.as('ada');
}, 60_000);
afterAll(() => open?.end());

const mine = async (who: string, query = '') =>
  (await (await open.as(who)).get(`/words${query}`)).body as unknown as {
    words: object;
    departments: Record<string, object>;
  };

test('an organisation and its departments have words of their own, behind the walls of a department', async () => {
  const all = await ada.post('/vocabularies', {
    language: 'en',
    words: { 'type.incident': 'Ticket', 'plural.incident': 'Tickets' },
  });
  expect(all.status, all.text).toBe(201);
  expect(all.body.name).toBe('English');
  await open.story.act('vocabulary.create', null, {
    language: 'en',
    department: 'hr',
    words: { 'type.incident': 'Case' },
  });
  await ada.post('/vocabularies', { language: 'de', words: { 'type.incident': 'Fall' } });
  expect(await mine('sam')).toMatchObject({
    words: { 'type.incident': 'Ticket', 'plural.incident': 'Tickets' },
    departments: {},
  });
  expect(Object.values((await mine('hana')).departments)).toEqual([{ 'type.incident': 'Case' }]);
  expect((await mine('rita', '?language=de')).words).toEqual({ 'type.incident': 'Fall' });
  expect((await (await open.as('rita')).get('/words?language=fr')).status).toBe(400);
  // The interface keeps its names.
  expect((await ada.get('/incidents')).status).toBe(200);
  // An emptied word is the delivered one again.
  await ada.patch(`/vocabularies/${all.body.number}`, { words: { 'type.incident': '', 'plural.incident': 'Tickets' } });
  expect((await mine('sam')).words).toEqual({ 'plural.incident': 'Tickets' });
});

test.each([
  [{ 'type.unicorn': 'Horn' }, 'There is nothing called type.unicorn that could have another word.'],
  [{ 'field.title': 'Head' }, 'There is nothing called field.title that could have another word.'],
  [{ 'state.new.old': 'x' }, 'There is nothing called state.new.old that could have another word.'],
  [{ 'state.new': 'x'.repeat(61) }, 'A word has at most 60 characters.'],
  [{ 'state.new': '{{x}}' }, 'This word has a character that cannot be shown.'],
])('%o is refused', async (words, sentence) => {
  const made = await ada.post('/vocabularies', { language: 'en', words });
  expect([made.status, made.body.detail]).toEqual([422, sentence]);
});

test('only administrators keep words', async () => {
  const sam = await open.as('sam');
  expect((await sam.post('/vocabularies', { language: 'en', words: {} })).status).toBe(403);
});
