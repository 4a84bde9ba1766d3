import { importCards } from './directory';
import { ldifCards } from './ldif';
import { readMapping, uciIncidentLog, updateLogMapping, WrongMapping } from './mapping';
import { otrsTicket, otrsTickets } from './otrs';
import type { Outcome } from './outcome';
import { importTable } from './record-table';
import { recordsOf, serviceNowTicket } from './servicenow';
import { tableMapping } from './table-rows';
import { importTickets, type TicketForm } from './tickets';
import { type ImportHouse, type ImportOptions, importUpdateLog } from './update-log';
import { vcardCards } from './vcard';

/** Prepares the import of a format, with a person's own mapping where one is given. */
export type Format = (
  map: string | undefined,
) => (at: ImportHouse, file: string, options: ImportOptions) => Promise<Outcome>;

/** A table of records of one kind; without a mapping its columns are named as our fields are. */
const table =
  (type: string): Format =>
  (map) => {
    const mapping = map ? readMapping(tableMapping, map) : tableMapping.parse({});
    return (at, file, options) => importTable(at, type, mapping, file, options);
  };

/** A format that says by itself what is what takes no mapping. */
function fixed(name: string, work: ReturnType<Format>): Format {
  return (map) => {
    if (map) throw new WrongMapping(`${name} takes no mapping.`);
    return work;
  };
}

const serviceNow: TicketForm = { source: 'servicenow', listOf: recordsOf, read: serviceNowTicket };
const otrs: TicketForm = { source: 'otrs', listOf: otrsTickets, read: otrsTicket };

/** What `throughline import` can read. */
export const formats: Readonly<Record<string, Format>> = {
  'uci-incident-log': (map) => {
    const mapping = map ? readMapping(updateLogMapping, map) : uciIncidentLog;
    return (at, file, options) => importUpdateLog(at, mapping, file, options);
  },
  'update-log': (map) => {
    if (!map) throw new WrongMapping('An update log needs a mapping: --map mapping.json says which column says what.');
    const mapping = readMapping(updateLogMapping, map);
    return (at, file, options) => importUpdateLog(at, mapping, file, options);
  },
  'csv-incidents': table('incident'),
  'csv-people': table('person'),
  'csv-teams': table('team'),
  'csv-services': table('service'),
  'servicenow-json': fixed('servicenow-json', (at, file, options) => importTickets(at, serviceNow, file, options)),
  'otrs-json': fixed('otrs-json', (at, file, options) => importTickets(at, otrs, file, options)),
  ldif: fixed('ldif', (at, file, options) => importCards(at, 'ldif', ldifCards, file, options)),
  vcard: fixed('vcard', (at, file, options) => importCards(at, 'vcard', vcardCards, file, options)),
};
