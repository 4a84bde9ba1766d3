import { type KnownFields, knownFields } from './commons/custom-field';
import { type KnownPractices, knownPractices } from './commons/practice';
import type { Db } from './kernel/database';

/** Rows every process keeps in hand, because every question asks them: own fields, practices in use. */
export interface KnownRows {
  readonly fields: KnownFields;
  readonly practices: KnownPractices;
  /** Reads them anew when any was changed, here or by another server. Answers whether they were. */
  refresh(db: Db): Promise<boolean>;
}

export function knownRows(): KnownRows {
  const [fields, practices] = [knownFields(), knownPractices()];
  return {
    fields,
    practices,
    async refresh(db) {
      const changed = [await fields.refresh(db), await practices.refresh(db)];
      return changed.some(Boolean);
    },
  };
}
