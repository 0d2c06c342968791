import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DemoStore, startDemoStore } from '../../demo/store.ts';
import { runImport } from './run-import.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILE = join(ROOT, 'dist/server/index.mjs');

let demo: DemoStore;
let dataDir: string;
beforeAll(async () => {
  if (!existsSync(FILE)) execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT });
  dataDir = mkdtempSync(join(tmpdir(), 'backroom-import-'));
  demo = await startDemoStore({
    products: 200,
    orders: 3000,
    customers: 200,
    throttle: { maximum: 40_000, restoreRate: 2000 },
  });
}, 180_000);
afterAll(async () => {
  await demo.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('kill -9 amid a first import: the same file is gone on with, and every row is here as it is there', async () => {
  const result = await runImport({ file: FILE, dataDir, demo: demo.ready, roots: 400, rounds: 1 });
  expect(result).toMatchObject({ kills: 1, resumed: [{ line: expect.any(Number) }] });
  expect(result.counts.orders?.count).toBe(3000);
}, 600_000);
