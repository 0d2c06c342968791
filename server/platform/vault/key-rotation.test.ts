import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealedHolders } from '../../compose/secrets.ts';
import { entities } from '../../entities.ts';
import { migrations } from '../../migrations.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { createIds } from '../ids.ts';
import { createSqlLeases } from '../lease/sql-leases.ts';
import { createLog } from '../log/log.ts';
import { createRedactor } from '../log/redact.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { rotateSealedValues } from './key-rotation.ts';
import { addKeyToFile, dropOlderKeys, headlessMasterKey } from './master-key.ts';
import { openVault } from './open-vault.ts';
import type { Vault } from './vault.ts';

const OLD = Buffer.alloc(32, 1).toString('base64');
const NEW = Buffer.alloc(32, 2).toString('base64');
const clock = createVirtualClock();
const log = createLog({ level: 'error', redactor: createRedactor(), write: () => undefined });
let dataDir = '';
let db: Database;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'backroom-rotation-'));
  db = await openDatabase({ dataDir, entities, migrations });
});
afterEach(async () => {
  await db.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const rotate = (vault: Vault, signal = new AbortController().signal) =>
  rotateSealedValues({
    db,
    vault,
    clock,
    log,
    signal,
    leases: createSqlLeases({ db, clock, ids: createIds(clock) }),
    holders: sealedHolders,
  });
const shopOf = (index: number): string => `shop-${String(index).padStart(4, '0')}.myshopify.com`;

/** Stores with tokens, saved credentials and an open privacy request, all sealed with `vault`. */
const fill = async (vault: Vault, stores: number): Promise<void> => {
  await db.write(async (tx) => {
    for (let index = 0; index < stores; index += 1) {
      const shop = shopOf(index);
      await tx.query(
        `INSERT INTO shops (shop, name, state, grant_type, scopes, connected_at, access_token, refresh_token)
         VALUES (?, 'A', 'connected', 'authorization_code', '[]', '2026-01-01', ?, ?)`,
        [shop, vault.seal(`access ${index}`, shop), vault.seal(`refresh ${index}`, shop)],
      );
    }
    await tx.query("INSERT INTO settings (key, value, updated_at) VALUES ('app.credentials', ?, '2026-01-01')", [
      JSON.stringify({ apiKey: 'k', sealedSecret: vault.seal('the secret', 'app.credentials'), scopes: [] }),
    ]);
  });
};

/** Tables and columns that still hold a value of this key, wherever it is. */
const placesOf = async (keyId: string): Promise<string[]> => {
  const tables = await db.read<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_fts%' AND name NOT LIKE 'sqlite_%'",
  );
  const places: string[] = [];
  for (const { name } of tables) {
    for (const column of await db.read<{ name: string }>(`SELECT name FROM pragma_table_info('${name}')`)) {
      const rows = await db.read(`SELECT 1 FROM ${name} WHERE instr(CAST(${column.name} AS TEXT), ?) > 0 LIMIT 1`, [
        `v1.${keyId}.`,
      ]);
      if (rows.length > 0) places.push(`${name}.${column.name}`);
    }
  }
  return places;
};

describe('a change of the master key', () => {
  it('seals everything anew, so that the old key opens nothing any more', async () => {
    const old = await openVault(db, clock, { key: OLD });
    await fill(old, 250);
    expect(await placesOf(old.keyId)).toEqual(
      expect.arrayContaining(['shops.access_token', 'shops.refresh_token', 'settings.value']),
    );
    const vault = await openVault(db, clock, { key: NEW, olderKeys: [OLD] });
    expect(await rotate(vault)).toEqual({ resealed: 502, unreadable: 0 });
    expect(await placesOf(old.keyId)).toEqual([]);
    // The next start knows the new key only.
    const later = await openVault(db, clock, { key: NEW });
    const rows = await db.read<{ shop: string; access_token: string; refresh_token: string }>('SELECT * FROM shops');
    expect(rows.map((row) => later.open(row.access_token, row.shop))).toEqual(
      rows.map((_row, index) => `access ${index}`),
    );
    expect(later.open(rows[7]?.refresh_token ?? '', shopOf(7))).toBe('refresh 7');
    expect(await rotate(later)).toEqual({ resealed: 0, unreadable: 0 });
  });

  it('goes on where it was interrupted', async () => {
    await fill(await openVault(db, clock, { key: OLD }), 250);
    const vault = await openVault(db, clock, { key: NEW, olderKeys: [OLD] });
    const stop = new AbortController();
    const write = db.write.bind(db);
    let writes = 0;
    const interrupted: Database = {
      ...db,
      write: async (work) => {
        writes += 1;
        if (writes === 3) stop.abort(new Error('closing'));
        return write(work);
      },
    };
    const leases = createSqlLeases({ db, clock, ids: createIds(clock) });
    await expect(
      rotateSealedValues({ db: interrupted, vault, clock, log, leases, holders: sealedHolders, signal: stop.signal }),
    ).rejects.toThrow('closing');
    const rest = await rotate(vault);
    expect(rest?.resealed).toBeGreaterThan(0);
    expect(rest?.resealed).toBeLessThan(502);
    expect(rest?.unreadable).toBe(0);
  });

  it('is done by one process at a time', async () => {
    const vault = await openVault(db, clock, { key: NEW, olderKeys: [OLD] });
    const leases = createSqlLeases({ db, clock, ids: createIds(clock) });
    const other = await leases.tryAcquire('vault:rotation', 60_000);
    expect(await rotate(vault)).toBeNull();
    await other?.release();
    expect(await rotate(vault)).not.toBeNull();
  });

  it('leaves what no key opens as it is, and says so', async () => {
    await fill(await openVault(db, clock, { key: OLD }), 2);
    await db.write((tx) => tx.query("UPDATE shops SET access_token = 'v1.unknown.a.b.c' WHERE shop = ?", [shopOf(0)]));
    const vault = await openVault(db, clock, { key: NEW, olderKeys: [OLD] });
    expect(await rotate(vault)).toMatchObject({ unreadable: 1 });
    const [row] = await db.read<{ access_token: string }>('SELECT access_token FROM shops ORDER BY shop');
    expect(row?.access_token).toBe('v1.unknown.a.b.c');
  });

  it('keeps the keys that are derived from the first one', async () => {
    const first = (await openVault(db, clock, { key: OLD })).deriveKey('privacy-evidence');
    const vault = await openVault(db, clock, { key: NEW, olderKeys: [OLD] });
    expect(vault.deriveKey('privacy-evidence')).toEqual(first);
    await rotate(vault);
    expect((await openVault(db, clock, { key: NEW })).deriveKey('privacy-evidence')).toEqual(first);
  });
});

describe('the key file', () => {
  it('gets a new key before the present one, and loses the older ones at the end', () => {
    const first = headlessMasterKey(undefined, dataDir);
    addKeyToFile(dataDir);
    const second = headlessMasterKey(undefined, dataDir);
    expect(second.key).not.toBe(first.key);
    expect(second.olderKeys).toEqual([first.key]);
    dropOlderKeys(dataDir, first.key);
    expect(headlessMasterKey(undefined, dataDir).olderKeys).toEqual([first.key]);
    dropOlderKeys(dataDir, second.key);
    expect(headlessMasterKey(undefined, dataDir)).toMatchObject({ key: second.key, olderKeys: [] });
    if (process.platform !== 'win32') expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
  });

  it('is not made by a change of key, and not changed when it is damaged', () => {
    expect(() => addKeyToFile(dataDir)).toThrow(/kept elsewhere/);
    writeFileSync(join(dataDir, 'master.key'), 'damaged');
    expect(() => addKeyToFile(dataDir)).toThrow(/does not hold a 32-byte key/);
    expect(readFileSync(join(dataDir, 'master.key'), 'utf8')).toBe('damaged');
  });
});
