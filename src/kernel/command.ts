import type { Actor } from './actor';
import type { Db, Row, Sql } from './database';
import type { Field } from './field';
import type { Cause, Line } from './history';
import type { Moment } from './moment.contract';
import type { Relation } from './policy';
import type { RecordType } from './record';
import type { Sentence } from './sentence.contract';

/** Everything a verb is performed in: who, when, over which database, because of what. */
export interface Context {
  readonly db: Db;
  readonly house: House;
  readonly actor: Actor;
  readonly now: Date;
  readonly cause?: Cause;
  readonly why?: unknown;
  /** How many reactions lie between a person's act and this one. */
  readonly depth?: number;
  /** When it was true, if that was not now: late timers. */
  readonly at?: Date;
}

export interface Child {
  readonly table: string;
  /** A row to insert, the id of one to take away, or columns of one, by its id, to set. */
  readonly insert?: Row;
  readonly remove?: string;
  readonly change?: Row;
}

export interface Wake {
  /** One timer per record and key; a new one replaces it, `at: null` takes it away. */
  readonly key: string;
  readonly verb: string;
  readonly at: Date | null;
  readonly reason: string;
  readonly input?: Row;
}

/** What a verb decided. Nothing has happened yet. */
export interface Outcome {
  readonly set?: Row;
  readonly children?: readonly Child[];
  readonly wake?: readonly Wake[];
  /** Told in the line though it is no field: a reason, a comment's text. */
  readonly remember?: Row;
  readonly why?: unknown;
  /** The line's name, where it is not the verb's past. */
  readonly past?: string;
  /** The line is for the team only. */
  readonly internal?: boolean;
  /** When it was true, where each record of a set has its own time: promises broken while nobody looked. */
  readonly at?: Date;
  /** Fields whose values leave the record's history with this verb; their digests stay. */
  readonly blank?: readonly string[] | 'all';
  /** What led to it, where each record of a set has its own cause. */
  readonly cause?: Cause;
  /** What it takes back; the record is then in its state since when it was before. */
  readonly undoes?: Moment;
}

export interface Verb<Input extends Row = Row, Fact = undefined> {
  readonly on: RecordType;
  /** Also the route, the permission and the button. */
  readonly verb: string;
  /** The history line: `incident.resolved`. */
  readonly past: string;
  readonly label: string;
  /** Completes "a closed problem cannot be …" where the word of the history line does not. */
  readonly done?: string;
  readonly creates?: boolean;
  /** Names of the record's fields this verb takes. `'writable'`: every writable field, custom ones included. */
  readonly takes?: readonly string[] | 'writable';
  /** Input that is no field of the record. */
  readonly input?: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  /** At least one of these. */
  readonly oneOf?: readonly string[];
  readonly allow: readonly Relation[];
  /** A verb only rules, timers and imports perform: no route, no button. */
  readonly hidden?: boolean;
  /** It has a route of its own besides, under another shape: a child. `'form'`: its input is a form with a file. */
  readonly ownRoute?: true | 'form';
  /** The kind of record it speaks for: where that is switched off, neither verb nor line is there. */
  readonly speaksFor?: string;
  /**
   * Whoever did it may take it back for some seconds. Its fields, timers and the rows it hung on the record or took
   * away go back; a verb that changes such rows, or that others answer to by its name, is not declared so. A function
   * tells, by key, why what would be again does not hold any more, where other records or rows decide on that.
   */
  readonly undo?: true | ((context: Context, items: readonly UndoItem[]) => Promise<ReadonlyMap<string, Sentence>>);
  /** It hangs something on the record, which leaves the record's version alone. */
  readonly hangs?: boolean;
  /** Why a record as it stands does not take this verb though its state would; it is then neither offered nor refused. */
  readonly unfit?: (record: Row) => Sentence | null;
  /** Set-wise: one answer for many records, keyed by the item's key. */
  readonly facts?: (context: Context, items: readonly FactItem<Input>[]) => Promise<ReadonlyMap<string, Fact>>;
  /** Pure: given the record, the input and the facts, what is to happen. Throws a `Refusal`. */
  readonly decide: (record: Row, input: Input, fact: Fact, context: Context) => Outcome;
}

export interface FactItem<Input> {
  readonly key: string;
  readonly record: Row;
  readonly input: Input;
}

/** An act to be taken back: as input what its fields would be again, and the rows that would be there again. */
export interface UndoItem extends FactItem<Row> {
  readonly rows: readonly Row[];
}

/** Declares a verb; its input and facts are known to its own `decide` alone. */
export function verb<Input extends Row = Row, Fact = undefined>(declared: Verb<Input, Fact>): Verb {
  return declared as unknown as Verb;
}

/** A same-transaction reaction: what must be true together with the line. It may not refuse. */
export interface Together {
  readonly name: string;
  readonly on: (line: Line) => boolean;
  /**
   * Before the write: may set `due_at` and `queue_at` of a line's record as it will stand, so that it is written with the rest. The
   * last line of a record bears the row that is written.
   */
  readonly foresee?: (context: Context, lines: readonly Line[], past: boolean) => Promise<void>;
  /**
   * Statements that go into the one statement of the write: what is written beside the record costs no further way to
   * the database. They see the tables as they were before it, and do not touch the rows it writes. `outcomes` are what
   * was decided, by line; of an import nothing was.
   */
  readonly beside?: (
    context: Context,
    lines: readonly Line[],
    past: boolean,
    outcomes: ReadonlyMap<Line, Outcome>,
  ) => Promise<readonly Sql[]>;
  /** After the write. `past` is set when the lines come from an import: nobody is told, no timer is set. */
  readonly react?: (context: Context, lines: readonly Line[], past: boolean) => Promise<void>;
}

/** An asynchronous reaction: once per line, in order per record, tried again, parked after the last attempt. */
export interface Afterwards {
  readonly name: string;
  readonly on: (line: Line) => boolean;
  /** Asked by the database of what was there before the write: where it does not hold, the line asks for nothing. */
  readonly where?: Sql;
  /** Lines of different records, or the next one of each. */
  readonly react: (context: Context, lines: readonly Line[]) => Promise<void>;
}

/** The registry: every noun, every verb, every reaction that is in use. Made once in the composition root. */
export interface House {
  readonly types: ReadonlyMap<string, RecordType>;
  readonly plurals: ReadonlyMap<string, RecordType>;
  readonly verbs: ReadonlyMap<string, Verb>;
  readonly together: readonly Together[];
  readonly afterwards: readonly Afterwards[];
  /** With what is switched off too: for what must reach everything that is kept. */
  readonly whole: House;
  /** Kinds of record that are switched off: they are not in `types`, their timers and reactions rest. */
  readonly off: ReadonlySet<string>;
  /** Declared fields and the organisation's own. */
  fieldsOf(type: RecordType): Readonly<Record<string, Field>>;
  /** Rises whenever custom fields or what is in use change, so that what was compiled from them is made again. */
  fieldsVersion(): number;
}
