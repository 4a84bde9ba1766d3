import { type Db, rows, sql } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import type { CustomFields } from '../../kernel/house';
import { type CustomFieldRow, fieldOf } from './custom-field';

/** The organisation's fields as this process knows them. */
export interface KnownFields extends CustomFields {
  /** Reads them anew when any was changed, here or by another server. Answers whether they were. */
  refresh(db: Db): Promise<boolean>;
}

export function knownFields(): KnownFields {
  let fields = new Map<string, Record<string, Field>>();
  let version = 0;
  let seen = '';
  const refresh = async (db: Db) => {
    const found = await rows<CustomFieldRow>(
      db,
      sql`select f.record_type, f.key, r.title as label, f.kind, f.choices, f.required, f.help
          from custom_field f join record r on r.id = f.id where r.state = 'active' order by r.serial`,
    );
    const now = JSON.stringify(found);
    if (now === seen) return false;
    seen = now;
    fields = new Map();
    for (const row of found) fields.set(row.record_type, { ...fields.get(row.record_type), [row.key]: fieldOf(row) });
    version += 1;
    return true;
  };
  return {
    of: (type) => fields.get(type) ?? {},
    version: () => version,
    refresh,
  };
}
