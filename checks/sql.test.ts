import { describe, expect, test } from 'vitest';
import { findingsWith } from './planted';
import { tables } from './tables';
import { writes } from './writes';

const incident = 'src/practices/operation/incident';
const tagged = (statement: string) => `import { sql } from 'kysely';\nexport const x = sql\`${statement}\`;\n`;

describe('the check writes', () => {
  test.each([
    ['insert into record (id) values (1)', 'record'],
    ['update history set id = 1', 'history'],
    ['with a as (select 1) delete from history_seal where seq = 1', 'history_seal'],
    ['update incident i set id = 2 where i.id = 1', 'incident'],
    ['merge into service s using record r on true when matched then do nothing', 'service'],
    ['truncate table incident', 'incident'],
    ['copy incident (id) from stdin', 'incident'],
    ['INSERT INTO "record" VALUES (1)', 'record'],
  ])('finds "%s" in a practice', (statement, table) => {
    expect(findingsWith(writes, { [`${incident}/x.ts`]: tagged(statement) })).toEqual([
      `${incident}/x.ts:2 the practice operation/incident writes into "${table}". Records change by a verb; a technical table is named in checks/technical-tables.ts.`,
    ]);
  });

  test('finds it in a plain text given to the driver, and with the query builder', () => {
    const plain = `export const x = (c: any) => c.query('update record set version = 2');`;
    expect(findingsWith(writes, { 'src/channels/worker/x.ts': plain })[0]).toContain('writes into "record"');
    const built = `export const x = (db: any) => db\n  .insertInto('history').values({});`;
    expect(findingsWith(writes, { 'src/views/x.ts': built })[0]).toContain('the view x writes into "history"');
  });

  test('a practice table is nobody else’s either, not even the kernel’s by name', () => {
    expect(findingsWith(writes, { 'src/kernel/x.ts': tagged('delete from incident') })[0]).toContain(
      'writes into "incident"',
    );
  });

  test('a technical table has one writer', () => {
    expect(findingsWith(writes, { 'src/channels/http/x.ts': tagged('delete from session') })).toEqual([
      'src/channels/http/x.ts:2 writes into "session", whose only writer is src/commons/people.',
    ]);
  });

  test('a table that is filled in, and one that no migration creates', () => {
    const filled = tagged('insert into $' + '{sql.table(t)} values (1)');
    expect(findingsWith(writes, { 'src/views/x.ts': filled })[0]).toContain('writes into a table that is filled in');
    expect(findingsWith(writes, { 'src/kernel/x.ts': filled })).toEqual([]);
    expect(findingsWith(writes, { 'src/kernel/x.ts': tagged('insert into nowhere values (1)') })[0]).toContain(
      '"nowhere", which no migration creates',
    );
  });

  test('a list entry without table, writer or reason is found', () => {
    const list = `export const technicalTables = [
      { table: 'gone', writer: 'src/commons/people', why: 'x' },
      { table: 'session', writer: 'src/nobody', why: 'x' },
      { table: 'comment', writer: 'src/commons/people', why: '' },
    ];`;
    const found = findingsWith(writes, { 'checks/technical-tables.ts': list }).join('\n');
    expect(found).toMatch(/names "gone", which no migration creates/);
    expect(found).toMatch(/the writer "src\/nobody" of "session", which is not there/);
    expect(found).toMatch(/does not say why "comment"/);
  });

  test('one computed column may have a writer of its own, and only that column', () => {
    const list = `export const technicalTables = [
      { table: 'session', writer: 'src/commons/people', why: 'x' },
      { table: 'record', column: 'due_at', writer: 'src/practices/operation/incident/queries.ts', why: 'Computed.' },
    ];`;
    const found = (path: string, statement: string) =>
      findingsWith(writes, { 'checks/technical-tables.ts': list, [path]: tagged(statement) });
    const own = `${incident}/queries.ts`;
    expect(found(own, 'update record r set due_at = d.at from d where r.version = 1')).toEqual([]);
    expect(found(own, 'update record set due_at = 1, version = 2')).toHaveLength(1);
    expect(found(own, 'update record set version = 2')).toHaveLength(1);
    expect(found(own, `update record set $${'{'}sets}, due_at = 1`)).toHaveLength(1);
    expect(found(own, 'delete from record')).toHaveLength(1);
    expect(found(`${incident}/y.ts`, 'update record set due_at = 1')).toHaveLength(1);
  });

  test('reading, locking, upserts of one’s own and temporary tables are no findings', () => {
    const text = tagged(
      `create temp table t (id uuid); insert into t select id from record for update skip locked; insert into session values (1) on conflict do update set id = 2`,
    );
    expect(findingsWith(writes, { 'src/commons/people/x.ts': text })).toEqual([]);
    const path = `${incident}/incident.sql`;
    expect(
      findingsWith(writes, { [path]: 'create table incident (id int); insert into incident values (1);' }),
    ).toEqual([]);
    expect(
      findingsWith(writes, { [path]: 'create table incident (id int); insert into record values (1);' }),
    ).toHaveLength(1);
  });
});

describe('the check tables', () => {
  test.each([
    ['src/kernel/x.ts', 'select * from comment', 'the kernel names the table "comment" of the commons (conversation)'],
    ['src/commons/people/x.ts', 'select 1 from record r join incident i using (id)', 'names the table "incident"'],
    [
      'src/practices/design/service-catalogue/x.ts',
      'select 1 from service s, incident i',
      'names the table "incident"',
    ],
    [
      'src/kernel/x.ts',
      'select 1 from record r, lateral (select 1) x, incident where true',
      'names the table "incident"',
    ],
    [
      'src/practices/design/service-catalogue/x.ts',
      'select 1 from service s left join public.incident i on true',
      'names the table "incident"',
    ],
  ])('finds in %s "%s"', (path, statement, said) => {
    expect(findingsWith(tables, { [path]: tagged(statement) }).join('\n')).toContain(said);
  });

  test('reads definitions, too', () => {
    const path = 'src/practices/design/service-catalogue/service.sql';
    const found = findingsWith(tables, { [path]: 'create table service (id uuid, i uuid references incident (id));' });
    expect(found[0]).toContain('names the table "incident" of the practice operation/incident');
  });

  test('views and streams name what they need; words in texts and comments are no tables', () => {
    expect(
      findingsWith(tables, {
        'src/views/x.ts': tagged('select 1 from incident join service using (id)'),
        'src/kernel/x.ts': tagged(`select 'from incident' -- join incident`),
        'src/kernel/y.ts': tagged(
          'update session set id = 1, incident = 2; select a, incident from record order by a, incident',
        ),
        'src/kernel/more.sql': 'create table more (a int, incident uuid, service text references record (id));',
      }),
    ).toEqual([]);
  });

  test('a name from "with" hides a table of that name', () => {
    const statement = 'with incident as (select 1 as id) select * from incident';
    expect(findingsWith(tables, { 'src/kernel/x.ts': tagged(statement) })).toEqual([]);
  });
});
