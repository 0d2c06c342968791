import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createWebhookQueries } from './queries.ts';

let dir = '';
let db: Database;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-rows-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

const at = (minute: number): string => new Date(Date.parse('2026-05-01T10:00:00Z') + minute * 60_000).toISOString();
const insert = (seq: number, minute: number): Promise<unknown> =>
  db.writeStatements((connection) =>
    connection.run(
      `INSERT INTO webhook_deliveries (seq, shop, topic, received_at, state, bytes) VALUES (?, 'a.myshopify.com', 'a/b', ?, 'processed', 2)`,
      seq,
      at(minute),
    ),
  );
const since = async (minute: number): Promise<string[]> =>
  (await createWebhookQueries(db).list({ from: at(minute), limit: 100 })).items.map(({ id }) => id).reverse();

it('deliveries since a time are found exactly, with numbers missing and with several of one time', async () => {
  expect(await since(0)).toEqual([]);
  // Numbers as retention and refusals leave them.
  for (const [seq, minute] of [
    [3, 0],
    [4, 1],
    [9, 1],
    [10, 1],
    [40, 2],
    [41, 5],
  ] as const)
    await insert(seq, minute);
  expect(await since(-1)).toEqual(['3', '4', '9', '10', '40', '41']);
  expect(await since(0)).toEqual(['3', '4', '9', '10', '40', '41']);
  expect(await since(1)).toEqual(['4', '9', '10', '40', '41']);
  expect(await since(2)).toEqual(['40', '41']);
  expect(await since(3)).toEqual(['41']);
  expect(await since(6)).toEqual([]);
});
