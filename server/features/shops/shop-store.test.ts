import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { ShopEntity, type ShopRecord } from './entities.ts';
import { createShopStore } from './shop-store.ts';

const SHOP = 'a.myshopify.com';
let dir = '';
let db: Database;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-shop-store-'));
  db = await openDatabase({ dataDir: dir, entities: [ShopEntity], migrations });
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

it('what is in memory follows the commit, and stays as it was when that fails', async () => {
  const store = await createShopStore(db, { demo: false });
  await db.write((tx) =>
    tx.query(
      `INSERT INTO shops (shop, name, state, demo, grant_type, scopes, connected_at, webhook_topics)
       VALUES (?, 'A', 'connected', 0, 'admin_token', '[]', '2026-05-01T00:00:00.000Z', '[]')`,
      [SHOP],
    ),
  );
  await store.reread(SHOP);
  const uninstall = async (end: () => void): Promise<void> => {
    const tells: (() => void)[] = [];
    await db.write(async (tx) => {
      await store.updateIn(tx, SHOP, { state: 'uninstalled' }, (tell) => tells.push(tell));
      end();
    });
    for (const tell of tells) tell();
  };
  const stateOf = (): ShopRecord['state'] | undefined => store.find(SHOP)?.state;
  await expect(
    uninstall(() => {
      throw new Error('undo');
    }),
  ).rejects.toThrow('undo');
  expect(stateOf()).toBe('connected');
  await uninstall(() => undefined);
  expect(stateOf()).toBe('uninstalled');
});
