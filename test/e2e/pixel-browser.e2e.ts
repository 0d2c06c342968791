import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { launchChromium } from './chromium.ts';

/**
 * The built extension in Chromium, as Shopify runs app pixels: a web worker in a sandboxed frame, so its origin is opaque and every request
 * of it is cross-origin. A stand-in plays `shopify`, `analytics` and `init`.
 */
const bundle = readFileSync(join(import.meta.dirname, '../../dist/extensions/web-pixel.js'), 'utf8');

interface Received {
  readonly method: string;
  readonly origin: string | undefined;
  readonly type: string | undefined;
  readonly events: { id: string; name: string; backroom: { n: number } }[];
}

type Mode = 'ok' | 'slow' | 'failing';
let server: Server;
let mode: Mode = 'ok';
let received: Received[] = [];
let browser: Browser;
let page: Page;
test.beforeAll(async () => {
  browser = await launchChromium();
});
test.afterAll(() => browser?.close());

const addressOf = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

test.beforeEach(async () => {
  mode = 'ok';
  received = [];
  server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>A shop</title><p>A mug</p>');
      return;
    }
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const isPost = request.method === 'POST';
      received.push({
        method: request.method ?? '',
        origin: request.headers.origin,
        type: request.headers['content-type'],
        events: isPost ? JSON.parse(body) : [],
      });
      const status = mode === 'failing' ? 503 : 204;
      const answer = (): void => {
        response.writeHead(status, { 'access-control-allow-origin': '*' }).end();
      };
      if (mode === 'slow') setTimeout(answer, 1500);
      else answer();
    });
  });
  page = await browser.newPage();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
test.afterEach(async () => {
  await page.close();
  server.closeAllConnections();
  server.close();
});

/** Runs in the worker before the bundle: Shopify's side of it. */
const standIn = (endpoint: string): string => `
  const listeners = {};
  const subscribe = (name, listener) => { (listeners[name] ??= []).push(listener); return () => true; };
  self.addEventListener('error', (event) => postMessage({ problem: String(event.message) }));
  self.addEventListener('unhandledrejection', (event) => postMessage({ problem: String(event.reason) }));
  let count = 0;
  const publish = (name) => {
    count += 1;
    const started = performance.now();
    const event = { id: 'event-' + count, clientId: 'client', name, type: 'standard', seq: count, timestamp: new Date().toISOString(), context: {}, data: {} };
    for (const listener of listeners.all_standard_events ?? []) listener(event);
    return performance.now() - started;
  };
  self.shopify = { extend: (point, start) => start({
    settings: { accountID: 'px_test', endpoint: ${JSON.stringify(endpoint)} },
    analytics: { subscribe },
    customerPrivacy: { subscribe },
    init: { customerPrivacy: { analyticsProcessingAllowed: true, marketingAllowed: false } },
  }) };
  self.addEventListener('message', ({ data }) => {
    const times = data.map(publish);
    postMessage({ published: times.length, slowest: Math.max(...times), origin: self.origin });
  });
`;

/** Opens the shop's page with the pixel in its sandbox; answers how to publish, and what went wrong in there. */
const openShop = async (page: Page, endpoint: string) => {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(addressOf());
  await page.evaluate(
    (code) => {
      const frame = document.createElement('iframe');
      // No allow-same-origin: what runs in it has an opaque origin, and so has its worker.
      frame.setAttribute('sandbox', 'allow-scripts');
      frame.srcdoc = `<script>
      const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(code).replaceAll('<', '\\u003c')}])));
      worker.onmessage = ({ data }) => parent.postMessage(data, '*');
      worker.onerror = (event) => parent.postMessage({ problem: event.message }, '*');
      addEventListener('message', ({ data }) => worker.postMessage(data));
    </script>`;
      const seen: unknown[] = [];
      Object.assign(window, { seen });
      addEventListener('message', ({ data }) => seen.push(data));
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      return loaded;
    },
    `${standIn(endpoint)}\n${bundle}`,
  );
  type Seen = { problem?: string; published?: number; slowest?: number; origin?: string };
  const seen = (): Promise<Seen[]> => page.evaluate(() => (window as unknown as { seen: Seen[] }).seen);
  return {
    seen,
    publish: async (...names: string[]): Promise<Seen> => {
      const before = (await seen()).filter(({ published }) => published).length;
      await page.evaluate((list) => document.querySelector('iframe')?.contentWindow?.postMessage(list, '*'), names);
      await expect.poll(async () => (await seen()).filter(({ published }) => published).length).toBe(before + 1);
      return (await seen()).findLast(({ published }) => published) ?? {};
    },
    problems: async (): Promise<string[]> => [
      ...problems,
      ...(await seen()).flatMap(({ problem }) => (problem === undefined ? [] : [problem])),
    ],
  };
};

const names = (): string[] => received.flatMap(({ events }) => events.map(({ name }) => name));

test('sends from an opaque origin, as plain text and without asking first', async () => {
  const shop = await openShop(page, `${addressOf()}/pixel/v1/events`);
  const { origin } = await shop.publish('page_viewed', 'product_viewed', 'checkout_completed');
  expect(origin).toBe('null');
  await expect.poll(names).toEqual(['page_viewed', 'product_viewed', 'checkout_completed']);
  expect(received.map(({ method }) => method)).not.toContain('OPTIONS');
  expect(received.every((each) => each.origin === 'null' && each.type?.startsWith('text/plain'))).toBe(true);
  expect(received.flatMap(({ events }) => events.map(({ backroom }) => backroom.n))).toEqual([1, 2, 3]);
  expect(await shop.problems()).toEqual([]);
});

test('a slow backend blocks nothing, and each event comes once', async () => {
  mode = 'slow';
  const shop = await openShop(page, `${addressOf()}/pixel/v1/events`);
  const { slowest = Number.POSITIVE_INFINITY } = await shop.publish(
    ...Array.from({ length: 60 }, () => 'product_viewed'),
  );
  expect(slowest).toBeLessThan(500);
  // The page itself answers at once while requests hang.
  expect(await page.evaluate(() => document.title)).toBe('A shop');
  await expect.poll(() => new Set(received.flatMap(({ events }) => events.map(({ id }) => id))).size).toBe(60);
  expect(names()).toHaveLength(60);
  expect(await shop.problems()).toEqual([]);
});

test('a failing backend gets the events again when it is back', async () => {
  mode = 'failing';
  const shop = await openShop(page, `${addressOf()}/pixel/v1/events`);
  await shop.publish('checkout_completed');
  await expect.poll(() => received.length).toBeGreaterThan(0);
  mode = 'ok';
  const failed = received.length;
  await expect.poll(() => received.length).toBeGreaterThan(failed);
  expect(received.at(-1)?.events.map(({ id }) => id)).toEqual(['event-1']);
  expect(await shop.problems()).toEqual([]);
});

test('with nobody there, no error escapes', async () => {
  const shop = await openShop(page, 'http://127.0.0.1:9/pixel/v1/events');
  await shop.publish(...Array.from({ length: 200 }, () => 'page_viewed'));
  await shop.publish('page_viewed');
  expect(await page.evaluate(() => document.title)).toBe('A shop');
  expect(await shop.problems()).toEqual([]);
});
