import { zoneOf } from './house';
import { type Check, type Findings, isTest, matches, type SourceFile, type Tree } from './tree';

const tokens = 'src/web/tokens.css';

type Finder = { pattern: RegExp; sentence: string };

const looks: Finder[] = [
  {
    pattern: /(?<![\w&#/=-])(?<!(?:href|to)=\{?["'`])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b(?![-\w])/i,
    sentence: 'a colour belongs in tokens.css',
  },
  { pattern: /\b(?:rgb|rgba|hsl|hsla|oklch|oklab|lab|lch)\(\s*[\d.]/i, sentence: 'a colour belongs in tokens.css' },
  { pattern: /\bfont-size\s*:\s*[\d.]+(?:px|pt)\b/i, sentence: 'a font size belongs in tokens.css' },
  { pattern: /\bfontSize\s*[:=]\s*\{?\s*['"]?[\d.]+(?:px|pt)?\b/, sentence: 'a font size belongs in tokens.css' },
  { pattern: /\bfz=(?:\{\s*\d|["']\d+(?:px)?["'])/, sentence: 'a font size belongs in tokens.css' },
  { pattern: /\bfont\s*:\s*[^;{}]*\b\d+px/i, sentence: 'a font size belongs in tokens.css' },
  {
    pattern: /\bbox-shadow\s*:\s*(?!\s*(?:var\(|none|inherit|unset|initial))[^;]/i,
    sentence: 'a shadow belongs in tokens.css',
  },
  { pattern: /\bboxShadow\s*:\s*['"](?!var\(|none|inherit|unset)/, sentence: 'a shadow belongs in tokens.css' },
  { pattern: /\bdrop-shadow\(\s*(?!var\()/i, sentence: 'a shadow belongs in tokens.css' },
];

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, (piece) => piece.replace(/[^\n]/g, ' ')).replace(/(^|\s)\/\/.*$/gm, '$1');

const isScreen = (path: string): boolean => /^src\/(web\/|.*\/ui\/)/.test(path) && !isTest(path);

function lookFindings(file: SourceFile): string[] {
  const text = withoutComments(file.text);
  return looks.flatMap(({ pattern, sentence }) =>
    [...matches(text, pattern)].map(({ match, line }) => `${file.path}:${line} ${sentence}: ${match[0].trim()}`),
  );
}

const domain = new Set(['kernel', 'commons', 'practice', 'stream', 'view']);

const clockCalls =
  /\bDate\.now\s*\(|\bnew\s+Date\s*(?:\(\s*\)|(?![\s(\w]))|(?<![\w.])(?<!new\s)Date\s*\(\s*\)|\bTemporal\.Now\b/;
const sqlClock =
  /\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(\s*\)|\bcurrent_(?:timestamp|date|time)\b|\blocal(?:time|timestamp)\b/i;

function timeFindings(tree: Tree, file: SourceFile): string[] {
  const sentence = 'time is an argument in the domain, never asked for';
  const places: { line: number; said: string }[] = [];
  if (file.path.endsWith('.sql')) {
    const text = file.text.replace(/--[^\n]*/g, '');
    for (const { match, line } of matches(text, sqlClock)) places.push({ line, said: match[0] });
  } else {
    const { code, literals } = tree.scan(file);
    for (const { match, line } of matches(code, clockCalls)) places.push({ line, said: match[0] });
    for (const { tag, text, line } of literals) {
      const found = tag !== null && /(^|\.)sql$/.test(tag) ? sqlClock.exec(text) : null;
      if (found) places.push({ line, said: found[0] });
    }
  }
  return places.map(({ line, said }) => `${file.path}:${line} ${sentence}: ${said.trim()}`);
}

/** Looks live in the tokens, and the domain asks nobody for the time. */
export const style: Check = {
  name: 'style',
  run: (tree): Findings => {
    const screens = tree.select(/\.(css|ts|tsx|html)$/).filter((file) => isScreen(file.path) && file.path !== tokens);
    const timeless = tree
      .select(/^src\/.*\.(ts|sql)$/)
      .filter((file) => domain.has(zoneOf(file.path).kind) && !isTest(file.path));
    return {
      read: screens.length === 0 || timeless.length === 0 ? 0 : screens.length + timeless.length,
      findings: [...screens.flatMap(lookFindings), ...timeless.flatMap((file) => timeFindings(tree, file))],
    };
  },
};
