import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Cli } from './verb';
import { clocks } from './verbs/clocks';

const place = mkdtempSync(join(tmpdir(), 'throughline-vectors-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const file = (name: string, content: unknown) => {
  const path = join(place, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};
const run = async (...files: string[]) => {
  const said: string[] = [];
  const cli = {
    args: ['verify', ...files],
    out: (text: string) => void said.push(text),
    err: (text: string) => void said.push(text),
  };
  return { code: await clocks.run(cli as unknown as Cli), said: said.join('\n') };
};

const one = {
  id: 'one',
  kind: 'add_working_time',
  calendar: { timezone: 'UTC', hours: { mon: [['09:00', '17:00']] }, holidays: [] },
  input: { start: '2026-03-02T10:00:00Z', seconds: 3600 },
  expected: { at: '2026-03-02T11:00:00Z' },
};
const cases = file('cases.json', [one]);
const notes = file('notes.json', [{ vector: 'one', why: 'Another program counts otherwise.' }]);

test('cases are counted; notes beside them are left out, and said to be', async () => {
  expect(await run(cases)).toMatchObject({
    code: 0,
    said: expect.stringContaining('add_working_time: 1 passed, 0 failed'),
  });
  const both = await run(notes, cases);
  expect(both.code).toBe(0);
  expect(both.said).toContain('notes.json holds notes and no cases');
});

test('notes alone, an empty list, a failing case and what is no case are not good', async () => {
  expect((await run(notes)).code).toBe(1);
  expect(await run(file('empty.json', []))).toMatchObject({ code: 1, said: 'There is no case in these files.' });
  const wrong = file('wrong.json', [
    { ...one, expected: { at: '2026-03-02T12:00:00Z' } },
    { vector: 'x', kind: 'odd' },
  ]);
  expect(await run(wrong)).toMatchObject({ code: 1, said: expect.stringContaining('  one') });
  expect((await run(file('odd.json', [7]))).code).toBe(1);
});
