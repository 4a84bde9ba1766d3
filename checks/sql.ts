import { readOrder, type Zone, zoneOf } from './house';
import { hole } from './scan';
import { isTest, lineAt, type SourceFile, type Tree } from './tree';

/** A piece of SQL: a whole `*.sql` file, or a text in TypeScript that is SQL by its tag or by its first word. */
export type Piece = { file: SourceFile; text: string; line: number };

const name = '"?([a-z_][a-z0-9_]*)"?';

const looksLikeSql =
  /^\s*(--.*\n\s*)*(with|select|insert\s+into|update|delete\s+from|merge\s+into|truncate|copy|create|alter|lock)\b/i;

/** The SQL of the product's own files; migrations, tests and tools are left out. */
export function piecesOf(tree: Tree): Piece[] {
  const sources = tree.select(/^(src|db)\/.*\.(ts|tsx|sql)$/);
  const wanted = sources.filter((file) => !isTest(file.path) && !file.path.startsWith('db/migrations/'));
  return wanted.flatMap((file): Piece[] => {
    if (file.path.endsWith('.sql')) return [{ file, text: withoutComments(file.text), line: 1 }];
    return tree
      .scan(file)
      .literals.filter(({ tag, text }) => isSqlTag(tag) || looksLikeSql.test(text))
      .map(({ text, line }) => ({ file, text: withoutComments(text), line }));
  });
}

const isSqlTag = (tag: string | null): boolean => tag !== null && /(^|\.)sql$/.test(tag);

/** Blanks comments and texts in quotes, keeping every line where it was. */
export function withoutComments(text: string): string {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (piece) => piece.replace(/[^\n]/g, ' '));
}

/** Who owns which table: from `create table` in the `*.sql` beside kernel, commons and practices. */
export function tableOwners(tree: Tree): Map<string, Zone> {
  const owners = new Map<string, Zone>();
  for (const file of tree.select(/^src\/.*\.sql$/)) {
    for (const table of createdIn(file.text)) owners.set(table, zoneOf(file.path));
  }
  return owners;
}

const createTable = new RegExp(
  String.raw`\bcreate\s+(?:unlogged\s+)?(?:table|(?:materialized\s+)?view)\s+(?:if\s+not\s+exists\s+)?${name}`,
  'gi',
);

export function createdIn(text: string): string[] {
  return [...withoutComments(text).matchAll(createTable)].map((match) => match[1] as string);
}

/** Every table the migrations and definitions create. */
export function knownTables(tree: Tree): Set<string> {
  const files = tree.select(/^(src\/.*|db\/migrations\/.*)\.sql$/);
  return new Set([...files.flatMap((file) => createdIn(file.text)), 'migration']);
}

/** Tables a piece of SQL makes for itself: temporary ones and `with` names. */
export function ownNames(text: string): Set<string> {
  const temporary = text.matchAll(
    new RegExp(String.raw`\bcreate\s+temp(?:orary)?\s+table\s+(?:if\s+not\s+exists\s+)?${name}`, 'gi'),
  );
  const common = text.matchAll(
    new RegExp(
      String.raw`(?:\bwith\s+(?:recursive\s+)?|,\s*)${name}\s*(?:\([^()]*\)\s*)?as\s+(?:not\s+)?(?:materialized\s+)?\(`,
      'gi',
    ),
  );
  return new Set([...temporary, ...common].map((match) => match[1] as string));
}

const target = String.raw`(?:"?public"?\.)?(?:"?([a-z_][a-z0-9_]*)"?|(${hole}))`;

const writing: RegExp[] = [
  String.raw`\binsert\s+into\s+${target}`,
  String.raw`\bupdate\s+(?:only\s+)?${target}(?:\s+(?:as\s+)?(?!set\b)[a-z_]\w*)?\s+set\b`,
  String.raw`\bdelete\s+from\s+(?:only\s+)?${target}`,
  String.raw`\bmerge\s+into\s+(?:only\s+)?${target}`,
  String.raw`\btruncate\s+(?:table\s+)?(?:only\s+)?${target}`,
  String.raw`\bcopy\s+${target}\s*(?:\([^()]*\)\s*)?from\b`,
].map((source) => new RegExp(source, 'gi'));

