import { createHmac, randomUUID } from 'node:crypto';
import { createEventSource, median, startBackend, startBareFastify, startDemoStore } from './lib.mjs';
import { load } from './load.mjs';

/** The two benchmarks whose limit is a bare Fastify POST of the same requests, on the same machine in the same minute. */

const ROUNDS = 3;
const WARM_SECONDS = 1;
const LIMIT_SECONDS = 2;
const SECONDS = 4;
const CONNECTIONS = 64;

/** Limit and subject in turns; each turn of the subject has a new backend, so that every database is of the same size. */
const compare = async (requestsFor, countOf) => {
  const store = await startDemoStore();
  const bare = await startBareFastify();
  const values = [];
  const limits = [];
  const measure = async (url, next, seconds) => {
    await load({ url, seconds: WARM_SECONDS, connections: CONNECTIONS, next });
    return load({ url, seconds, connections: CONNECTIONS, next });
  };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const backend = await startBackend(store);
      const next = requestsFor({ store, backend });
      let sent = 0;
      const counted = () => {
        sent += 1;
        return next();
      };
      limits.push((await measure(bare.url, next, LIMIT_SECONDS)).perSecond);
      values.push((await measure(backend.publicUrl, counted, SECONDS)).perSecond);
      // Fast answers for nothing would be no result: what was acknowledged must be there.
      const { total } = await backend.stats();
      if (countOf(total) !== sent)
        throw new Error(`${sent} requests were acknowledged, but ${countOf(total)} are stored`);
      await backend.stop();
    }
  } finally {
    await Promise.all([bare.stop(), store.stop()]);
  }
  const value = median(values);
  const limit = median(limits);
  return { value, limit, ratio: value / limit };
};

/** Pixel events, one durable event a request. */
export const ingestSingle = async () => {
  const nextEvent = createEventSource();
  const result = await compare(
    ({ backend }) =>
      () => ({
        path: `/pixel/v1/events?key=${backend.pixelKey}`,
        headers: 'content-type: text/plain\r\n',
        body: nextEvent(),
      }),
    (total) => total.pixel.accepted,
  );
  return { name: 'ingest-single', ...result, unit: 'events/s' };
};

const PRODUCTS = 2000;

/** A `products/update` body as Shopify sends it, about 2 kB. */
const productBody = (index) => {
  const id = 9_000_000 + index;
  const at = new Date().toISOString();
  const variant = (position) => ({
    id: id * 10 + position,
    product_id: id,
    title: `Size ${position}`,
    price: '19.90',
    position,
    inventory_policy: 'deny',
    compare_at_price: null,
    option1: `Size ${position}`,
    option2: null,
    option3: null,
    created_at: at,
    updated_at: at,
    taxable: true,
    barcode: null,
    sku: `SKU-${id}-${position}`,
    inventory_item_id: id * 100 + position,
    inventory_quantity: 12,
    old_inventory_quantity: 13,
    image_id: null,
    admin_graphql_api_id: `gid://shopify/ProductVariant/${id * 10 + position}`,
  });
  return JSON.stringify({
    admin_graphql_api_id: `gid://shopify/Product/${id}`,
    body_html: '<p>Thrown by hand, glazed twice and fired for two days. Dishwasher safe.</p>',
    created_at: at,
    handle: `mug-${id}`,
    id,
    product_type: 'Mug',
    published_at: at,
    template_suffix: null,
    title: `Mug no. ${id}`,
    updated_at: at,
    vendor: 'Potter',
    status: 'active',
    published_scope: 'global',
    tags: 'handmade, new, stoneware',
    variants: [1, 2, 3].map(variant),
    options: [{ id: id * 3, name: 'Size', product_id: id, position: 1, values: ['Size 1', 'Size 2', 'Size 3'] }],
    images: [],
    image: null,
    media: [],
    variant_gids: [],
  });
};

/** Signed `products/update` deliveries for `load`, each with an id of its own, of many products. */
export const productWebhooks = (store) => {
  const bodies = Array.from({ length: PRODUCTS }, (_, index) => {
    const body = productBody(index);
    const signature = createHmac('sha256', store.clientSecret).update(body).digest('base64');
    const headers =
      `content-type: application/json\r\nuser-agent: Shopify-Captain-Hook\r\nx-shopify-topic: products/update\r\n` +
      `x-shopify-shop-domain: ${store.shop}\r\nx-shopify-api-version: 2026-10\r\nx-shopify-hmac-sha256: ${signature}\r\n` +
      `x-shopify-triggered-at: ${new Date().toISOString()}\r\n`;
    return { body, headers };
  });
  let turn = 0;
  return () => {
    turn = (turn + 1) % PRODUCTS;
    const { body, headers } = bodies[turn];
    return { path: '/webhooks', headers: `${headers}x-shopify-webhook-id: ${randomUUID()}\r\n`, body };
  };
};

/** Receipts a second: HMAC, inbox, 200. */
export const webhook = async () => {
  let next = null;
  const result = await compare(
    ({ store }) => {
      next ??= productWebhooks(store);
      return next;
    },
    (total) => total.webhooks.received,
  );
  return { name: 'webhook', ...result, unit: 'receipts/s' };
};
