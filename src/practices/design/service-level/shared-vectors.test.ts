import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { summarise, verify } from './verify.rules';

const folder = join(process.env.THROUGHLINE_SHARED ?? '../shared', 'data/sla-vectors');
const kinds = ['add_working_time', 'working_time_between', 'is_working_time', 'add_working_days', 'sla_timeline'];

test('every shared case comes out as the conventions say', (context) => {
  if (!existsSync(folder)) return context.skip(`the shared cases are not at ${folder}`);
  const files = readdirSync(folder).filter((name) => kinds.includes(name.replace(/\.json$/, '')));
  const verdicts = files.flatMap((name) => verify(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
  expect(verdicts.length).toBe(335);
  expect(
    summarise(verdicts)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual([...kinds].sort());
});
