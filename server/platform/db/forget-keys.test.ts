import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import { type Database, openDatabase } from './database.ts';
import { forgetGoneKeys } from './forget-keys.ts';

let dir = '';
let db: Database;
const signal = new AbortController().signal;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-keys-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
  // 10,000 keys in an order of their own, two of them of the same number, and the deliveries of two thirds.
  await db.writeStatements(async (connection) => {
    await connection.run(`
      INSERT INTO webhook_keys (key, seq) WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n WHERE seq < 10000)
      SELECT CASE seq WHEN 2 THEN 7919 ELSE seq * 7919 % 1000003 END, seq FROM n`);
    await connection.run(`
      INSERT INTO webhook_deliveries (seq, shop, topic, received_at, state, bytes)
      SELECT seq, 'a.myshopify.com', 'products/update', '2026-01-01T00:00:00.000Z', 'processed', 2 FROM webhook_keys WHERE seq % 3 > 0`);
  });
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

it('removes the keys of rows that are gone, and no others', async () => {
  expect(await forgetGoneKeys(db, { keys: 'webhook_keys', rows: 'webhook_deliveries', signal })).toBe(3333);
  expect(await db.read('SELECT count(*) AS n, sum(seq % 3 = 0) AS gone FROM webhook_keys')).toEqual([
    { n: 6667, gone: 0 },
  ]);
  await db.writeStatements((connection) => connection.run('DELETE FROM webhook_deliveries WHERE seq = 2'));
  // Its number is another's as well, which stays.
  expect(await forgetGoneKeys(db, { keys: 'webhook_keys', rows: 'webhook_deliveries', signal })).toBe(1);
  expect(await db.read('SELECT seq FROM webhook_keys WHERE key = 7919')).toEqual([{ seq: 1 }]);
});

it('looks keys up by their order and rows by their number', async () => {
  const plan = await db.read<{ detail: string }>(
    `EXPLAIN QUERY PLAN SELECT k.key, NOT EXISTS (SELECT 1 FROM webhook_deliveries AS r WHERE r.seq = k.seq)
     FROM webhook_keys AS k WHERE (k.key, k.seq) > (1, 1) ORDER BY k.key, k.seq LIMIT 10`,
  );
  expect(plan.map(({ detail }) => detail).join('; ')).toMatch(
    /SEARCH k USING PRIMARY KEY .*SEARCH r USING INTEGER PRIMARY KEY/,
  );
});

it('stops when it is told to', async () => {
  await expect(
    forgetGoneKeys(db, { keys: 'webhook_keys', rows: 'webhook_deliveries', signal: AbortSignal.abort() }),
  ).rejects.toThrow();
});
