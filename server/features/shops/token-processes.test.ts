import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import { systemClock } from '../../platform/clock.ts';
import { openDatabase } from '../../platform/db/database.ts';
import { createVault } from '../../platform/vault/vault.ts';
import { OAuthStateEntity, ShopEntity } from './entities.ts';
import { createShopStore } from './shop-store.ts';
import { type ShopifyTokens, startShopifyTokens } from './testing/shopify-tokens.ts';
import { storedShop } from './testing/stored-shop.ts';

const SHOP = 'a.myshopify.com';
const START = Date.parse('2026-11-24T00:00:00Z');
const HOUR = 3_600_000;
const MASTER_KEY = Buffer.alloc(32, 1).toString('base64');
/** Inside the project, so that the bundle finds its packages. */
const SCRATCH = fileURLToPath(new URL('../../../.runtime/', import.meta.url));

interface Answer {
  readonly outcomes: readonly ('first' | 'second' | 'failed')[];
  readonly error?: string;
}

let time = START;
let dataDir = '';
let bundle = '';
let shopify: ShopifyTokens;
const children: ChildProcess[] = [];

const startProcess = async (): Promise<ChildProcess> => {
  const child = fork(join(bundle, 'token-process.mjs'), [dataDir, shopify.origin, SHOP, MASTER_KEY]);
  children.push(child);
  await once(child, 'message');
  return child;
};
const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};
/** The process's clock jumps to `time`, and it makes two calls at once. */
const callAt = async (child: ChildProcess): Promise<Answer> => {
  const answer = once(child, 'message');
  child.send({ time, calls: 2 });
  return (await answer)[0] as Answer;
};

beforeAll(async () => {
  mkdirSync(SCRATCH, { recursive: true });
  bundle = mkdtempSync(join(SCRATCH, 'token-process-'));
  dataDir = mkdtempSync(join(tmpdir(), 'backroom-processes-'));
  await build({
    entryPoints: [fileURLToPath(new URL('./testing/token-process.ts', import.meta.url))],
    outfile: join(bundle, 'token-process.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  shopify = await startShopifyTokens(() => time);
  const db = await openDatabase({ dataDir, entities: [ShopEntity, OAuthStateEntity], migrations });
  const store = await createShopStore(db, { demo: true });
  const clock = { ...systemClock, now: () => START };
  await store.save(storedShop({ shop: SHOP, vault: createVault(MASTER_KEY), clock }), async () => undefined);
  await db.close();
});
afterAll(async () => {
  for (const child of children) await end(child);
  shopify?.close();
  for (const folder of [dataDir, bundle]) rmSync(folder, { recursive: true, force: true });
});

it('over 24 hours two OS processes on one database call with live tokens only, and never renew at once', async () => {
  const processes = [await startProcess(), await startProcess()];
  let seed = 11;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const tally = { first: 0, second: 0, failed: 0 };
  let endedEarly = 0;
  let isReplaced = false;
  while (time < START + 24 * HOUR) {
    time += Math.round(random() * 6 * 60_000);
    // Now and then an answer of Shopify is lost on its way in.
    if (random() < 0.1) shopify.faults.push((response) => response.destroy());
    if (random() < 0.03) {
      endedEarly += 1;
      shopify.endEarly();
    }
    if (!isReplaced && time > START + 12 * HOUR) {
      // Half way one of them dies without a word, and another one takes its place.
      isReplaced = true;
      await end(processes.pop() as ChildProcess);
      processes.push(await startProcess());
    }
    const answers = await Promise.all(processes.map(callAt));
    for (const { outcomes, error } of answers) {
      expect(error).toBeUndefined();
      for (const outcome of outcomes) tally[outcome] += 1;
    }
  }
  expect(tally.failed).toBe(0);
  expect(tally.first + tally.second).toBeGreaterThan(1500);
  // Refused before its time, a token is replaced once for both processes.
  expect(endedEarly).toBeGreaterThan(5);
  expect(tally.second).toBeGreaterThanOrEqual(endedEarly);
  expect(shopify.stats.mostAtOnce).toBe(1);
  expect(shopify.stats.refused).toBe(0);
  // Every 55 minutes or a little later, and once for each token that ended early, by one of the two.
  expect(shopify.stats.refreshes).toBeGreaterThanOrEqual(23);
  expect(shopify.stats.refreshes).toBeLessThanOrEqual(27 + endedEarly);
}, 60_000);
