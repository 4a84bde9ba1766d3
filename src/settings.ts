import { resolve } from 'node:path';

/** Settings by environment, read once. Instants are ISO 8601; `now` is set for demonstrations and tests only. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly demonstration: boolean;
  readonly secret: string | undefined;
  readonly logLevel: string;
  readonly publicUrl: string | undefined;
  /** How many proxies stand before us; false for none. More would let callers invent their address. */
  readonly trustProxy: number | false;
  readonly smtpUrl: string | undefined;
  readonly now: Date | undefined;
}

/** A setting that cannot be used, in a sentence. */
export class SettingRefusal extends Error {}

/** Where people find the product: links in mails begin with it. */
export function addressOf({ publicUrl, port }: Pick<Settings, 'publicUrl' | 'port'>): string {
  return (publicUrl ?? `http://localhost:${port}`).replace(/\/+$/, '');
}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SettingRefusal(`PORT must be a port number, not “${env.PORT}”.`);
  const now = env.THROUGHLINE_NOW ? new Date(env.THROUGHLINE_NOW) : undefined;
  if (now && Number.isNaN(now.getTime()))
    throw new SettingRefusal('THROUGHLINE_NOW must be an instant such as 2026-11-21T08:00:00Z.');
  if (env.PUBLIC_URL && !URL.canParse(env.PUBLIC_URL))
    throw new SettingRefusal('PUBLIC_URL must be an address such as https://desk.example.');
  if (env.TRUST_PROXY && !/^(true|false|\d)$/.test(env.TRUST_PROXY))
    throw new SettingRefusal('TRUST_PROXY is how many proxies stand before us: 0, 1, 2, …');
  return {
    host: env.HOST || '127.0.0.1',
    port,
    dataDir: resolve(env.DATA_DIR || './data'),
    databaseUrl: env.DATABASE_URL || undefined,
    demonstration: env.THROUGHLINE_DEMO !== '0',
    secret: env.THROUGHLINE_SECRET || undefined,
    logLevel: env.LOG_LEVEL || 'info',
    publicUrl: env.PUBLIC_URL || undefined,
    trustProxy: env.TRUST_PROXY === 'true' ? 1 : Number(env.TRUST_PROXY) || false,
    smtpUrl: env.SMTP_URL || undefined,
    now,
  };
}
