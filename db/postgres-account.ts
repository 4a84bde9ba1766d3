import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { DatabaseRefusal } from './postgres-binaries';

/** Who runs PostgreSQL; undefined ids mean the user of this process. */
export type Account = { name: string; uid?: number; gid?: number };

type PasswdEntry = { name: string; uid: number; gid: number };

function passwdEntries(): PasswdEntry[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map((fields) => ({ name: fields[0] as string, uid: Number(fields[2]), gid: Number(fields[3]) }));
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * The account for the database. PostgreSQL refuses root, so root lends it `nobody`, or whoever owns an existing
 * cluster. The account must have an entry in passwd, since PostgreSQL asks for its name.
 */
export function accountFor(cluster: string | null): Account {
  if (!isRoot()) return { name: 'self' };
  const entries = passwdEntries().filter((entry) => entry.uid !== 0);
  if (cluster) {
    const owner = statSync(cluster).uid;
    const entry = entries.find((candidate) => candidate.uid === owner);
    if (entry) return entry;
    throw new DatabaseRefusal(
      `The database in ${cluster} belongs to the user number ${owner}, who has no entry in /etc/passwd, so that root cannot run it.`,
    );
  }
  const entry = ['nobody', 'postgres', 'daemon'].flatMap((name) => entries.filter((one) => one.name === name))[0];
  if (!entry) {
    throw new DatabaseRefusal(
      'PostgreSQL does not run as root, and this system has no user "nobody" to lend it. Start as an ordinary user or set DATABASE_URL.',
    );
  }
  return entry;
}

/** Whether the account can enter the directory. Asked of the system itself, so that access lists count too. */
export function canEnter(account: Account, directory: string): boolean {
  if (account.uid === undefined) return true;
  const asked = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], {
    uid: account.uid,
    gid: account.gid,
    cwd: '/',
    stdio: 'ignore',
  });
  return asked.status === 0;
}
