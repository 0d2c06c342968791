import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createResourceWebhookHandlers } from './webhook-handlers.ts';

const SHOP = 'a.myshopify.com';
const deliveryOf = (topic: string, seq: number) => ({
  seq,
  shop: SHOP,
  topic,
  triggeredAt: '2026-05-01T00:00:00Z',
  receivedAt: '2026-05-01T00:00:01.000Z',
  attempts: 0,
  payload: '',
});
let dir = '';
let db: Database;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-handlers-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

it('nothing is told from inside of the transaction: only what is kept for after its commit', async () => {
  const told: unknown[] = [];
  const handlers = createResourceWebhookHandlers({
    currencyOf: () => 'EUR',
    onChanged: (resource, shop, pks) => told.push([resource, shop, pks]),
  });
  const customer = {
    id: 7,
    email: 'a@example.com',
    created_at: '2026-05-01T00:00:00Z',
    updated_at: '2026-05-01T00:00:00Z',
  };
  const run = (topic: string, seq: number, payload: object): Promise<(() => void)[]> =>
    db.write(async (tx) => {
      const tells: (() => void)[] = [];
      const handler = handlers[topic];
      const item = handler?.prepare(payload, deliveryOf(topic, seq));
      await handler?.write(tx, [item], (tell) => tells.push(tell));
      return tells;
    });
  const tells = [...(await run('customers/update', 1, customer)), ...(await run('customers/delete', 2, { id: 7 }))];
  expect(await db.read('SELECT count(*) AS n FROM customers')).toEqual([{ n: 0 }]);
  expect(told).toEqual([]);
  for (const tell of tells) tell();
  expect(told).toEqual([
    ['customers', SHOP, [7]],
    ['customers', SHOP, [7]],
  ]);
});
