/** A reference as the API answers it. */
export interface Ref {
  id: string;
  number: string;
  name: string;
}

export interface Refused {
  verb: string;
  sentence: string;
}

/** Any record; its fields stand beside these under their own names. */
export interface RecordRow {
  id: string;
  number: string;
  type: string;
  version: number;
  title?: string;
  state?: string;
  created_at?: string;
  updated_at?: string;
  offers?: string[];
  refused?: Refused[];
  undo?: { line?: string; bulk_id?: string; until: string };
  [field: string]: unknown;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number;
  total_exact?: boolean;
}

/** What a field or an input of a verb holds; kinds unknown here are shown and written as text. */
export type Kind =
  | 'text'
  | 'markdown'
  | 'integer'
  | 'number'
  | 'money'
  | 'boolean'
  | 'choice'
  | 'instant'
  | 'date'
  | 'reference'
  | 'references'
  | 'texts'
  | 'json'
  | (string & {});

export interface FieldMeta {
  name: string;
  kind: Kind;
  label?: string;
  /** `creation`: only by the creating verb. */
  writable?: boolean | 'creation';
  custom?: boolean;
  required?: boolean;
  choices?: (string | { value: string | number; label?: string })[];
  /** The record type a reference points to; several are possible. */
  to?: string | string[];
  min?: number;
  max?: number;
  help?: string;
}

export interface VerbMeta {
  verb: string;
  label?: string;
  creates?: boolean;
  /** Done by a route of its own (files, links, watchers), never as a plain verb. */
  own_route?: boolean;
  from: string[];
  /** States it may lead to; the state it is performed in among them where it changes none. */
  to: string[];
  /** One of these inputs is needed. */
  one_of?: string[];
  input: FieldMeta[];
}

export interface RecordType {
  type: string;
  plural: string;
  prefix: string;
  label: string;
  labels?: string;
  standard_sort?: string;
  may_create?: boolean;
  /** Kept by administrators: shows its effect before it is saved, and has versions. */
  administered?: boolean;
  fields: FieldMeta[];
  states: { name: string; category: string }[];
  verbs: VerbMeta[];
}

export interface Me {
  id: string;
  number?: string;
  email: string;
  name: string;
  roles: string[];
  departments: (string | Ref)[];
  teams: (string | Ref)[];
  language: string | null;
  time_zone: string | null;
  /** The product's present instant; its clock may stand elsewhere than the browser's. */
  now?: string;
  /** The newest line of history then: the stream is read from here. */
  seq?: number;
  /** Nothing is open before a second factor is set up. */
  must_enrol?: boolean;
}

export interface Actor {
  id: string | null;
  name: string;
  kind: 'person' | 'rule' | 'timer' | 'import' | 'system';
}

export interface HistoryLine {
  id: string;
  seq: number | null;
  at: string;
  recorded_at: string;
  name: string;
  record: { type: string; id: string; number: string };
  actor: Actor | null;
  cause: { line?: string; timer?: string; file?: string; row?: number } | null;
  why: unknown;
  changes: { field: string; before: unknown; after: unknown }[];
}

export interface Comment {
  id: string;
  kind: 'comment' | 'note';
  text: string;
  author: Ref | { id: string; name: string } | null;
  at: string;
  /** The other record it was said on, where one was merged into the other; null where that is hidden. */
  record?: Ref | null;
}

export interface Attachment {
  id: string;
  name: string;
  media_type: string;
  size: number;
  href: string;
  author: { name: string } | null;
  at: string;
  internal: boolean;
  record?: Ref;
}

export interface Link {
  id: string;
  kind: string;
  direction: 'out' | 'in';
  record: { type: string; id: string; number: string; title?: string; name?: string; state?: string };
  /** What was merged into this record and bears the link. */
  of?: Ref;
}

export type Health = 'good' | 'at_risk' | 'broken' | 'unknown';

export interface Stop {
  kind: string;
  number: string;
  name: string;
  health: Health;
  stake: string | null;
}

export interface LineOfSight {
  paths: { stops: Stop[]; weight: number }[];
}

export interface ClockSegment {
  from: string;
  to: string;
  kind: 'running' | 'paused' | 'closed' | 'stopped';
  seconds: number;
  counts: boolean;
  calendar: string | Ref | null;
  rule: string | null;
  /** The record's state in this segment. */
  state?: string;
}

export interface Clock {
  target: string;
  state: 'running' | 'paused' | 'met' | 'breached' | 'stopped';
  started_at: string;
  due_at: string | null;
  promised_at?: string | null;
  target_s: number | null;
  elapsed_s: number;
  paused_s: number;
  breached: boolean;
  agreement: string | (Ref & { version?: number }) | null;
  calendar: string | Ref | null;
  /** Of a team's clock: who holds the record. */
  team?: Partial<Ref> | null;
  /** Of resolution: which team used how much. */
  teams?: { team: Partial<Ref> | null; elapsed_s: number; slice_s: number | null }[];
  explain: ClockSegment[];
}

export interface Measure {
  key: string | null;
  value: number;
  unit: string;
  count?: number;
  href: string;
  name?: string;
}

export interface Told {
  id: string;
  kind: string;
  reason: string;
  topic: string | null;
  at: string;
  read_at: string | null;
  line_id: string;
  record: { type: string; id: string; number: string; name: string };
}

export interface Mail {
  id: string;
  address: string;
  subject: string;
  /** Null where the mail carries a secret. */
  text: string | null;
  reason: string;
  at: string;
  state: 'waiting' | 'sent' | 'failed' | 'dropped' | 'gathered' | 'digested';
  due_at: string;
  sent_at: string | null;
  attempts: number;
  problem: string | null;
}

export interface Delivery {
  id: string;
  seq: number;
  name: string;
  at: string;
  state: 'waiting' | 'delivered' | 'failed' | 'dropped';
  attempts: number;
  status: number | null;
  problem: string | null;
  due_at: string | null;
}

export interface Seer {
  person: { id: string; name: string };
  because: string[];
  team: boolean;
}

export interface SearchHit {
  type: string;
  id: string;
  number: string;
  title: string;
  state: string;
  snippet: string | null;
}
