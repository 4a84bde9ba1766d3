import { type Db, rows, sql } from '../../kernel/database';
import type { Switches } from '../../kernel/house';
import { switchables } from './practice.contract';
import { namesOnly, switched } from './switched';

/** What is switched off, as this process knows it. */
export interface KnownPractices extends Switches {
  /** Reads it anew when it was changed, here or by another server. Answers whether it was. */
  refresh(db: Db): Promise<boolean>;
}

const nothing: ReadonlySet<string> = new Set();

export function knownPractices(): KnownPractices {
  let off = nothing;
  let version = 0;
  let seen = '';
  return {
    off: () => off,
    without: (whole) => switched(whole, off),
    takes: (field) => namesOnly(field, off),
    version: () => version,
    async refresh(db) {
      const found = await rows<{ key: string }>(
        db,
        sql`select p.key from practice p join record r on r.id = p.id where r.state = 'off' order by p.key`,
      );
      const now = found.map(({ key }) => key);
      if (now.join() === seen) return false;
      seen = now.join();
      off = new Set(switchables.filter(({ key }) => now.includes(key)).flatMap(({ types }) => types));
      version += 1;
      return true;
    },
  };
}
