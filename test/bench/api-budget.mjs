import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ROOT } from '../../scripts/lib/run.mjs';
import { startDemoStore } from './lib.mjs';

const SECONDS = 45;
/** The restore rate and bucket of Shopify's largest plan: the bucket stays the limit, and paging runs long enough to empty it. */
const PLAN = { bucket: 40_000, restoreRate: 2000 };
const PRODUCTS = 100_000;
/** 782 points asked for, of the 1000 that one query may cost; what the product's own import asks for. */
const PAGE_SIZE = 15;

/** The backend's own client, bundled as it is shipped. */
const loadClient = async () => {
  const outfile = join(ROOT, 'dist/bench/shopify-client.mjs');
  await build({
    stdin: {
      contents: `
        export { systemClock } from './server/platform/clock.ts';
        export { createLog } from './server/platform/log/log.ts';
        export { createRedactor } from './server/platform/log/redact.ts';
        export { createShopifyClient, fixedToken } from './server/shopify/client.ts';
        export { ProductsPageDocument } from './server/shopify/generated/admin.ts';
        export { createAddress, createShopifyApi, installFetch } from './server/shopify/platform.ts';`,
      resolveDir: ROOT,
      sourcefile: 'api-budget-client.ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
};

/** Keeps the stand-in's own figures, as every answer states them. */
const countAnswers = () => {
  const seen = { answers: 0, throttled: 0, throttledLater: 0, spent: 0, first: null, last: null };
  const { fetch } = globalThis;
  globalThis.fetch = async (...request) => {
    const response = await fetch(...request);
    const { errors, extensions } = await response.clone().json();
    seen.answers += 1;
    if (errors?.some((error) => error.extensions?.code === 'THROTTLED')) {
      seen.throttled += 1;
      if (seen.answers > 1) seen.throttledLater += 1;
    }
    const answer = { at: performance.now(), ...extensions?.cost?.throttleStatus };
    // The client knows nothing before the first answer, and a full bucket restores nothing: the account begins there.
    if (seen.first === null) seen.first = answer;
    else seen.spent += extensions?.cost?.actualQueryCost ?? 0;
    seen.last = answer;
    return response;
  };
  return {
    seen,
    restore: () => {
      globalThis.fetch = fetch;
    },
  };
};

/**
 * Pages through products for three quarters of a minute; the limit is all that the stand-in had to give in that time: what the bucket held and what
 * was restored. @throws Error when a call after the first was throttled
 */
export const apiBudget = async () => {
  const store = await startDemoStore({
    products: PRODUCTS,
    bucket: PLAN.bucket,
    'restore-rate': PLAN.restoreRate,
  });
  const parts = await loadClient();
  const counting = countAnswers();
  try {
    parts.installFetch(parts.createAddress(store.origin));
    const log = parts.createLog({ level: 'error', redactor: parts.createRedactor(), write: () => undefined });
    const api = parts.createShopifyApi({
      credentials: { apiKey: store.clientId, apiSecret: store.clientSecret, scopes: [] },
      publicUrl: 'http://127.0.0.1',
      apiVersion: '2026-10',
      log,
    });
    const client = parts.createShopifyClient({
      api: () => api,
      shop: store.shop,
      token: parts.fixedToken(store.adminToken),
      apiVersion: '2026-10',
      clock: parts.systemClock,
      log,
    });
    const started = performance.now();
    let products = 0;
    const pages = client.paginate(parts.ProductsPageDocument, { first: PAGE_SIZE }, (result) => result.products);
    for await (const page of pages) {
      products += page.nodes.length;
      if (performance.now() - started > SECONDS * 1000) break;
    }
    const { seen } = counting;
    const seconds = (seen.last.at - seen.first.at) / 1000;
    if (seen.throttledLater > 0) throw new Error(`${seen.throttledLater} calls after the first were throttled`);
    if (seen.last.currentlyAvailable > PLAN.bucket / 4)
      throw new Error(`the bucket was not the limit: ${seen.last.currentlyAvailable} points were left`);
    const budget = seen.first.currentlyAvailable + PLAN.restoreRate * seconds;
    return {
      name: 'api-budget',
      value: seen.spent / seconds,
      limit: budget / seconds,
      ratio: seen.spent / budget,
      unit: 'points/s',
      products,
      calls: seen.answers,
      throttled: seen.throttled,
      left: seen.last.currentlyAvailable,
    };
  } finally {
    counting.restore();
    await store.stop();
  }
};
