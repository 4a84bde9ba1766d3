import { expect, test } from 'vitest';
import { catalogueWith, renamed } from './rename.rules';

const nouns = [
  ['Incidents', 'Tickets'],
  ['Incident', 'Ticket'],
] as const;

test.each([
  ['No incidents here.', 'No tickets here.'],
  ['An incident of {{incident}}', 'A ticket of {{incident}}'],
  ['Incident {{number}}', 'Ticket {{number}}'],
  ['incidental', 'incidental'],
])('%s becomes %s', (from, to) => {
  expect(renamed(from, nouns, 'en')).toBe(to);
});

test('in German a noun stays great and no article is guessed', () => {
  expect(renamed('Keine Störung offen.', [['Störung', 'Meldung']], 'de')).toBe('Keine Meldung offen.');
});

test('states, verbs and roles have their words where they stand, and nothing else is touched', () => {
  const catalogue = {
    shell: { role: { agent: 'Agent' }, hint: 'The agent of an incident' },
    words: {
      type: { incident: 'Incident' },
      plural: { incident: 'Incidents' },
      state: { new: 'New' },
      field: { title: 'Title' },
      choice: { roles: { agent: 'agent' } },
    },
  };
  const said = catalogueWith(
    catalogue,
    { 'type.incident': 'Ticket', 'state.new': 'Fresh', 'role.agent': 'Helper' },
    'en',
  );
  expect(said.shell).toEqual({ role: { agent: 'Helper' }, hint: 'The agent of a ticket' });
  expect(said.words).toMatchObject({
    type: { incident: 'Ticket' },
    plural: { incident: 'Incidents' },
    state: { new: 'Fresh' },
    field: { title: 'Title' },
  });
  expect(said.words).toMatchObject({ choice: { roles: { agent: 'helper' } } });
  expect(catalogueWith(catalogue, {}, 'en')).toBe(catalogue);
});
