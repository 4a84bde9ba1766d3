import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestCase, TestModule, Vitest } from 'vitest/node';

export type Summary = { passed: number; failed: number; skipped: number };

function tally(modules: ReadonlyArray<TestModule>, unhandled: ReadonlyArray<SerializedError>) {
  const summary: Summary = { passed: 0, failed: unhandled.length, skipped: 0 };
  const skips: { test: TestCase; reason: string }[] = [];
  for (const module of modules) {
    // A file that cannot be loaded, or a broken hook, fails even when none of its tests ran.
    summary.failed += module.errors().length;
    for (const suite of module.children.allSuites()) summary.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') summary.passed += 1;
      else if (result.state === 'failed') summary.failed += 1;
      else {
        summary.skipped += 1;
        const note = result.state === 'skipped' ? result.note : undefined;
        skips.push({ test, reason: note ?? 'its file or suite failed before it' });
      }
    }
  }
  return { summary, skips };
}

/**
 * Names every skipped test with its reason and ends with `N passed, N failed, N skipped`. Under `npm test` the figures
 * go to the file THROUGHLINE_TEST_SUMMARY instead, because the closing line there counts more than these tests.
 */
export default class ClosingLine implements Reporter {
  private watching = false;

  onInit(vitest: Vitest): void {
    this.watching = vitest.config.watch;
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandled: ReadonlyArray<SerializedError>): void {
    const { summary, skips } = tally(modules, unhandled);
    const lines = skips.map(
      ({ test, reason }) => `skipped: ${test.module.relativeModuleId} › ${test.fullName}: ${reason}`,
    );
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
    const file = process.env.THROUGHLINE_TEST_SUMMARY;
    if (file) {
      writeFileSync(file, JSON.stringify(summary));
      return;
    }
    const print = () =>
      process.stdout.write(`${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped\n`);
    // Other reporters still have their say after this one; the closing line comes last.
    if (this.watching) print();
    else process.once('exit', print);
  }
}
