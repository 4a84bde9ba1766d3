import { describe, expect, test } from 'vitest';
import { hole, scan } from './scan';

const imported = (text: string) => scan(text).imports.map((one) => one.from);

describe('the scanner', () => {
  test('finds every form of import, types too', () => {
    const text = `
import a from './a';
import type { B } from "./b";
import './c.css';
import {
  d,
  type D,
} from './d';
export * from './e';
export type { F } from './f';
const g = await import('./g');
type H = typeof import('./h');
const i = require('./i');`;
    expect(imported(text).sort()).toEqual(['./a', './b', './c.css', './d', './e', './f', './g', './h', './i']);
  });

  test('is not misled by comments, strings, templates and regular expressions', () => {
    const text = [
      `// import a from './a'`,
      `/* import b from './b' */`,
      `const s = "import c from './c'";`,
      `const t = \`import d from './d' \${ /* ' */ [1].map((x) => \`\${x}'\`) }\`;`,
      `const r = /['"]/.test(s) ? 1 / 2 : 3 / 4;`,
      `import e from './e';`,
    ].join('\n');
    expect(imported(text)).toEqual(['./e']);
  });

  test("an apostrophe in a screen's text hides nothing below it", () => {
    const text = `const x = <p>Don't</p>;\nconst y = import('./y');\nconst z = <br />;\nconst w = import('./w');`;
    expect(imported(text)).toEqual(['./y', './w']);
  });

  test('knows the tag of a template, generics included, and marks what is filled in', () => {
    const text = `await sql<{ a: number }>\`select \${a} from \${sql.id(\`t\`)} where b\`.execute(db); const p = \`plain\`;`;
    expect(scan(text).literals.map(({ text, tag }) => ({ text, tag }))).toEqual([
      { text: `select ${hole} from ${hole} where b`, tag: 'sql' },
      { text: 't', tag: null },
      { text: 'plain', tag: null },
    ]);
  });

  test('keeps positions and lines', () => {
    const text = `\n\nimport a from './a'; // no\nconst b = 'x';`;
    const found = scan(text);
    expect(found.code.length).toBe(text.length);
    expect(found.imports[0]?.line).toBe(3);
    expect(found.literals.at(-1)).toMatchObject({ text: 'x', line: 4 });
  });
});
