import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.{ts,tsx,mjs}'],
    exclude: [...configDefaults.exclude, 'release/**', '.runtime/**'],
    // Integration tests start whole backends and compile SQL; a busy two-core machine needs the time.
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
