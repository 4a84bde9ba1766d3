import { describe, expect, test } from 'vitest';
import { imports } from './imports';
import { findingsWith } from './planted';

const incident = 'src/practices/operation/incident';
const catalogue = 'src/practices/design/service-catalogue';

/** Each rule with a violation of it and the words that name it. */
const violations: [rule: string, path: string, text: string, said: RegExp][] = [
  ['no circles, by value', `${incident}/a.ts`, `import './b';`, /imports go round: .*a\.ts → .*b\.ts → .*a\.ts/],
  [
    'the kernel knows nobody',
    'src/kernel/x.ts',
    `import '../commons/people/people';`,
    /the kernel does not know the commons/,
  ],
  [
    'the kernel knows no practice',
    'src/kernel/x.ts',
    `import type { open } from '../practices/operation/incident';`,
    /the kernel does not know the practice operation\/incident/,
  ],
  [
    'the kernel knows no database tools',
    'src/kernel/x.ts',
    `import '../../db/pool';`,
    /the kernel does not know the database tools/,
  ],
  [
    'commons know only the kernel',
    'src/commons/people/x.ts',
    `const a = await import('../../practices/operation/incident');`,
    /the commons \(people\) does not know the practice/,
  ],
  [
    'a practice knows only those above it',
    `${catalogue}/x.ts`,
    `import { open } from '../../operation/incident';`,
    /operation\/incident does not stand above the practice design\/service-catalogue/,
  ],
  [
    'a practice is entered through its index',
    `${incident}/x.ts`,
    `import type { service } from '../../design/service-catalogue/service.contract';`,
    /entered through its index\.ts only/,
  ],
  [
    'views enter through the index too',
    'src/views/x.ts',
    `import { open } from '../practices/operation/incident/queries';`,
    /entered through its index\.ts only/,
  ],
  [
    'practices never look out at streams',
    `${incident}/x.ts`,
    `import '../../../value-streams/restore-service';`,
    /does not know the value stream restore-service/,
  ],
  [
    'practices never look out at views',
    `${incident}/x.ts`,
    `import '../../../views/my-work';`,
    /does not know the view my-work/,
  ],
  [
    'practices never look out at channels',
    `${incident}/x.ts`,
    `import '../../../channels/http/server';`,
    /does not know the channel http/,
  ],
  [
    'an unnamed practice has no place',
    'src/practices/operation/desk/x.ts',
    `import '../../../kernel/record';`,
    /operation\/desk is not named in throughline\.json/,
  ],
  [
    'an unnamed stream has no place',
    'src/value-streams/other/x.ts',
    `import '../../kernel/record';`,
    /value stream other is not named in throughline\.json/,
  ],
  [
    'a new part of the house is refused',
    'src/misc/x.ts',
    `import '../kernel/record';`,
    /src\/misc, which is no part of the house/,
  ],
  [
    'practices do not perform',
    `${incident}/x.ts`,
    `import { perform } from '../../../kernel/perform';`,
    /only value streams and channels perform/,
  ],
  [
    'views do not perform',
    'src/views/x.ts',
    `import { perform } from '../kernel/perform';`,
    /only value streams and channels perform; the view x does not/,
  ],
  [
    'commons do not perform',
    'src/commons/people/x.ts',
    `import type { perform } from '../../kernel/perform';`,
    /only value streams and channels perform/,
  ],
  [
    'commons do not perform on sets either',
    'src/commons/people/x.ts',
    `import { performSparing } from '../../kernel/perform-sparing';`,
    /only value streams and channels perform/,
  ],
  [
    'taking back is a door too',
    `${incident}/x.ts`,
    `import { undo } from '../../../commons/taking-back/take-back';`,
    /only value streams and channels perform/,
  ],
  [
    'its index does not hand it on',
    'src/commons/taking-back/index.ts',
    `export { undo } from './take-back';`,
    /only value streams and channels perform/,
  ],
  [
    'the kernel does not hand its door on',
    'src/kernel/index.ts',
    `export { perform } from './perform';`,
    /does not hand its door on/,
  ],
  [
    'streams do not meet',
    'src/value-streams/find-root-cause/x.ts',
    `import { go } from '../restore-service';`,
    /value streams do not meet/,
  ],
  [
    'rules are pure',
    `${incident}/x.rules.ts`,
    `import { sql } from 'kysely';`,
    /rules import nothing but rules and contracts/,
  ],
  [
    'rules do not import nouns',
    `${incident}/x.rules.ts`,
    `import type { open } from './queries';`,
    /rules import nothing but rules and contracts/,
  ],
  [
    'contracts are words',
    `${incident}/x.contract.ts`,
    `import { priority } from './priority.rules';`,
    /contracts import nothing but zod and contracts/,
  ],
  [
    'contracts use no package but zod',
    `${incident}/x.contract.ts`,
    `import x from 'kysely';`,
    /contracts import nothing but zod/,
  ],
  [
    'screens reach no server code',
    `${incident}/ui/x.tsx`,
    `import type { open } from '../queries';`,
    /screens of practices\/operation\/incident reaches server code/,
  ],
  [
    'the web reaches no server code',
    'src/web/x.ts',
    `import { perform } from '../kernel/perform';`,
    /the web application reaches server code/,
  ],
  [
    'screens use no server package',
    'src/web/x.ts',
    `import { readFileSync } from 'node:fs';`,
    /do not use the server's package node:fs/,
  ],
  [
    'the kit knows no practice',
    'src/web/kit/x.ts',
    `import type { priority } from '../../practices/operation/incident/priority.rules';`,
    /the kit knows no practice/,
  ],
  [
    'the server knows no screens',
    'src/channels/http/x.ts',
    `import '../../web/kit/button';`,
    /the channel http does not know the web application/,
  ],
  [
    'fastify stays in channels/http',
    'src/channels/worker/x.ts',
    `import fastify from 'fastify';`,
    /fastify belongs in src\/channels\/http only/,
  ],
  ['its plugins too', 'src/main.ts', `import cookie from '@fastify/cookie';`, /@fastify\/cookie belongs in/],
  [
    'React stays on screens',
    `${incident}/x.ts`,
    `import type { ReactNode } from 'react';`,
    /react belongs in src\/web and ui\/ only/,
  ],
  [
    'db is for main, channels and tools',
    'src/views/x.ts',
    `import { pool } from '../../db/pool';`,
    /the view x does not know the database tools/,
  ],
  [
    'db knows nothing of the product',
    'db/x.ts',
    `import '../src/kernel/record';`,
    /the database tools does not know the kernel/,
  ],
  ['the product knows no tests', 'src/kernel/x.ts', `import '../../test/x';`, /leads nowhere|does not know/],
  ['an import that leads nowhere', 'src/kernel/x.ts', `import './gone';`, /"\.\/gone" leads nowhere/],
];

