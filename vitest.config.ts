import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
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
