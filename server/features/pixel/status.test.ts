import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PIXEL_EXTENSION_VERSION } from '../../../shared/pixel/event.ts';
import { migrations } from '../../migrations.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { TEST_EVENT } from './analysis/facts.ts';
import type { ExtensionRecord } from './entities.ts';
import { createPixelStatus } from './status.ts';

const SHOP = 'a.myshopify.com';
const ENDPOINT = 'https://shop.example/pixel/v1/events';
const NOW = Date.parse('2026-11-24T10:05:30.000Z');
const MINUTE = 60_000;
const DAY = 86_400_000;

let dir = '';
let db: Database;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-status-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

const RECORD: ExtensionRecord = {
  shop: SHOP,
  pixelKey: 'px_1',
  wanted: true,
  status: 'active',
  problem: null,
  webPixelId: 'gid://shopify/WebPixel/1',
  endpoint: ENDPOINT,
  activatedAt: '2026-11-01T00:00:00.000Z',
  checkedAt: null,
  updatedAt: '2026-11-02T00:00:00.000Z',
};

/** An event so long ago, in the counts that are still kept of that time. */
const came = (agoMs: number, version = PIXEL_EXTENSION_VERSION, name = 'n'): Promise<void> =>
  db.writeStatements(async (connection) => {
    const seconds = Math.floor((NOW - agoMs) / 1000);
    for (const [grain, keptMs] of [
      [60, 2 * DAY],
      [3600, 90 * DAY],
      [86_400, Number.POSITIVE_INFINITY],
    ] as const)
      if (agoMs < keptMs)
        await connection.run(
          `INSERT OR IGNORE INTO pixel_rollups (shop, grain, at, name, outcome, version, events, lag_ms) VALUES (?, ?, ?, ?, 'accepted', ?, 1, 1)`,
          SHOP,
          grain,
          seconds - (seconds % grain),
          name,
          version,
        );
  });

const status = async (
  changes: Partial<ExtensionRecord> = {},
  world: { uninstalled?: boolean; stopped?: boolean } = {},
) => {
  const activation = { of: async () => ({ ...RECORD, ...changes }) } as unknown as Parameters<
    typeof createPixelStatus
  >[0]['activation'];
  const found = await createPixelStatus({
    db,
    clock: { now: () => NOW, delay: () => Promise.resolve() },
    activation,
    endpoint: () => ENDPOINT,
    isStopped: () => world.stopped ?? false,
    shops: async () => [{ shop: SHOP, isUninstalled: world.uninstalled ?? false }],
  }).one(SHOP);
  if (found === null) throw new Error('the store is known');
  return found;
};

it('each status, and the first of them that holds', async () => {
  await came(MINUTE);
  expect(await status()).toMatchObject({ status: 'receiving', problem: null });
  expect((await status({}, { uninstalled: true })).status).toBe('uninstalled');
  expect(await status({ wanted: false })).toMatchObject({ status: 'paused', since: RECORD.updatedAt });
  expect(await status({}, { stopped: true })).toMatchObject({
    status: 'paused',
    problem: expect.stringContaining('tunnel'),
  });
  expect(await status({ problem: 'The pixel is gone.' })).toMatchObject({
    status: 'mismatched',
    problem: 'The pixel is gone.',
  });
  expect(await status({ endpoint: 'https://old.example/pixel/v1/events' })).toMatchObject({
    status: 'mismatched',
    problem: expect.stringContaining('address'),
  });
  expect((await status({ webPixelId: null })).status).toBe('never');
});

it('silent since the last event, known more roughly the longer ago it was', async () => {
  expect(await status()).toMatchObject({ status: 'silent', since: RECORD.activatedAt, lastEventAt: null });
  await came(200 * DAY);
  expect(await status()).toMatchObject({ status: 'silent', lastEventAt: '2026-05-08T23:59:59.000Z' });
  await came(5 * DAY);
  expect(await status()).toMatchObject({ status: 'silent', since: '2026-11-19T10:59:59.000Z' });
  await came(20 * MINUTE);
  expect(await status()).toMatchObject({ status: 'silent', since: '2026-11-24T09:45:59.000Z' });
  await came(14 * MINUTE);
  expect((await status()).status).toBe('receiving');
});

it('a test event is no shopper’s: it makes nothing receiving', async () => {
  await came(0, '', TEST_EVENT);
  expect(await status()).toMatchObject({
    status: 'silent',
    lastEventAt: null,
    eventsPerMinute: 0,
    versions: [],
  });
  await came(20 * MINUTE);
  await came(0, '', TEST_EVENT);
  expect(await status()).toMatchObject({ status: 'silent', lastEventAt: '2026-11-24T09:45:59.000Z' });
});

it('outdated is a store whose newest version is old, whatever else is claimed or still open', async () => {
  await came(MINUTE, '0.9.0');
  expect(await status()).toMatchObject({ status: 'outdated', problem: expect.stringContaining('0.9.0') });
  for (const claimed of ['999.0.0', '(other)', 'x.y', '']) await came(MINUTE, claimed);
  expect((await status()).status).toBe('outdated');
  // The new one sends; pages that were open before do as well.
  await came(2 * MINUTE);
  await came(0, '0.9.0');
  expect((await status()).status).toBe('receiving');
  expect((await status()).versions).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ version: '0.9.0', supported: false }),
      expect.objectContaining({ version: PIXEL_EXTENSION_VERSION, supported: true }),
    ]),
  );
});
