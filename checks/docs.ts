import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dirname, normalize } from 'node:path/posix';
import { type Check, type Findings, matches, type SourceFile, type Tree } from './tree';

const link = /!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|<(?:img|a)\s[^>]*?(?:src|href)="([^"]+)"/;

const isElsewhere = (to: string): boolean => /^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(to);

/** Code in a page shows links without being one. */
const withoutCode = (text: string): string =>
  text.replace(/```[\s\S]*?```|`[^`\n]*`/g, (piece) => piece.replace(/[^\n]/g, ' '));

function linksOf(tree: Tree, file: SourceFile): { count: number; findings: string[] } {
  const findings: string[] = [];
  let count = 0;
  for (const { match, line } of matches(withoutCode(file.text), link)) {
    const to = (match[1] ?? match[2]) as string;
    if (isElsewhere(to)) continue;
    count += 1;
    const path = decodeURIComponent(to.split('#')[0] as string);
    const target = normalize(path.startsWith('/') ? path.slice(1) : join(dirname(file.path), path));
    if (target.startsWith('..') || !existsSync(join(tree.root, target))) {
      findings.push(`${file.path}:${line} the link to ${to} leads nowhere.`);
    }
  }
  return { count, findings };
}

const ownWords = new Set(['ci', 'install', 'run', 'exec', 'audit', 'ls', 'view', 'update', 'outdated', 'version']);

function commandsOf(tree: Tree, file: SourceFile): string[] {
  const { scripts } = JSON.parse(tree.file('package.json')?.text ?? '{}') as { scripts?: Record<string, string> };
  const findings: string[] = [];
  for (const { match, line } of matches(file.text, /\bnpm (run )?([a-z][a-z0-9:-]*)/)) {
    const word = match[2] as string;
    const isCommand = match[1] !== undefined || ['start', 'test'].includes(word);
    if (!isCommand && (ownWords.has(word) || !/`[^`]*$/.test(lineUpTo(file.text, match.index)))) continue;
    if (!scripts?.[word]) findings.push(`${file.path}:${line} there is no command "npm run ${word}".`);
  }
  return findings;
}

const lineUpTo = (text: string, at: number): string => text.slice(text.lastIndexOf('\n', at) + 1, at);

function readmes(tree: Tree): string[] {
  const practices = new Set(
    tree.select(/^src\/practices\/[^/]+\/[^/]+\//).map((file) => file.path.split('/').slice(0, 4).join('/')),
  );
  return [...practices]
    .filter((path) => !tree.file(`${path}/README.md`)?.text.trim())
    .map((path) => `${path} has no README.md that says what it is for.`);
}

/** Pages that exist, links that lead somewhere, commands that can be typed. */
export const docs: Check = {
  name: 'docs',
  run: (tree): Findings => {
    const pages = tree.select(/\.md$/);
    const findings = readmes(tree);
    if (!tree.file('README.md')) findings.push('README.md is missing.');
    for (const page of pages) findings.push(...linksOf(tree, page).findings, ...commandsOf(tree, page));
    return { read: pages.length, findings };
  },
};
