import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCheck } from './main';
import { type Check, readTree } from './tree';

/** A small house in order, to plant a violation into. */
export const soundHouse: Record<string, string> = {
  'throughline.json': JSON.stringify({
    floors: ['design', 'operation'],
    practices: ['design/service-catalogue', 'operation/problem', 'operation/incident'],
    valueStreams: ['restore-service', 'find-root-cause'],
  }),
  'package.json': JSON.stringify({ scripts: { start: 'x', test: 'x', check: 'x' } }),
  'README.md': '# House\n\nType `npm start`, read [the guide](docs/guide.md).\n',
  'docs/guide.md': '# Guide\n\nBack to [the start](../README.md#house).\n',
  'db/migrations/0001-first.sql':
    'create table record (id uuid); create table history (id uuid); create table history_seal (seq bigint);\n' +
    'create table session (id uuid); create table incident (id uuid); create table service (id uuid); create table comment (id uuid);',
  'src/main.ts': `import { log } from './channels/http/server';\nimport { pool } from '../db/pool';\nlog(pool);\n`,
  'db/pool.ts': 'export const pool = 1;\n',
  'src/kernel/kernel.sql':
    'create table record (id uuid);\ncreate table history (id uuid);\ncreate table history_seal (seq bigint);\ncreate table session (id uuid);\n',
  'src/kernel/record.ts': `import { sql } from 'kysely';\nexport const write = sql\`insert into record (id) values (1)\`;\n`,
  'src/kernel/perform.ts': `import { write } from './record';\nexport const perform = () => write;\n`,
  'src/kernel/perform-sparing.ts': `import { perform } from './perform';\nexport const performSparing = () => perform();\n`,
  'src/commons/taking-back/take-back.ts': `import { perform } from '../../kernel/perform';\nexport const undo = () => perform();\n`,
  'checks/technical-tables.ts': `export const technicalTables = [\n  { table: 'session', writer: 'src/commons/people', why: 'A session is no record.' },\n];\n`,
  'src/commons/people/people.ts': `import { sql } from 'kysely';\nimport '../../kernel/record';\nexport const close = sql\`delete from session where id = 1\`;\n`,
  'src/commons/conversation/conversation.sql': 'create table comment (id uuid);\n',
  'src/practices/design/service-catalogue/README.md': '# Services\n',
  'src/practices/design/service-catalogue/service.contract.ts': `import { z } from 'zod';\nexport const service = z.string();\n`,
  'src/practices/design/service-catalogue/service.sql': 'create table service (id uuid);\n',
  'src/practices/design/service-catalogue/index.ts': `export { service } from './service.contract';\n`,
  'src/practices/operation/incident/README.md': '# Incidents\n',
  'src/practices/operation/incident/priority.rules.ts': `import type { service } from './incident.contract';\nexport const priority = (_: typeof service) => 1;\n`,
  'src/practices/operation/incident/incident.contract.ts': `export { service } from '../../design/service-catalogue/service.contract';\n`,
  'src/practices/operation/incident/incident.sql': 'create table incident (id uuid); -- of a service\n',
  'src/practices/operation/incident/queries.ts': `import { sql } from 'kysely';\nimport { service } from '../../design/service-catalogue';\nexport const open = sql\`select * from incident join service using (id)\`;\nexport const s = service;\n`,
  'src/practices/operation/incident/index.ts': `export { open } from './queries';\n`,
  'src/practices/operation/incident/ui/queue.tsx': `import { useState } from 'react';\nimport { Button } from '../../../../web/kit/button';\nimport { priority } from '../priority.rules';\nexport const Queue = () => <Button color="var(--red)">{priority} {useState}</Button>;\n`,
  'src/value-streams/restore-service/index.ts': `import { perform } from '../../kernel/perform';\nimport { open } from '../../practices/operation/incident';\nexport const go = () => perform() && open;\n`,
  'src/views/my-work.ts': `import { open } from '../practices/operation/incident';\nexport const work = open;\n`,
  'src/channels/http/server.ts': `import fastify from 'fastify';\nimport { perform } from '../../kernel/perform';\nimport { work } from '../../views/my-work';\nexport const log = (x: unknown) => [fastify, perform, work, x];\n`,
  'src/web/kit/button.tsx': `import { Button } from '@mantine/core';\nexport { Button };\n`,
  'src/web/tokens.css': ':root { --red: #ff0000; --size: 14px; font-size: 14px; }\n',
  'src/web/base.css': 'body { color: var(--red); box-shadow: var(--shadow); margin: 4px; }\n',
};

/** What a check finds in the sound house with these files added or changed (null: taken away). */
export function findingsWith(check: Check, planted: Record<string, string | null>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'house-'));
  try {
    for (const [path, text] of Object.entries({ ...soundHouse, ...planted })) {
      if (text === null) continue;
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return runCheck(check, readTree(root)).findings;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** What a check says of an empty directory. */
export function findingsOfNothing(check: Check): string[] {
  const root = mkdtempSync(join(tmpdir(), 'house-'));
  try {
    return runCheck(check, readTree(root)).findings;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
