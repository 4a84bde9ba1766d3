import { called, zoneOf } from './house';
import { builtIn, mayName, namedIn, ownNames, piecesOf, tableOwners } from './sql';
import type { Check, Findings } from './tree';

/** A part's SQL names only its own tables and those above it. */
export const tables: Check = {
  name: 'tables',
  run: (tree): Findings => {
    const owners = tableOwners(tree);
    const findings = new Set<string>();
    const look = (path: string, line: number, table: string) => {
      const owner = owners.get(table);
      const from = zoneOf(path);
      if (!owner || from.kind === 'db' || mayName(tree, from, owner)) return;
      findings.add(`${path}:${line} ${called(from)} names the table "${table}" of ${called(owner)}.`);
    };
    const pieces = piecesOf(tree);
    for (const { file, text, line } of pieces) {
      const own = ownNames(text);
      for (const named of namedIn(text, line)) if (!own.has(named.table)) look(file.path, named.line, named.table);
    }
    for (const file of tree.select(/^src\/.*\.tsx?$/)) {
      for (const { table, line } of builtIn(tree, file)) look(file.path, line, table);
    }
    return { read: owners.size === 0 ? 0 : pieces.length, findings: [...findings] };
  },
};
