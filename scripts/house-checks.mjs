// The checks that need no database: types, lint and the rules of the house. Shared by `npm run check` and `npm test`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBundles, root, say } from './setup.mjs';

function runTool(name, script, words) {
  const path = join(root, 'node_modules', script);
  if (!existsSync(path)) return { name, findings: [`${script} is not installed.`] };
  const done = spawnSync(process.execPath, [path, ...words], { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 });
  const text = `${done.stdout}${done.stderr}`.trim();
  return { name, findings: done.status === 0 ? [] : text.split('\n') };
}

async function houseRules() {
  ensureBundles(['checks']);
  const { runChecks } = await import(new URL('../dist/checks.js', import.meta.url).href);
  return runChecks(root);
}

/** Runs all and says what they found; answers how many held and how many did not. */
export async function houseChecks() {
  const results = [
    runTool('types', 'typescript/bin/tsc', ['--noEmit', '-p', '.']),
    runTool('lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--max-diagnostics=50', '.']),
    ...(await houseRules()),
  ];
  for (const { name, findings } of results) {
    say(`${findings.length === 0 ? 'holds ' : 'BROKEN'}  ${name}`);
    for (const finding of findings) say(`        ${finding}`);
  }
  const failed = results.filter(({ findings }) => findings.length > 0).length;
  return { passed: results.length - failed, failed };
}
