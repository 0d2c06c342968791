import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DemoStore, startDemoStore } from '../../demo/store.ts';
import { byCount, runPixelChaos } from './pixel-run.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILE = join(ROOT, 'dist/server/index.mjs');

let demo: DemoStore;
beforeAll(async () => {
  if (!existsSync(FILE)) execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT });
  demo = await startDemoStore({ products: 5, orders: 1, customers: 1 });
}, 180_000);
afterAll(() => demo.close());

it('kill -9 amid bursts of events: each that got a 204 is there once, in list, totals, rollups and sessions', async () => {
  const result = await runPixelChaos({
    file: FILE,
    demo: demo.ready,
    pace: byCount({ bursts: 6, killEvery: 2 }),
    seed: 1,
  });
  expect(result.kills).toBe(3);
  expect(result.acknowledged).toBe(result.sent);
}, 600_000);
