/** One line of a record's life with the record before and after it. */
export interface Moment {
  readonly line: string;
  readonly at: Date;
  /** Null when the record began. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>>;
  /** The moment it took back. */
  readonly undoes?: Moment;
}
