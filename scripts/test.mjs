// `npm test`: unit and integration tests (Vitest), then the end-to-end tests in Electron and Chromium
// (Playwright), a search of everything that was logged meanwhile for secrets, and one line that sums them up.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { provideDisplay } from './lib/display.mjs';
import { readLogs } from './lib/log-check.mjs';
import { ROOT, run } from './lib/run.mjs';
import { readPlaywright, readVitest } from './lib/test-results.mjs';

const RESULTS = join(ROOT, '.runtime', 'results');
const LOGS = join(RESULTS, 'logs');
const VITEST = join(RESULTS, 'vitest.json');
const PLAYWRIGHT = join(RESULTS, 'playwright.json');

const current = { child: null };
const node = (args, env) =>
  run(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    onStart: (child) => {
      current.child = child;
      return () => {
        current.child = null;
      };
    },
  });

const runVitest = async () => {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${VITEST}`];
  const { code } = await node(['node_modules/vitest/vitest.mjs', 'run', ...reporters], {});
  return readVitest(VITEST, code);
};

const runPlaywright = async () => {
  const display = await provideDisplay();
  try {
    const { code } = await node(['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], {
      ...display.env,
      PLAYWRIGHT_JSON_OUTPUT_NAME: PLAYWRIGHT,
    });
    return readPlaywright(PLAYWRIGHT, code);
  } finally {
    display.close();
  }
};

const couldNotRun = (error) => ({
  passed: 0,
  failed: 1,
  skipped: [],
  problems: [error instanceof Error ? error.message : String(error)],
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    current.child?.kill(signal);
    process.exitCode = 1;
  });
}

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(LOGS, { recursive: true });
const results = [await runVitest().catch(couldNotRun), await runPlaywright().catch(couldNotRun)];
results.push(readLogs(LOGS));

const skipped = results.flatMap((result) => result.skipped);
for (const problem of results.flatMap((result) => result.problems)) process.stdout.write(`Failed: ${problem}\n`);
for (const { name, reason } of skipped) process.stdout.write(`Skipped: ${name}: ${reason}\n`);
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
const failed = sum('failed');
process.stdout.write(
  `${sum('passed')} passed, ${failed} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}\n`,
);
process.exit(failed === 0 ? (process.exitCode ?? 0) : 1);
