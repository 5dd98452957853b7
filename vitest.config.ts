import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real servers: `npm run test:servers` brings them.
    exclude: ['test/servers/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Servers and worker threads need a process of their own, not a shared thread.
    pool: 'forks',
    maxWorkers: 2,
  },
});
