import { docs } from './docs';
import { imports } from './imports';
import { leftovers } from './leftovers';
import { names } from './names';
import { size } from './size';
import { style } from './style';
import { tables } from './tables';
import { type Check, readTree, type Tree } from './tree';
import { writes } from './writes';

export const checks: Check[] = [imports, writes, tables, names, docs, style, size, leftovers];

export type Result = { name: string; findings: string[] };

/** Runs one check; one that has read nothing has proven nothing and is broken. */
export function runCheck(check: Check, tree: Tree): Result {
  const { read, findings } = check.run(tree);
  return {
    name: check.name,
    findings: read === 0 ? ['It has read nothing and so proves nothing.', ...findings] : findings,
  };
}

/** Runs all checks over the repository below `root`. */
export function runChecks(root: string): Result[] {
  const tree = readTree(root);
  return checks.map((check) => runCheck(check, tree));
}
