import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { _electron } from '@playwright/test';
import { readElectronRuntime } from '../../scripts/electron-runtime.mjs';
import { ROOT } from '../../scripts/lib/run.mjs';
import { neutralEnvironment } from './lib.mjs';

/** The desktop app in its own data folder, by its built files. */
export const launchDesktop = (dataDir, env) => {
  const runtime = readElectronRuntime();
  if (runtime === null) throw new Error('There is no Electron runtime here: run `node scripts/setup.mjs test` first.');
  // As in test/e2e/electron-fixture.ts.
  const loader = join(
    dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
    'lib/server/electron/loader.js',
  );
  const isDeclared = runtime.source === 'electron';
  const sandbox = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
  return _electron.launch({
    executablePath: runtime.executablePath,
    args: [...(isDeclared ? ['-r', loader, ROOT] : []), ...sandbox],
    cwd: dataDir,
    env: neutralEnvironment({
      ...env,
      BACKROOM_DATA_DIR: dataDir,
      ...(isDeclared ? {} : { PLAYWRIGHT_ELECTRON_LOADER: loader }),
    }),
  });
};

/** In the page: the times between frames, in milliseconds, until `stopFrames`. */
const startFrames = () => {
  const times = [];
  let last = performance.now();
  let isOn = true;
  const frame = (now) => {
    times.push(now - last);
    last = now;
    if (isOn) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  window.stopFrames = () => {
    isOn = false;
    return times.slice(2);
  };
};
const summaryOf = (times) => {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
  return {
    frames: sorted.length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    worst: at(1),
    over50ms: sorted.filter((ms) => ms > 50).length,
  };
};

/** Frame times in the window while `work` goes on, in milliseconds. */
export const framesDuring = async (page, work) => {
  await page.evaluate(startFrames);
  await work();
  return summaryOf(await page.evaluate(() => window.stopFrames()));
};
