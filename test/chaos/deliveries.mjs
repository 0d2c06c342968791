import { createHmac } from 'node:crypto';

/** Mulberry32: the same seed is the same run. */
export const createRandom = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

const START = Date.parse('2026-05-01T00:00:00Z');

const payloadOf = (id, version) => ({
  id,
  admin_graphql_api_id: `gid://shopify/Product/${id}`,
  title: `Product ${id} version ${version}`,
  handle: `product-${id}`,
  status: 'active',
  vendor: 'Chaos',
  product_type: 'Type',
  tags: '',
  body_html: '',
  created_at: new Date(START).toISOString(),
  updated_at: new Date(START + version * 1000).toISOString(),
  variants: [
    { id: id * 10, title: 'Default', sku: `S-${id}`, price: `${version}.00`, inventory_quantity: version, position: 1 },
  ],
});

/**
 * What Shopify sends: versions of products, shuffled within a window (disorder), some of them twice (duplicates). `truth` is the newest
 * version of each product.
 */
export const planDeliveries = ({ count, products, duplicates, seed }) => {
  const random = createRandom(seed);
  const versions = new Map();
  const plan = Array.from({ length: count }, (_, serial) => {
    const id = 5_000_000 + Math.floor(random() * products);
    const version = (versions.get(id) ?? 0) + 1;
    versions.set(id, version);
    return { webhookId: `chaos-${seed}-${serial}`, id, version };
  });
  const again = plan.filter(() => random() < duplicates);
  const all = [...plan, ...again];
  for (let at = 0; at < all.length; at += 1) {
    const other = Math.min(all.length - 1, at + Math.floor(random() * 200));
    [all[at], all[other]] = [all[other], all[at]];
  }
  return { all, truth: versions, random };
};

/** Body and headers of one, signed. */
export const requestOf = ({ webhookId, id, version }, demo) => {
  const body = JSON.stringify(payloadOf(id, version));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'products/update',
      'x-shopify-shop-domain': demo.shop,
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': webhookId,
      'x-shopify-triggered-at': new Date(START + version * 1000).toISOString(),
      'x-shopify-hmac-sha256': createHmac('sha256', demo.clientSecret).update(body).digest('base64'),
    },
  };
};
