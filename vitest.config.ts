import { defineConfig } from 'vitest/config';

/**
 * `src` tests need nothing but Node. `test/` tests get a database server, which is started only when one of
 * them runs. `long` ones take minutes to an hour: `npm run test:long`.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './test/plain-reporter.ts'],
    teardownTimeout: 20_000,
    projects: [
      {
        test: {
          name: 'src',
          include: ['{contracts,gateway,alarm-engine,screen,simulators}/src/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'test',
          include: [
            '{contracts,gateway,alarm-engine,screen,simulators}/test/**/*.test.ts',
            'test/**/*.test.ts',
          ],
          exclude: ['**/*.long.test.ts'],
          globalSetup: './alarm-engine/test/global-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'long',
          include: [
            '{contracts,gateway,alarm-engine,screen,simulators}/test/**/*.long.test.ts',
            'test/**/*.long.test.ts',
          ],
          globalSetup: './alarm-engine/test/global-setup.ts',
          testTimeout: 3_600_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
