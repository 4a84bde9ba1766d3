/** A table that holds no record: named here with the only part of the house that writes it, and why it is none. */
export interface TechnicalTable {
  readonly table: string;
  /** The path, or the beginning of the path, of its only writer. */
  readonly writer: string;
  readonly why: string;
}

/** `npm run check` reads this list: whatever else writes into one of these tables breaks the check. */
export const technicalTables: readonly TechnicalTable[] = [
  { table: 'sealer', writer: 'src/kernel/seal.ts', why: 'Who seals now and how far the chain reaches.' },
  { table: 'timer', writer: 'src/kernel', why: 'What is to happen later; its firing is a line of history.' },
  { table: 'reaction', writer: 'src/kernel', why: 'Work a line still asks for; gone when it is done.' },
  {
    table: 'record_name',
    writer: 'src/kernel/write.ts',
    why: 'Names folded for look-up, made again with every write.',
  },
  { table: 'idempotency_key', writer: 'src/channels/http/idempotency.ts', why: 'An answer kept for a day.' },
  { table: 'credential', writer: 'src/commons/identity', why: 'A secret has no history that could give it away.' },
  { table: 'session', writer: 'src/commons/identity', why: 'A device that is signed in.' },
  { table: 'api_token', writer: 'src/commons/identity', why: 'The fingerprint of a secret.' },
  { table: 'sign_in_failure', writer: 'src/commons/identity', why: 'Counted for a quarter of an hour.' },
  { table: 'one_time_link', writer: 'src/commons/identity', why: 'A secret that serves once.' },
  {
    table: 'installation',
    writer: 'src/demonstration/prepare.ts',
    why: 'What is known of the installation as a whole.',
  },
  {
    table: 'attachment_content',
    writer: 'src/commons/attachment',
    why: 'The bytes of a file; its row is made by a verb.',
  },
  { table: 'search_document', writer: 'src/commons/search', why: 'Full text, made again from its record.' },
  { table: 'search_word', writer: 'src/commons/search', why: 'Words that stand in some record.' },
  {
    table: 'measure_delta',
    writer: 'src/practices/improvement/measurement-and-reporting',
    why: 'What lines added to the figures, until it is folded into days.',
  },
  {
    table: 'measure_day',
    writer: 'src/practices/improvement/measurement-and-reporting',
    why: 'Figures over time, made again from history by one command.',
  },
];
