import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Scan, scan } from './scan';

/** A file of the repository; `path` is relative to its root and has forward slashes. */
export type SourceFile = { path: string; text: string };

/** The repository as the checks see it. */
export type Tree = {
  root: string;
  files: readonly SourceFile[];
  /** Files whose path matches. */
  select: (pattern: RegExp) => SourceFile[];
  file: (path: string) => SourceFile | undefined;
  /** What stands in a TypeScript file; read once. */
  scan: (file: SourceFile) => Scan;
};

/** What a check found: sentences that begin with the place, and how many files (or links, tables) it has looked at. */
export type Findings = { read: number; findings: string[] };

export type Check = { name: string; run: (tree: Tree) => Findings };

const passedOver = new Set(['node_modules', 'dist', 'data', '.git', '.cache', 'coverage']);
// Made by programs, at these places only.
const made = new Set(['screens', 'bench/results']);
const readable = /\.(ts|tsx|mjs|css|html|sql|md|json)$/;

function* walk(root: string, directory = ''): Generator<string> {
  const entries = readdirSync(join(root, directory), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = directory ? `${directory}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      if (!passedOver.has(entry.name) && !made.has(path)) yield* walk(root, path);
    } else if (readable.test(entry.name)) yield path;
  }
}

/** Reads the repository below `root`. */
export function readTree(root: string): Tree {
  const files = [...walk(root)].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  return treeOf(files, root);
}

export function treeOf(files: SourceFile[], root: string): Tree {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const scans = new Map<string, Scan>();
  return {
    root,
    files,
    select: (pattern) => files.filter((file) => pattern.test(file.path)),
    file: (path) => byPath.get(path),
    scan: (file) => {
      const known = scans.get(file.path) ?? scan(file.text);
      scans.set(file.path, known);
      return known;
    },
  };
}

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

/** The line, counted from 1, of a position in a text. */
export function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** Every match of a pattern with its line. */
export function* matches(text: string, pattern: RegExp): Generator<{ match: RegExpExecArray; line: number }> {
  const global = new RegExp(pattern.source, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`);
  for (const match of text.matchAll(global)) yield { match, line: lineAt(text, match.index) };
}
