import { describe, expect, test } from 'vitest';
import { docs } from './docs';
import { leftovers } from './leftovers';
import { names } from './names';
import { findingsWith } from './planted';
import { size } from './size';
import { style } from './style';
import type { Check } from './tree';

const incident = 'src/practices/operation/incident';

function found(check: Check, path: string, text: string): string {
  return findingsWith(check, { [path]: text }).join('\n');
}

describe('the check names', () => {
  test.each([
    ['src/views/myWork.ts', '', 'not named in kebab-case'],
    ['src/views/My-work.ts', '', 'not named in kebab-case'],
    ['src/value-streams/restoreService/x.ts', '', 'the directory "restoreService"'],
    ['src/kernel/date-utils.ts', '', '"utils" says nothing'],
    ['src/kernel/lock-manager.ts', '', '"manager" says nothing'],
    ['src/kernel/service.ts', '', '"service" means only the thing of service management'],
    ['src/kernel/request-log.ts', '', '"request" means only'],
    ['src/views/x.ts', 'export class IncidentService {}', '"IncidentService" has an ending that says nothing'],
    ['src/views/x.ts', 'export interface QueueManager {}', '"QueueManager" has an ending'],
    ['src/views/x.ts', 'export type QueueDTO = {};', '"QueueDTO" has an ending'],
    [
      'src/kernel/x.ts',
      'export type DomainEvent = {};',
      '"DomainEvent": the kernel bears no word of service management',
    ],
  ])('finds %s with "%s"', (path, text, said) => {
    expect(found(names, path, text)).toContain(said);
  });
});

describe('the check docs', () => {
  test('finds a practice without a page', () => {
    expect(findingsWith(docs, { [`${incident}/README.md`]: null })).toEqual([
      `${incident} has no README.md that says what it is for.`,
    ]);
  });

  test.each([
    ['See [this](gone.md).', 'docs/x.md:1 the link to gone.md leads nowhere'],
    ['One\n\n![picture](pictures/gone.png "A picture")', 'docs/x.md:3 the link to pictures/gone.png leads nowhere'],
    ['<img alt="" src="gone.png">', 'the link to gone.png leads nowhere'],
    ['[out](../../etc/passwd)', 'leads nowhere'],
    ['Type `npm run fly`.', 'there is no command "npm run fly"'],
  ])('finds in a page: %s', (text, said) => {
    expect(found(docs, 'docs/x.md', text)).toContain(said);
  });

  test('links to the web, to a place on the page and inside code are no findings', () => {
    const text =
      '[a](https://example.org/x) [b](#here) [c](mailto:a@b.example) `[d](gone.md)`\n\n```\n[e](gone.md)\n```\n';
    expect(found(docs, 'docs/x.md', text)).toBe('');
  });
});

describe('the check style', () => {
  test.each([
    ['src/web/base.css', 'a { color: #1a2b3c; }', 'a colour belongs in tokens.css'],
    ['src/web/base.css', 'a { background: rgb(1 2 3); }', 'a colour belongs in tokens.css'],
    [`${incident}/ui/x.tsx`, `const a = <p style={{ color: '#fff' }} />;`, 'a colour belongs in tokens.css'],
    ['src/web/base.css', 'a { font-size: 13px; }', 'a font size belongs in tokens.css'],
    [`${incident}/ui/x.tsx`, 'const a = <p style={{ fontSize: 13 }} />;', 'a font size belongs in tokens.css'],
    [`${incident}/ui/x.tsx`, 'const a = <Text fz={13} />;', 'a font size belongs in tokens.css'],
    ['src/web/base.css', 'a { box-shadow: 0 1px 2px black; }', 'a shadow belongs in tokens.css'],
    [`${incident}/ui/x.tsx`, `const a = { boxShadow: '0 1px 2px black' };`, 'a shadow belongs in tokens.css'],
    ['src/kernel/x.ts', 'export const a = Date.now();', 'time is an argument'],
    ['src/commons/people/x.ts', 'export const a = new Date();', 'time is an argument'],
    ['src/views/x.ts', 'export const a = sql`select now()`;', 'time is an argument'],
    [`${incident}/x.ts`, 'export const a = sql`select current_date`;', 'time is an argument'],
    [`${incident}/incident.sql`, 'create table incident (at timestamptz default now());', 'time is an argument'],
    ['src/value-streams/restore-service/x.ts', 'const a = new Date;', 'time is an argument'],
  ])('finds in %s: %s', (path, text, said) => {
    expect(found(style, path, text)).toContain(said);
  });

  test.each([
    ['src/clock.ts', 'export const now = () => new Date();'],
    ['src/kernel/x.ts', '// Date.now() is not used\nexport const a = (at: number) => new Date(at);'],
    ['src/web/x.tsx', `const a = <a href="#add" id="x">&#169; {Date.now()}</a>;`],
    ['src/web/base.css', '/* #fff */ #main { width: 12px; box-shadow: none; font-size: var(--size); }'],
  ])('finds nothing in %s: %s', (path, text) => {
    expect(found(style, path, text)).toBe('');
  });
});

describe('the check size', () => {
  test('finds a file of more than 400 lines, and none of 400', () => {
    const lines = (count: number) => 'export {};\n'.repeat(count);
    expect(found(size, 'src/kernel/x.ts', lines(401))).toBe('src/kernel/x.ts has 401 lines; 400 is the limit.');
    expect(found(size, 'src/kernel/x.ts', lines(400))).toBe('');
  });
});

describe('the check leftovers', () => {
  test.each([
    ['src/kernel/x.ts', '// TODO: later'],
    ['docs/x.md', 'This is not implemented yet.'],
    ['src/kernel/x.test.ts', `test.only('a', () => {});`],
    ['src/kernel/x.test.ts', `describe.skip('a', () => {});`],
    ['src/kernel/x.ts', '// biome-ignore lint: why'],
    ['src/kernel/x.ts', '// @ts-nocheck'],
    ['docs/x.md', ['Look in', '', 'work', 'main.'].join('/')],
  ])('finds in %s: %s', (path, text) => {
    expect(found(leftovers, path, text)).toContain(path);
  });
});
