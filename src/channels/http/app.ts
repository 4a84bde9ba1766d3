import type { Clock } from '../../clock';
import type { Narrow } from '../../commons/reading';
import type { Vault } from '../../commons/vault';
import type { Db } from '../../kernel/database';
import type { House } from '../../kernel/house';

/** What every route is given: the database, the house, the time, and how the outside reaches us. */
export interface App {
  readonly db: Db;
  readonly house: House;
  readonly clock: Clock;
  /** Where the web application calls us: links in mails, cookie `Secure`, origin checks. */
  readonly publicUrl: string | undefined;
  /** Where links in mails begin. Never what a request says of itself: it could send a secret to its own address. */
  readonly links: string;
  /** Seals what must be read again but not by whoever holds the database alone. */
  readonly vault: Vault;
  /** How many proxies before us are believed about who calls. */
  readonly trustProxy: number | false;
  /** Folder of the built web application, when there is one. */
  readonly web: string | undefined;
  readonly demonstration: boolean;
  /** Full text in lists (`q`). */
  readonly narrow?: Narrow;
  /** Tells the sealer and the workers that there is something to do. */
  readonly nudge: () => void;
  /** Runs every timer and reaction up to the clock's time: only for a settable clock. */
  readonly catchUp: () => Promise<void>;
  /** Reads anew what this process keeps in hand: own fields, practices in use. */
  readonly refreshKnown: () => Promise<unknown>;
  /** True once the server drains. */
  readonly stopping: () => boolean;
}
