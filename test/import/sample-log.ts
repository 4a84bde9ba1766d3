import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type UpdateLogMapping, updateLogMapping } from '../../src/channels/import/mapping';
import { testPlace } from '../place';

/** The update log of an imaginary library's desk: every oddity a log can have, each in a case of its own. */
export const header =
  'ticket;when;who;status;weight;reach;rank;team;agent;topic;detail;reader;opened;again;moves;solved;done;code;in_time;shelf;change';

const row = (text: string) => text;
export const rows: readonly string[] = [
  // T1: the plain way, held for two reasons in turn and resolved while on hold; its last row stands at the end.
  row(
    'T1;01.03.2024 09:10;Ann;Open;2;2;3;Loans;-;Cards;Lost;Reader 7;01.03.2024 09:00;0;0;04.03.2024 10:00;09.03.2024 10:00;new card;yes;A 1;-',
  ),
  row(
    'T1;01.03.2024 09:20;Ben;Working;2;2;3;Loans;Ben;Cards;Lost;Reader 7;01.03.2024 09:00;0;0;04.03.2024 10:00;09.03.2024 10:00;new card;yes;A 1;-',
  ),
  row(
    'T1;01.03.2024 11:00;Ben;Waits Reader;2;2;3;Loans;Ben;Cards;Lost;Reader 7;01.03.2024 09:00;0;0;04.03.2024 10:00;09.03.2024 10:00;new card;yes;A 1;-',
  ),
  row(
    'T1;02.03.2024 08:00;Ann;Waits Printer;2;2;3;Loans;Ben;Cards;Lost;Reader 7;01.03.2024 09:00;0;0;04.03.2024 10:00;09.03.2024 10:00;new card;no;A 1;-',
  ),
  row(
    'T1;04.03.2024 10:00;Ben;Solved;2;2;3;Loans;Ben;Cards;Lost;Reader 7;01.03.2024 09:00;0;0;04.03.2024 10:00;09.03.2024 10:00;new card;no;A 1;-',
  ),
  // T2: begins at work, one value that means nothing, closed and worked on again, resolved twice.
  row(
    'T2;02.03.2024 10:00;Ann;Working;1;1;1;Loans;Ann;Doors;Jammed;Reader  9;02.03.2024 09:50;0;0;06.03.2024 12:00;07.03.2024 12:00;oiled;yes;B 2;-',
  ),
  row(
    'T2;02.03.2024 10:30;Ann;???;1;1;1;Loans;Ann;Doors;Jammed;Reader  9;02.03.2024 09:50;0;0;06.03.2024 12:00;07.03.2024 12:00;oiled;yes;B 2;-',
  ),
  row(
    'T2;03.03.2024 10:00;Ann;Solved;1;1;1;Loans;Ann;Doors;Jammed;Reader 9;02.03.2024 09:50;0;0;06.03.2024 12:00;07.03.2024 12:00;oiled;yes;B 2;-',
  ),
  row(
    'T2;04.03.2024 10:00;Ann;Done;1;1;1;Loans;Ann;Doors;Jammed;Reader 9;02.03.2024 09:50;0;0;06.03.2024 12:00;07.03.2024 12:00;oiled;yes;B 2;-',
  ),
  row(
    'T2;05.03.2024 10:00;Cem;Working;1;1;1;Loans;Cem;Doors;Jammed;Reader 9;02.03.2024 09:50;1;0;06.03.2024 12:00;07.03.2024 12:00;oiled;yes;B 2;-',
  ),
  row(
    'T2;06.03.2024 12:00;Cem;Solved;1;1;1;Loans;Cem;Doors;Jammed;Reader 9;02.03.2024 09:50;1;0;06.03.2024 12:00;07.03.2024 12:00;oiled;yes;B 2;-',
  ),
  row(
    'T2;07.03.2024 12:00;Cem;Done;1;1;1;Loans;Cem;Doors;Jammed;Reader 9;02.03.2024 09:50;1;0;06.03.2024 12:00;07.03.2024 12:00;oiled;yes;B 2;-',
  ),
  // T3: closed without ever being resolved.
  row('T3;02.03.2024 12:00;Ann;Open;3;3;5;-;-;-;-;-;02.03.2024 12:00;0;0;-;03.03.2024 12:00;-;yes;-;-'),
  row('T3;03.03.2024 12:00;Ann;Done;3;3;5;-;-;-;-;-;02.03.2024 12:00;0;0;-;03.03.2024 12:00;-;yes;-;-'),
  // T4: a stamp earlier than the one before it.
  row('T4;03.03.2024 15:00;Ben;Open;3;2;4;House;-;Light;Dark;Reader 7;03.03.2024 14:00;0;0;-;-;-;yes;C 3;-'),
  row('T4;03.03.2024 14:30;Ben;Working;3;2;4;House;Ben;Light;Dark;Reader 7;03.03.2024 14:00;0;0;-;-;-;yes;C 3;-'),
  row('T4;31.03.2024 03:30;Ben;Working;3;2;4;House;Ben;Light;Flickers;Reader 7;03.03.2024 14:00;0;0;-;-;-;yes;C 3;-'),
  // T5: moved from team to team, over no team at all; two rows that change nothing but who and when.
  row('T5;05.03.2024 08:00;Ann;Open;2;1;2;Loans;-;Heat;Cold;Reader 8;05.03.2024 08:00;0;0;-;-;-;yes;-;CR 5'),
  row('T5;05.03.2024 08:05;Ben;Open;2;1;2;House;-;Heat;Cold;Reader 8;05.03.2024 08:00;0;1;-;-;-;yes;-;CR 5'),
  row('T5;05.03.2024 08:10;Cem;Open;2;1;2;House;-;Heat;Cold;Reader 8;05.03.2024 08:00;0;1;-;-;-;yes;-;CR 5'),
  row('T5;05.03.2024 08:15;Ann;Open;2;1;2;House;-;Heat;Cold;Reader 8;05.03.2024 08:00;0;1;-;-;-;yes;-;CR 5'),
  row('T5;05.03.2024 08:20;Ann;Open;2;1;2;-;-;Heat;Cold;Reader 8;05.03.2024 08:00;0;2;-;-;-;yes;-;CR 5'),
  row('T5;05.03.2024 08:25;Ann;Open;2;1;2;Loans;-;Heat;Cold;Reader 8;05.03.2024 08:00;0;3;-;-;-;yes;-;CR 5'),
  row('T5;05.03.2024 08:30;Ann;Working;1;1;1;Loans;Dea;Heat;Cold;Reader 8;05.03.2024 08:00;0;3;-;-;-;yes;-;CR 6'),
  row('T5;05.03.2024 08:40;Ann;Working;1;1;1;House;Dea;Heat;Cold;Reader 8;05.03.2024 08:00;0;4;-;-;-;yes;-;CR 6'),
  // T6: a detail with the delimiter, quotation marks and a line end in it; begins on hold, resumes, begins anew.
  row(
    'T6;06.03.2024 08:00;Ann;Waits Reader;3;3;5;House;-;"Noise; loud";"He said ""stop""\nand left";Reader 7;06.03.2024 07:00;0;0;-;-;-;yes;-;-',
  ),
  row(
    'T6;06.03.2024 09:00;Ann;Open;3;3;5;House;-;"Noise; loud";"He said ""stop""\nand left";Reader 7;06.03.2024 07:00;0;0;-;-;-;yes;-;-',
  ),
  row(
    'T6;06.03.2024 10:00;Ann;Open;3;3;5;House;Dea;"Noise; loud";"He said ""stop""\nand left";Reader 7;06.03.2024 07:00;0;0;-;-;-;yes;-;-',
  ),
  row(
    'T6;06.03.2024 11:00;Ann;Solved;3;3;5;House;Dea;"Noise; loud";"He said ""stop""\nand left";Reader 7;06.03.2024 07:00;0;0;06.03.2024 11:00;-;closed window;yes;-;-',
  ),
  row(
    'T6;06.03.2024 12:00;Ann;Waits Reader;3;3;5;House;Dea;"Noise; loud";"He said ""stop""\nand left";Reader 7;06.03.2024 07:00;1;0;06.03.2024 11:00;-;closed window;yes;-;-',
  ),
  row(
    'T1;09.03.2024 10:00;Ann;Done;2;2;3;Loans;Ben;Cards;Lost;Reader 7;01.03.2024 09:00;0;0;04.03.2024 10:00;09.03.2024 10:00;new card;no;A 1;-',
  ),
];

