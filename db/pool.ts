import pg from 'pg';
import { instantOf } from './instant';

/** How values of a PostgreSQL type come out of a query. Everything not named here keeps the driver's own parser. */
const identity = (text: string): string => text;

/** int8 as number while that is exact; beyond 2^53 the digits stay a string rather than lose their end. */
const int8 = (text: string): number | string => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
};

const oid = { int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184, numeric: 1700, interval: 1186 } as const;
const arrayOid = { int8: 1016, date: 1182, timestamp: 1115, numeric: 1231 } as const;

const driversInstant = pg.types.getTypeParser(oid.timestamptz, 'text') as (text: string) => unknown;

const textParsers = new Map<number, (text: string) => unknown>([
  [oid.int8, int8],
  [oid.numeric, identity],
  [oid.date, identity],
  [oid.timestamp, identity],
  [oid.timestamptz, (text) => instantOf(text) ?? driversInstant(text)],
  [oid.interval, identity],
]);

/** The driver's parser for text arrays splits; each element then goes through the parser of its own type. */
const textArray = 1009;
const arrayOf = (element: (text: string) => unknown) => {
  const split = pg.types.getTypeParser(textArray as never, 'text') as unknown as (text: string) => (string | null)[];
  return (text: string) => split(text).map((item) => (item === null ? null : element(item)));
};
textParsers.set(arrayOid.int8, arrayOf(int8));
textParsers.set(arrayOid.numeric, arrayOf(identity));
textParsers.set(arrayOid.date, arrayOf(identity));
textParsers.set(arrayOid.timestamp, arrayOf(identity));

const types: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') => {
    const own = format === 'binary' ? undefined : textParsers.get(id);
    return own ?? pg.types.getTypeParser(id, format as 'text');
  }) as typeof pg.types.getTypeParser,
};

export type PoolOptions = {
  /** Shown in pg_stat_activity. */
  name?: string;
  /** Most connections held at once (10). */
  max?: number;
  /** A statement running longer is cancelled; milliseconds, 0 for never (60,000). */
  statementTimeoutMs?: number;
  /** How long to wait for a connection before the caller gets an error; milliseconds (15,000). */
  connectTimeoutMs?: number;
  /** Told when a connection at rest breaks, for instance because the server restarted. The pool replaces it. */
  onIdleError?: (error: Error) => void;
};

/**
 * A connection pool with this product's reading of types: int8 is a number (a string only beyond 2^53), numeric a
 * string, date `YYYY-MM-DD`, timestamptz a Date, json parsed. Every session runs in UTC without JIT.
 * The settings are sent as a statement and not as start-up options, because connection poolers refuse the latter.
 */
export function createPool(url: string, options: PoolOptions = {}): pg.Pool {
  const statementTimeout = Math.trunc(options.statementTimeoutMs ?? 60_000);
  const settings = [
    "set time zone 'UTC'",
    "set datestyle to 'ISO, YMD'",
    "set intervalstyle to 'iso_8601'",
    'set jit to off',
    // A search reads what waits outside the index: little may. Who loads a past raises it for its transaction.
    'set gin_pending_list_limit to 128',
    `set statement_timeout to ${statementTimeout}`,
    'set idle_in_transaction_session_timeout to 120000',
  ].join('; ');
  const pool = new pg.Pool({
    connectionString: url,
    application_name: options.name ?? 'throughline',
    max: options.max ?? 10,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 15_000,
    keepAlive: true,
    // Several messages may be under way; who waits for each answer, as nearly all do, sees no difference.
    pipeline: true,
    types,
    onConnect: async (client: pg.ClientBase) => {
      await client.query(settings);
    },
  } as pg.PoolConfig);
  pool.on('error', (error) => options.onIdleError?.(error));
  // A connection that breaks while it is lent out fails the statement under way, which its caller hears of. Without a
  // listener the event would end the whole process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
