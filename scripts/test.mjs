// npm test: all set-up, the house checks, then every test. Words after `--` go to vitest, for instance a file name; the
// house checks are then left out. The closing line counts everything.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { houseChecks } from './house-checks.mjs';
import { ensureBundles, ensurePackages, root, say, seconds } from './setup.mjs';

const began = performance.now();
const words = process.argv.slice(2);

ensurePackages();
ensureBundles(['server', 'cli', 'web']);
const checks = words.length === 0 ? await houseChecks() : { passed: 0, failed: 0 };

const directory = mkdtempSync(join(tmpdir(), 'throughline-summary-'));
const summaryFile = join(directory, 'summary.json');
const vitest = spawnSync(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...words], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, THROUGHLINE_TEST_SUMMARY: summaryFile },
});

function readSummary() {
  try {
    return JSON.parse(readFileSync(summaryFile, 'utf8'));
  } catch {
    say('The tests broke off before they could report.');
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const tests = readSummary();
rmSync(directory, { recursive: true, force: true });
if (vitest.status !== 0 && tests.failed === 0) {
  say(`vitest ended with ${vitest.signal ?? vitest.status} although no test failed.`);
  tests.failed = 1;
}
if (tests.passed + tests.failed === 0) {
  say('Not one test ran.');
  tests.failed = 1;
}
const passed = checks.passed + tests.passed;
const failed = checks.failed + tests.failed;
say(`House checks: ${checks.passed} hold, ${checks.failed} broken. All in ${seconds(began)}.`);
// The closing line is the last thing said, also where stdout and stderr end in one file.
process.exitCode = failed > 0 ? 1 : 0;
process.stdout.write(`${passed} passed, ${failed} failed, ${tests.skipped} skipped\n`);
