import { expect, it } from 'vitest';
import type { Clock } from '../../../platform/clock.ts';
import { createBulkWakeUps, waitForBulk } from '../../../shopify/bulk.ts';
import type { ShopifyClient } from '../../../shopify/client.ts';
import { bulkFinishHandler } from './bulk-finish.ts';

const ID = 'gid://shopify/BulkOperation/7';
const DELIVERY = {
  seq: 1,
  shop: 'a.myshopify.com',
  topic: 'bulk_operations/finish',
  triggeredAt: null,
  receivedAt: '2026-05-01T00:00:00.000Z',
  attempts: 0,
  payload: '',
};

/** A clock that never comes to an end by itself: only the bell ends a wait. */
const endless = (onWait: () => void): Clock => ({
  now: () => 0,
  delay: (_ms, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      onWait();
    }),
});

it('the webhook makes the waiting import ask at once, without waiting for its next turn', async () => {
  const wakeUps = createBulkWakeUps();
  const handler = bulkFinishHandler(wakeUps);
  let status = 'RUNNING';
  const operation = () => ({
    id: ID,
    status,
    errorCode: null,
    objectCount: '3',
    rootObjectCount: '3',
    fileSize: null,
    url: null,
    partialDataUrl: null,
  });
  const client = { request: async () => ({ bulkOperation: operation() }) } as unknown as ShopifyClient;
  const clock = endless(() => {
    // It waits now: the operation ends, and Shopify says so.
    status = 'COMPLETED';
    const item = handler.prepare({ admin_graphql_api_id: ID, status: 'completed' }, DELIVERY);
    void handler.write({} as never, [item], (tell) => tell());
  });
  const done = await waitForBulk(client, ID, { clock, wakeUps });
  expect(done.status).toBe('COMPLETED');
});

it('a body that names no operation is a wrong payload, and nothing is woken', () => {
  const handler = bulkFinishHandler(createBulkWakeUps());
  expect(() => handler.prepare({ status: 'completed' }, DELIVERY)).toThrow('a bulk operation');
});
