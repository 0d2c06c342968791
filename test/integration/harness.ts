import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { DemoStoreOptions } from '../../demo/options.ts';
import { type DemoStore, startDemoStore } from '../../demo/store.ts';
import { type App, startApp } from '../../server/app.ts';
import { type Clock, systemClock } from '../../server/platform/clock.ts';
import { parseConfig } from '../../server/platform/config/config.ts';
import { createLog } from '../../server/platform/log/log.ts';
import { createRedactor } from '../../server/platform/log/redact.ts';
import type { Store } from '../../shared/api.ts';
import type { ErrorBody } from '../../shared/errors.ts';
import { keepLog } from '../testing/keep-log.ts';

export const ADMIN_KEY = 'test-admin-key-0123456789';
export const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

/** How far the products are fetched; undefined while nothing is known of the store. */
export const productsOf = (store: Store | undefined) => store?.syncs.find((sync) => sync.resource === 'products');

export interface HarnessOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly demo?: DemoStoreOptions;
  /** The store is connected at the start by the stand-in's admin token. */
  readonly byToken?: boolean;
  /** False: the backend knows no client ID and secret. */
  readonly credentials?: boolean;
  readonly secret?: string;
  readonly adminToken?: string;
  /** Handles of the stand-in under `/_demo/` and their bodies, asked before the backend starts. */
  readonly first?: readonly (readonly [path: string, body: unknown])[];
  /** Waits between retries are cut to this, so that a test does not sit through them. */
  readonly longestWaitMs?: number;
}

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface WebhookPost {
  readonly topic?: string | null;
  readonly payload?: unknown;
  /** The bytes as they are, instead of `payload`. */
  readonly raw?: string;
  readonly id?: string | null;
  readonly shop?: string;
  readonly triggeredAt?: string;
  readonly secret?: string;
}

export const signedHeaders = (
  secret: string,
  body: string,
  post: WebhookPost & { shop: string },
): Record<string, string> => ({
  'content-type': 'application/json',
  'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
  'x-shopify-shop-domain': post.shop,
  'x-shopify-api-version': '2026-10',
  'x-shopify-event-id': randomUUID(),
  ...(post.topic === null ? {} : { 'x-shopify-topic': post.topic ?? 'products/update' }),
  ...(post.id === null ? {} : { 'x-shopify-webhook-id': post.id ?? randomUUID() }),
  ...(post.triggeredAt === undefined ? {} : { 'x-shopify-triggered-at': post.triggeredAt }),
});

/** A product as Shopify's webhook words it. */
export const productPayload = (
  id: number,
  updatedAt: string,
  changes: Record<string, unknown> = {},
): Record<string, unknown> => ({
  id,
  admin_graphql_api_id: `gid://shopify/Product/${id}`,
  title: `Product ${id}`,
  handle: `product-${id}`,
  status: 'active',
  vendor: 'Vendor',
  product_type: 'Type',
  tags: 'one, two',
  body_html: '<p>Text</p>',
  created_at: '2026-01-01T00:00:00Z',
  updated_at: updatedAt,
  variants: [{ id: id * 10, title: 'Default', sku: `SKU-${id}`, price: '12.30', inventory_quantity: 3, position: 1 }],
  ...changes,
});

/** A pixel event that is well-formed. */
export const pixelEvent = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: randomUUID(),
  name: 'page_viewed',
  clientId: 'client-1',
  timestamp: new Date().toISOString(),
  context: { document: { location: { href: 'https://shop.example/products/hat?token=abc' } } },
  data: {},
  ...changes,
});

/** Everything the database has on disk, the write-ahead log included. */
export const databaseBytes = (dataDir: string): Buffer =>
  Buffer.concat(
    readdirSync(dataDir)
      .filter((name) => name.startsWith('backroom.sqlite'))
      .map((name) => readFileSync(join(dataDir, name))),
  );

const toAnswer = async <Body>(response: Response): Promise<Answer<Body>> => {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
};

