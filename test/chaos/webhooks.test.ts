import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DemoStore, startDemoStore } from '../../demo/store.ts';
import { runChaos } from './run.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILE = join(ROOT, 'dist/server/index.mjs');

let demo: DemoStore;
beforeAll(async () => {
  if (!existsSync(FILE)) execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT });
  demo = await startDemoStore({ products: 5, orders: 1, customers: 1 });
}, 180_000);
afterAll(() => demo.close());

it('kill -9 at random points of 2,000 deliveries, some twice and out of order: nothing lost, each effect once, newest states', async () => {
  const result = await runChaos({ file: FILE, demo: demo.ready, rounds: 5, count: 2000, seed: 1 });
  expect(result).toMatchObject({ kills: 5, deliveries: 2000 });
  expect(result.duplicates).toBeGreaterThan(100);
}, 600_000);
