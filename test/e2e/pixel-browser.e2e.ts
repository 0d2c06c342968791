import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { launchChromium } from './chromium.ts';
import { createSandbox, type Told } from './pixel-sandbox.ts';

/**
 * The built extension in Chromium, as Shopify runs app pixels: a web worker in a sandboxed frame, so its origin is opaque and every request
 * of it is cross-origin (`pixel-sandbox.ts`).
 */
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

/** Opens the shop's page with the pixel in its sandbox; answers how to publish, and what went wrong in there. */
const openShop = async (endpoint: string) => {
  const escaped: string[] = [];
  page.on('pageerror', (error) => escaped.push(error.message));
  const sandbox = await createSandbox(page, addressOf());
  const shopper = await sandbox.open(
    { accountID: 'px_test', endpoint },
    { analyticsProcessingAllowed: true, marketingAllowed: false },
  );
  let count = 0;
  const eventOf = (name: string) => {
    count += 1;
    return {
      id: `event-${count}`,
      clientId: 'client',
      name,
      type: 'standard',
      seq: count,
      timestamp: new Date().toISOString(),
      context: {},
      data: {},
    };
  };
  return {
    publish: (...published: string[]): Promise<Told> => shopper.tell({ publish: published.map(eventOf) }),
    problems: async (): Promise<string[]> => [...escaped, ...(await sandbox.problems())],
  };
};

const names = (): string[] => received.flatMap(({ events }) => events.map(({ name }) => name));

test('sends from an opaque origin, as plain text and without asking first', async () => {
  const shop = await openShop(`${addressOf()}/pixel/v1/events`);
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
  const shop = await openShop(`${addressOf()}/pixel/v1/events`);
  const { slowest } = await shop.publish(...Array.from({ length: 60 }, () => 'product_viewed'));
  expect(slowest).toBeLessThan(500);
  // The page itself answers at once while requests hang.
  expect(await page.evaluate(() => document.title)).toBe('A shop');
  await expect.poll(() => new Set(received.flatMap(({ events }) => events.map(({ id }) => id))).size).toBe(60);
  expect(names()).toHaveLength(60);
  expect(await shop.problems()).toEqual([]);
});

test('a failing backend gets the events again when it is back', async () => {
  mode = 'failing';
  const shop = await openShop(`${addressOf()}/pixel/v1/events`);
  await shop.publish('checkout_completed');
  await expect.poll(() => received.length).toBeGreaterThan(0);
  mode = 'ok';
  const failed = received.length;
  await expect.poll(() => received.length).toBeGreaterThan(failed);
  expect(received.at(-1)?.events.map(({ id }) => id)).toEqual(['event-1']);
  expect(await shop.problems()).toEqual([]);
});

test('with nobody there, no error escapes', async () => {
  const shop = await openShop('http://127.0.0.1:9/pixel/v1/events');
  await shop.publish(...Array.from({ length: 200 }, () => 'page_viewed'));
  await shop.publish('page_viewed');
  expect(await page.evaluate(() => document.title)).toBe('A shop');
  expect(await shop.problems()).toEqual([]);
});
