import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // What a screen or the background does is waited for as long as a busy machine may take.
    expect: { poll: { timeout: 20_000, interval: 50 } },
    include: ['{src,db,test,checks,bench}/**/*.test.{ts,tsx}'],
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', './test/reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
    // A skipped test must be visible, a forgotten `only` must not hide the others.
    allowOnly: false,
    passWithNoTests: false,
  },
});