/** Lines no import can take, and what it says of them. */
export const damaged: readonly { row: string; reason: RegExp }[] = [
  { row: 'T1;05.03.2024 10:00;Ann;Open;2', reason: /5 columns, the header 21/ },
  { row: rows[0]!.replace('01.03.2024 09:10', '31.02.2024 09:10'), reason: /when is no date: “31\.02\.2024 09:10”/ },
  { row: rows[0]!.replace(';Open;', ';Asleep;'), reason: /status has the unknown value “Asleep”/ },
  { row: rows[0]!.replace(';2;2;3;', ';9;2;3;'), reason: /weight is out of range: “9”/ },
  { row: rows[0]!.replace('T1;', ';'), reason: /does not say which case/ },
  { row: rows[0]!.replace(';yes;', ';perhaps;'), reason: /in_time is neither true nor false/ },
];

export const mapping: UpdateLogMapping = updateLogMapping.parse({
  source: 'library-desk',
  case: 'ticket',
  instant: 'when',
  actor: 'who',
  unknown: ['-'],
  dates: { order: 'dmy', zone: 'Europe/Berlin' },
  state: {
    column: 'status',
    values: {
      Open: { state: 'new' },
      Working: { state: 'in_progress' },
      'Waits Reader': { state: 'on_hold', hold_reason: 'requester' },
      'Waits Printer': { state: 'on_hold', hold_reason: 'supplier' },
      Solved: { state: 'resolved' },
      Done: { state: 'closed' },
    },
    stray: ['???'],
  },
  title: { columns: ['topic', 'detail'], join: ': ' },
  fields: {
    opened_at: { column: 'opened' },
    requester_id: { column: 'reader' },
    impact: { column: 'weight' },
    urgency: { column: 'reach' },
    priority: { column: 'rank' },
    team_id: { column: 'team' },
    assignee_id: { column: 'agent' },
    category: { column: 'topic' },
  },
  final: {
    resolved_at: { column: 'solved', reached: ['resolved'] },
    closed_at: { column: 'done', reached: ['closed'] },
    resolution_code: { column: 'code', reached: ['resolved', 'closed'] },
  },
  custom: {
    in_time: { kind: 'boolean', label: 'In time' },
    shelf: { kind: 'text', label: 'Shelf' },
    change: { kind: 'record', label: 'Change', to: 'change', link: 'relates' },
  },
  counters: { reopened: 'again', reassigned: 'moves' },
  surroundings: {
    organization: 'The library',
    department: { key: 'library', name: 'Library', read_by: ['it'] },
    model: {
      name: 'Library incidents',
      matrix: { 11: 1, 12: 2, 13: 3, 21: 2, 22: 3, 23: 4, 31: 3, 32: 4, 33: 5 },
      reopen_days: 14,
      close_days: 5,
      effective_on: '2024-01-01',
    },
    agreement: { name: 'Library promise', effective_on: '2024-01-01', resolution: { 1: 3600, 3: 172800 } },
  },
});

let directory: string | undefined;
let files = 0;

/** Writes a file with these rows under the header and answers its path. */
export function logFile(lines: readonly string[], name = `log-${++files}.csv`): string {
  directory ??= testPlace();
  const path = join(directory, name);
  writeFileSync(path, `${[header, ...lines].join('\n')}\n`);
  return path;
}
