import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileName = 'secret';

/**
 * The secret of this installation: what is set, else what lies beside the data; made there (for its owner alone) where there
 * is none yet. Throws where the folder can be neither read nor written.
 */
export function secretOf(set: string | undefined, dataDir: string): string {
  if (set) return set;
  const path = join(dataDir, fileName);
  const known = read(path);
  if (known) return known;
  mkdirSync(dataDir, { recursive: true });
  try {
    // Of two processes that start at once one makes it, the other reads it.
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
  const made = read(path);
  if (!made) throw new Error(`${path} is empty: it must hold the secret of this installation.`);
  return made;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}