describe('the import rules', () => {
  test.each(violations)('%s', (_rule, path, text, said) => {
    const planted = { [path]: text, [`${incident}/b.ts`]: `import './a';\nexport {};` };
    const found = findingsWith(imports, path.endsWith('/a.ts') ? planted : { [path]: text });
    expect(found.join('\n')).toMatch(said);
    expect(found.every((sentence) => sentence.startsWith(path))).toBe(true);
  });

  test('no circles, by type alone and over three files', () => {
    const found = findingsWith(imports, {
      'src/kernel/a.ts': `import type { B } from './b';\nexport type A = B;`,
      'src/kernel/b.ts': `import type { C } from './c';\nexport type B = C;`,
      'src/kernel/c.ts': `import type { A } from './a';\nexport type C = A;`,
    });
    expect(found).toEqual([
      'src/kernel/a.ts imports go round: src/kernel/a.ts → src/kernel/b.ts → src/kernel/c.ts → src/kernel/a.ts.',
    ]);
  });

  test('tests may import what they need', () => {
    const text = `import { perform } from '../../../kernel/perform';\nimport '../../../channels/http/server';`;
    expect(findingsWith(imports, { [`${incident}/x.test.ts`]: text })).toEqual([]);
  });

  test('without the order of practices the check proves nothing', () => {
    expect(findingsWith(imports, { 'throughline.json': null })).toContain('It has read nothing and so proves nothing.');
  });
});