export type Written = {
  /** Null for a table that is filled in and so not named. */
  table: string | null;
  line: number;
  /** The column, when an update sets one alone and names it. */
  column: string | null;
};

/** The column an update sets, when it is a single one; read from behind the word `set`. */
function onlyColumn(rest: string): string | null {
  const clause = rest.split(/\b(?:from|where|returning)\b/i)[0] as string;
  const assigned = [...clause.matchAll(/(?:^|,)\s*([a-z_][a-z0-9_]*)\s*=/gi)].map((match) => match[1] as string);
  return assigned.length === 1 && !clause.trimStart().startsWith(hole) ? (assigned[0] as string) : null;
}

/** What a text writes into, with the line. */
export function writtenIn(text: string, firstLine = 1): Written[] {
  return writing.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({
      table: match[1] ?? null,
      line: firstLine + lineAt(text, match.index) - 1,
      column: /\bset$/i.test(match[0]) ? onlyColumn(text.slice(match.index + match[0].length)) : null,
    })),
  );
}

const naming =
  /\b(?:from|join|into|update|references|table|only|using)\s+(?:only\s+)?(?:"?public"?\.)?"?([a-z_][a-z0-9_]*)"?/gi;

const endOfFrom =
  /^(?:where|group|order|having|limit|offset|fetch|union|except|intersect|window|returning|for|set|on)\b/i;

const further = /^,\s*(?:lateral\s+)?(?:"?public"?\.)?"?([a-z_][a-z0-9_]*)/i;

/** The second and further tables of `from a, b x, c`: the first words after commas at the depth of their `from`. */
function* afterCommas(text: string): Generator<{ table: string; at: number }> {
  for (const from of text.matchAll(/\b(?:from|using)\s/gi)) {
    let depth = 0;
    for (let at = from.index + from[0].length; at < text.length; at += 1) {
      const one = text[at] as string;
      if (one === '(') depth += 1;
      if (one === ')') depth -= 1;
      if (depth < 0 || one === ';') break;
      if (depth > 0) continue;
      if (/\s/.test(text[at - 1] as string) && endOfFrom.test(text.slice(at, at + 12))) break;
      const table = one === ',' ? further.exec(text.slice(at, at + 120))?.[1] : undefined;
      if (table) yield { table, at };
    }
  }
}

/** The words in the place of a table, with the line; what is no table among them the caller knows. */
export function namedIn(text: string, firstLine = 1): { table: string; line: number }[] {
  const found = [
    ...[...text.matchAll(naming)].map((match) => ({ table: match[1] as string, at: match.index })),
    ...afterCommas(text),
  ];
  return found.map(({ table, at }) => ({ table, line: firstLine + lineAt(text, at) - 1 }));
}

const builder =
  /\b(selectFrom|innerJoin|leftJoin|rightJoin|fullJoin|insertInto|replaceInto|updateTable|deleteFrom|mergeInto)\s*(?:<[^()]*>)?\(\s*$/;

const builderWrites = new Set(['insertInto', 'replaceInto', 'updateTable', 'deleteFrom', 'mergeInto']);

/** Tables named to the query builder: `insertInto('record')`. */
export function builtIn(tree: Tree, file: SourceFile): { table: string; line: number; writes: boolean }[] {
  if (!/\.tsx?$/.test(file.path)) return [];
  const { code, literals } = tree.scan(file);
  return literals.flatMap(({ text, line, position }) => {
    const verb = builder.exec(code.slice(Math.max(0, position - 120), position))?.[1];
    const table = /^\w+/.exec(text)?.[0];
    return verb && table ? [{ table, line, writes: builderWrites.has(verb) }] : [];
  });
}

/** Whether a part of the house may name a table of another in its SQL. */
export function mayName(tree: Tree, from: Zone, owner: Zone): boolean {
  if (from.kind === owner.kind && from.name === owner.name) return true;
  if (owner.kind === 'kernel') return true;
  if (from.kind === 'kernel') return false;
  if (owner.kind === 'commons') return true;
  if (from.kind === 'commons') return false;
  if (from.kind !== 'practice') return true;
  const { practices } = readOrder(tree);
  const above = practices.indexOf(owner.name);
  return above !== -1 && above < practices.indexOf(from.name);
}
