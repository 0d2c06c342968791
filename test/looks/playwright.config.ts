import { defineConfig } from '@playwright/test';
import e2e from '../../playwright.config.ts';

/** Pictures to be looked at by a person; they are no test of the product and no part of `npm test`. */
export default defineConfig({ ...e2e, testDir: '.', testMatch: '**/*.look.ts', outputDir: '../../test-results/looks' });
