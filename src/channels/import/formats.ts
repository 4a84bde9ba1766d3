import { readMapping, uciIncidentLog, updateLogMapping, WrongMapping } from './mapping';
import type { Outcome } from './outcome';
import { importTable } from './record-table';
import { tableMapping } from './table-rows';
import { type ImportHouse, type ImportOptions, importUpdateLog } from './update-log';

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
};
