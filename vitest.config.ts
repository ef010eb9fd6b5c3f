import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/{unit,conformance,golden,faults}/**/*.test.{ts,tsx}'], testTimeout: 90_000, hookTimeout: 90_000 },
      },
      // The command line as users run it: whole pipelines in processes of their own.
      { extends: true, test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 } },
    ],
  },
})
