/** A table that holds no record: named here with the only part of the house that writes it, and why it is none. */
export interface TechnicalTable {
  readonly table: string;
  /** Set where only this column is meant: computed from elsewhere, in a table that else changes by verbs. */
  readonly column?: string;
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
    table: 'put_aside',
    writer: 'src/commons/taking-back',
    why: 'What an act that can be taken back replaced, for as long as it can be.',
  },
  {
    table: 'bulk_act',
    writer: 'src/commons/taking-back',
    why: 'Which lines one verb on many left, for as long as it can be taken back.',
  },
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
    table: 'totp',
    writer: 'src/commons/identity',
    why: 'A sealed secret; that somebody has one is a line of history.',
  },
  { table: 'recovery_code', writer: 'src/commons/identity', why: 'The fingerprint of a secret that serves once.' },
  { table: 'passkey', writer: 'src/commons/identity', why: 'The public half of a key; that it was added is a line.' },
  { table: 'sign_in_challenge', writer: 'src/commons/identity', why: 'What is asked for some minutes.' },
  {
    table: 'clock',
    writer: 'src/practices/design/service-level/clock-table.ts',
    why: 'How promises stand, worked out from history; what a clock says is a line of history.',
  },
  {
    table: 'clock_review',
    writer: 'src/practices/design/service-level/review.ts',
    why: 'How far open records have been judged anew after a change of agreement.',
  },
  {
    table: 'agreement_book',
    writer: 'src/practices/design/service-level/book.ts',
    why: 'A token by which each process knows whether its copy of the agreements is old.',
  },
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
  {
    table: 'measure_total',
    writer: 'src/practices/improvement/measurement-and-reporting',
    why: 'The same days without team and service, for questions that ask for neither.',
  },
  {
    table: 'measure_month',
    writer: 'src/practices/improvement/measurement-and-reporting',
    why: 'The same by months, for questions about whole months.',
  },
  {
    table: 'record',
    column: 'due_at',
    writer: 'src/practices/design/service-level/clock-table.ts',
    why: 'The earliest due of its running clocks, set in the statement that stores them.',
  },
  {
    table: 'record',
    column: 'queue_at',
    writer: 'src/practices/operation/incident/queue-place.ts',
    why: 'The place in the queue, worked out from the record, its promises and the order in force.',
  },
  {
    table: 'incident',
    column: 'spoke_last_id',
    writer: 'src/practices/operation/incident/queue-place.ts',
    why: 'Who spoke last: the conversation says it, this only saves reading it.',
  },
  {
    table: 'queue_book',
    writer: 'src/practices/operation/incident/queue-book.ts',
    why: 'A token by which each process knows whether its copy of the orders is old.',
  },
  {
    table: 'queue_review',
    writer: 'src/practices/operation/incident/queue-place.ts',
    why: 'How far open records have been placed anew after a change of the order.',
  },
  { table: 'import_key', writer: 'src/channels/import', why: 'Which rows of which source came in as which record.' },
  { table: 'import_run', writer: 'src/channels/import', why: 'How far an import has come, so that it can be resumed.' },
  {
    table: 'notification',
    writer: 'src/commons/notification',
    why: 'What a person was told; the line it tells of is history.',
  },
  { table: 'mail', writer: 'src/commons/notification', why: 'The outbox.' },
  {
    table: 'notice_choice',
    writer: 'src/commons/notification',
    why: 'What a person wants to be told and when: a matter of one person.',
  },
  {
    table: 'signing_key',
    writer: 'src/commons/notification',
    why: 'A secret has no history that could give it away.',
  },
  {
    table: 'alert_body',
    writer: 'src/practices/operation/monitoring-and-event/bodies.ts',
    why: 'What monitoring sent, kept before it is answered; what it says becomes alerts by verbs.',
  },
  { table: 'webhook_delivery', writer: 'src/commons/webhook', why: 'What another program is to be told.' },
  { table: 'draft', writer: 'src/commons/draft', why: 'What somebody has not sent yet; nobody else reads it.' },
  { table: 'presence', writer: 'src/commons/presence', why: 'Who looks at what; gone with its minute.' },
  { table: 'preference', writer: 'src/commons/preference', why: 'Keys of one’s own: a matter of one person.' },
  { table: 'follower', writer: 'src/commons/webhook', why: 'How far a follower of history has read.' },
];