/** The stand-in and the backend, both in this process, on ports of their own. */
export const startHarness = async (options: HarnessOptions = {}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'backroom-test-'));
  const demo: DemoStore = await startDemoStore({
    products: 60,
    orders: 5,
    customers: 5,
    // The waits are cut short, so the budget must not be what a test runs into.
    throttle: { maximum: 100_000, restoreRate: 10_000 },
    ...options.demo,
  });
  const lines: string[] = [];
  const longest = options.longestWaitMs ?? 20;
  let offset = 0;
  const clock: Clock = {
    now: () => Date.now() + offset,
    delay: (ms, signal) => systemClock.delay(Math.min(ms, longest), signal),
  };

  const control = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(`${demo.ready.origin}/_demo/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    return response.json();
  };
  for (const [path, body] of options.first ?? []) await control(path, body);

  const start = (): Promise<App> => {
    const config = parseConfig({
      BACKROOM_DATA_DIR: dataDir,
      BACKROOM_PRIVATE_PORT: '0',
      BACKROOM_PUBLIC_PORT: '0',
      BACKROOM_ADMIN_KEY: ADMIN_KEY,
      BACKROOM_SHOPIFY_ORIGIN: demo.ready.origin,
      BACKROOM_LOG_LEVEL: 'trace',
      ...(options.credentials === false
        ? {}
        : { SHOPIFY_API_KEY: demo.ready.clientId, SHOPIFY_API_SECRET: options.secret ?? demo.ready.clientSecret }),
      ...(options.byToken
        ? { SHOPIFY_SHOP: demo.ready.shop, SHOPIFY_ADMIN_TOKEN: options.adminToken ?? demo.ready.adminToken }
        : {}),
      ...options.env,
    });
    const redactor = createRedactor();
    return startApp({
      config,
      version: '0.0.0-test',
      redactor,
      log: createLog({
        level: config.BACKROOM_LOG_LEVEL,
        redactor,
        write: (line) => {
          lines.push(line);
          keepLog(line);
        },
      }),
      masterKey: { key: MASTER_KEY, source: 'environment' },
      desktop: null,
      consoleDirectory: null,
      startDemo: () => Promise.reject(new Error('these tests bring their own stand-in')),
      onRestartNeeded: () => undefined,
      clock,
    });
  };
  let app: App;
  try {
    app = await start();
  } catch (error) {
    await demo.close();
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
  let demoIsOpen = true;

  const stopDemo = async (): Promise<void> => {
    if (demoIsOpen) await demo.close();
    demoIsOpen = false;
  };
  const api = async <Body>(path: string, init: RequestInit = {}): Promise<Answer<Body>> =>
    toAnswer(
      await fetch(`${app.privateUrl}/api/v1${path}`, {
        ...init,
        headers: {
          authorization: `Bearer ${ADMIN_KEY}`,
          ...(init.body ? { 'content-type': 'application/json' } : {}),
          ...init.headers,
        },
      }),
    );
  const store = async (shop: string = demo.ready.shop): Promise<Store | undefined> =>
    (await app.services.stores.list()).find((entry) => entry.shop === shop);

  return {
    demo,
    dataDir,
    lines,
    get app() {
      return app;
    },
    shop: demo.ready.shop,
    api,
    store,
    stopDemo,
    /** Moves the backend's clock; Shopify's own stays. */
    skip: (ms: number) => {
      offset += ms;
    },
    /** The store's row once `test` holds for it. */
    storeWhen: (test: (found: Store) => boolean, shop?: string, timeout = 10_000): Promise<Store> =>
      vi.waitFor(
        async () => {
          const found = await store(shop);
          if (!found || !test(found)) throw new Error(`not yet: ${JSON.stringify(found)}`);
          return found;
        },
        { timeout, interval: 10 },
      ),
    webhook: async (post: WebhookPost = {}): Promise<Answer<{ error: ErrorBody }>> => {
      const body = post.raw ?? JSON.stringify(post.payload ?? {});
      const headers = signedHeaders(post.secret ?? demo.ready.clientSecret, body, {
        ...post,
        shop: post.shop ?? demo.ready.shop,
      });
      return toAnswer(await fetch(`${app.publicUrl}/webhooks`, { method: 'POST', headers, body }));
    },
    pixel: async (
      body: unknown,
      init: { key?: string; type?: string; forwardedFor?: string } = {},
    ): Promise<Answer<{ error: ErrorBody }>> => {
      const key = init.key ?? (await store())?.pixelKey ?? '';
      return toAnswer(
        await fetch(`${app.publicUrl}/pixel/v1/events?key=${encodeURIComponent(key)}`, {
          method: 'POST',
          headers: {
            'content-type': init.type ?? 'text/plain',
            ...(init.forwardedFor === undefined ? {} : { 'x-forwarded-for': init.forwardedFor }),
          },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      );
    },
    /** A handle of the stand-in under `/_demo/`. */
    control,
    /** Closes the backend and starts it again, with what happens in between. */
    restart: async (meanwhile: () => Promise<void> = async () => undefined): Promise<void> => {
      await app.close();
      await meanwhile();
      app = await start();
    },
    close: async (): Promise<void> => {
      await app.close();
      await stopDemo();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
export type Harness = Awaited<ReturnType<typeof startHarness>>;
