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
    const { type: said, ...mapping } = map ? readMapping(tableMapping, map) : tableMapping.parse({});
    if (said !== undefined && said !== type)
      throw new WrongMapping(`The mapping is for ${said}, the format for ${type}.`);
    return (at, file, options) => importTable(at, type, mapping, file, options);
  };

const tables = {
  'csv-incidents': table('incident'),
  'csv-people': table('person'),
  'csv-teams': table('team'),
  'csv-services': table('service'),
};

/** A table whose mapping says by `type` what its rows are. */
const anyTable: Format = (map) => {
  const { type, ...mapping } = map ? readMapping(tableMapping, map) : tableMapping.parse({});
  if (!type)
    throw new WrongMapping(
      `Say what its rows are: ${Object.keys(tables).join(', ')}, or csv with a mapping that has "type": "incident".`,
    );
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

/** Other names under which people look for a format. */
const otherNames: Readonly<Record<string, string>> = {
  incidents: 'csv-incidents',
  people: 'csv-people',
  teams: 'csv-teams',
  services: 'csv-services',
  servicenow: 'servicenow-json',
  otrs: 'otrs-json',
  znuny: 'otrs-json',
  'znuny-json': 'otrs-json',
};

/** The format of a name; undefined when there is none. */
export function formatNamed(name: string): Format | undefined {
  const known = Object.hasOwn(otherNames, name) ? otherNames[name]! : name;
  return Object.hasOwn(formats, known) ? formats[known] : undefined;
}

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
  ...tables,
  csv: anyTable,
  'servicenow-json': fixed('servicenow-json', (at, file, options) => importTickets(at, serviceNow, file, options)),
  'otrs-json': fixed('otrs-json', (at, file, options) => importTickets(at, otrs, file, options)),
  ldif: fixed('ldif', (at, file, options) => importCards(at, 'ldif', ldifCards, file, options)),
  vcard: fixed('vcard', (at, file, options) => importCards(at, 'vcard', vcardCards, file, options)),
};
