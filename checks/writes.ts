import { called, zoneOf } from './house';
import { builtIn, createdIn, knownTables, ownNames, piecesOf, tableOwners, type Written, writtenIn } from './sql';
import { type Check, type Findings, isTest, type Tree } from './tree';

type Technical = { table: string; column: string | null; writer: string; why: string };

const listPath = 'checks/technical-tables.ts';

const entry =
  /\btable:\s*'([^']*)'\s*,\s*(?:column:\s*'([^']*)'\s*,\s*)?writer:\s*'([^']*)'\s*,\s*why:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`([^`]*)`)/g;

/** The list of technical tables, read as text: the checks load nothing of what they judge. */
export function technicalTables(tree: Tree): Technical[] {
  const text = tree.file(listPath)?.text ?? '';
  return [...text.matchAll(entry)].map((match) => ({
    table: match[1] as string,
    column: match[2] ?? null,
    writer: match[3] as string,
    why: match[4] ?? match[5] ?? match[6] ?? '',
  }));
}

function listFindings(tree: Tree, technical: Technical[], known: Set<string>): string[] {
  const seen = new Set<string>();
  return technical.flatMap(({ table, column, writer, why }) => {
    const findings: string[] = [];
    const what = column ? `${table}.${column}` : table;
    if (seen.has(what)) findings.push(`${listPath} names "${what}" twice; it has one writer.`);
    seen.add(what);
    if (!known.has(table)) findings.push(`${listPath} names "${table}", which no migration creates.`);
    if (why.trim() === '') findings.push(`${listPath} does not say why "${table}" is no record.`);
    if (!tree.files.some((file) => file.path.startsWith(writer))) {
      findings.push(`${listPath} names the writer "${writer}" of "${table}", which is not there.`);
    }
    return findings;
  });
}

const isWriter = (path: string, writer: string): boolean =>
  path === writer || path.startsWith(writer.endsWith('/') || writer.endsWith('.ts') ? writer : `${writer}/`);

/** Records and history are written by the kernel's door alone, technical tables by the writer the list names. */
export const writes: Check = {
  name: 'writes',
  run: (tree): Findings => {
    const technical = technicalTables(tree);
    const writers = new Map(technical.filter((one) => one.column === null).map((one) => [one.table, one]));
    const ofColumns = technical.filter((one) => one.column !== null);
    const known = knownTables(tree);
    const owners = tableOwners(tree);
    const findings = new Set(listFindings(tree, technical, known));

    const judge = (path: string, { table, line, column }: Written) => {
      const zone = zoneOf(path);
      const place = `${path}:${line}`;
      if (table === null) {
        if (zone.kind !== 'kernel' && zone.kind !== 'db') {
          findings.add(`${place} ${called(zone)} writes into a table that is filled in; only the kernel may.`);
        }
        return;
      }
      if (zone.kind === 'db' && table === 'migration') return;
      const ofColumn = ofColumns.find((one) => one.table === table && one.column === column);
      if (ofColumn && isWriter(path, ofColumn.writer)) return;
      const listed = writers.get(table);
      if (listed) {
        if (!isWriter(path, listed.writer)) {
          findings.add(`${place} writes into "${table}", whose only writer is ${listed.writer}.`);
        }
        return;
      }
      if (!known.has(table)) {
        findings.add(`${place} writes into "${table}", which no migration creates.`);
        return;
      }
      const owner = owners.get(table);
      if (zone.kind === 'kernel' && (!owner || owner.kind === 'kernel')) return;
      findings.add(
        `${place} ${called(zone)} writes into "${table}". Records change by a verb; a technical table is named in ${listPath}.`,
      );
    };

    const pieces = piecesOf(tree);
    let read = 0;
    for (const { file, text, line } of pieces) {
      // A definition may give its own table the rows it begins with.
      const own = new Set([...ownNames(text), ...(file.path.endsWith('.sql') ? createdIn(text) : [])]);
      for (const written of writtenIn(text, line)) {
        read += 1;
        if (written.table === null || !own.has(written.table)) judge(file.path, written);
      }
    }
    for (const file of tree.select(/^(src|db)\/.*\.tsx?$/).filter((one) => !isTest(one.path))) {
      for (const built of builtIn(tree, file).filter((one) => one.writes)) {
        read += 1;
        judge(file.path, { ...built, column: null });
      }
    }
    return { read: known.size > 1 ? read : 0, findings: [...findings] };
  },
};
