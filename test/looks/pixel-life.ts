import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sqlite3 from 'sqlite3';
import { PIXEL_EXTENSION_VERSION, PIXEL_SCHEMA_VERSION } from '../../shared/pixel/event.ts';

/** Life of a store's pixel over the last two days, sent as shoppers' browsers would have sent it, and orders that know of it or not. */
const HOUR_MS = 3_600_000;
const BATCH = 100;
const PRODUCTS = ['Merino beanie', 'Walnut desk tray', 'Linen apron', 'Enamel mug', 'Wool throw'];
const SOURCES = ['https://www.google.com/', 'https://instagram.com/', ''];

interface OrderSeen {
  readonly id: string;
  readonly checkout: string;
  readonly at: number;
}

interface Event {
  readonly name: string;
  readonly client: string;
  readonly at: number;
  readonly data?: unknown;
  readonly customData?: unknown;
  readonly path?: string;
  readonly referrer?: string;
  readonly stamp?: Readonly<Record<string, unknown>>;
}

const eventOf = ({ name, client, at, data = {}, path = '/', referrer = '', stamp = {}, customData }: Event) => ({
  id: randomUUID(),
  name,
  clientId: client,
  timestamp: new Date(at).toISOString(),
  context: { document: { location: { href: `https://shop.example${path}` }, referrer } },
  data,
  ...(customData === undefined ? {} : { type: 'custom', customData }),
  backroom: {
    extension: PIXEL_EXTENSION_VERSION,
    schema: PIXEL_SCHEMA_VERSION,
    page: client,
    n: 1,
    privacy: 'amp',
    sentAt: new Date().toISOString(),
    ...stamp,
  },
});

const variantOf = (index: number) => ({
  id: `v${index}`,
  price: { amount: 19.5 + index, currencyCode: 'EUR' },
  product: { id: `p${index}`, title: PRODUCTS[index % PRODUCTS.length] },
});
const checkoutOf = (token: string, order?: string) => ({
  checkout: {
    token,
    currencyCode: 'EUR',
    lineItems: [{ quantity: 1, variant: variantOf(token.length) }],
    ...(order === undefined ? {} : { order: { id: order } }),
  },
});

/** One visit as far as it went: 0 looked around, 1 viewed, 2 added, 3 began to pay, 4 paid. */
const visit = (client: string, at: number, depth: number, token: string, order?: string): Event[] => {
  const index = [...client].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const referrer = SOURCES[index % SOURCES.length] ?? '';
  const each = { client, referrer };
  const steps: Event[] = [
    { ...each, name: 'page_viewed', at },
    {
      ...each,
      name: 'product_viewed',
      at: at + 20_000,
      path: `/products/p${index % 5}`,
      data: { productVariant: variantOf(index) },
    },
    {
      ...each,
      name: 'product_added_to_cart',
      at: at + 50_000,
      path: `/products/p${index % 5}`,
      data: { cartLine: { merchandise: variantOf(index), quantity: 1 } },
    },
    { ...each, name: 'checkout_started', at: at + 90_000, path: '/checkout', data: checkoutOf(token) },
    {
      ...each,
      name: 'checkout_completed',
      at: at + 150_000,
      path: '/thank-you',
      data: checkoutOf(token, order ?? `9${index}`),
    },
  ];
  const search: Event[] =
    index % 4 === 0
      ? [
          {
            ...each,
            name: 'search_submitted',
            at: at + 10_000,
            path: '/search',
            data: { searchResult: { query: 'gift' } },
          },
        ]
      : [];
  return [...steps.slice(0, depth + 1), ...search];
};

export const openDatabase = (dataDir: string) => {
  const file = join(dataDir, 'backroom.sqlite');
  const use = <T>(work: (db: sqlite3.Database, done: (error: Error | null, value: T) => void) => void): Promise<T> =>
    new Promise((resolve, reject) => {
      const db = new sqlite3.Database(file);
      db.configure('busyTimeout', 10_000);
      work(db, (error, value) => db.close(() => (error ? reject(error) : resolve(value))));
    });
  return {
    all: <Row>(sql: string): Promise<Row[]> => use((db, done) => db.all<Row>(sql, done)),
    exec: (sql: string): Promise<void> => use((db, done) => db.exec(sql, (error) => done(error, undefined))),
  };
};

/** Posts events as a browser does; answers the statuses that came. */
export const createSender = (page: Page) => {
  const ask = async <T>(path: string): Promise<T> =>
    page.evaluate(
      async (to) => ((await (await fetch(`/trpc/${to}`)).json()) as { result: { data: T } }).result.data,
      path,
    );
  return async (events: readonly Event[], key?: string): Promise<number[]> => {
    const { publicUrl } = await ask<{ publicUrl: string }>('system.status');
    const { items } = await ask<{ items: { pixelKey: string }[] }>('pixel.stores');
    const to = `${publicUrl}/pixel/v1/events?key=${key ?? items[0]?.pixelKey ?? ''}`;
    const statuses: number[] = [];
    for (let from = 0; from < events.length; from += BATCH) {
      const body = JSON.stringify(events.slice(from, from + BATCH).map(eventOf));
      statuses.push((await fetch(to, { method: 'POST', headers: { 'content-type': 'text/plain' }, body })).status);
    }
    return statuses;
  };
};

/** Two days of visits: more today than the day before at each step but the last. */
export const twoDays = (now: number): Event[] =>
  Array.from({ length: 260 }, (_, index) => {
    const isToday = index < 160;
    const at =
      now - (isToday ? ((index * 37) % 140) * 600_000 : 24 * HOUR_MS + ((index * 53) % 140) * 600_000) - 200_000;
    const depth = index % 11 === 0 ? (isToday ? 3 : 4) : index % 5 === 0 ? 2 : index % 3 === 0 ? 0 : 1;
    return visit(`client-${index}`, at, depth, `token-${index}`);
  }).flat();

/** Orders of the last day, each with what the pixel knows of it: all of it, a refusal, a beginning, a bad form, or nothing. */
export const ordersSeen = (orders: readonly OrderSeen[]): Event[] =>
  orders.flatMap((order, index): Event[] => {
    const client = `buyer-${index}`;
    const end = { name: 'checkout_completed', client, at: order.at, path: '/thank-you' };
    switch (index % 6) {
      case 0:
      case 1:
        return visit(client, order.at - 200_000, 4, order.checkout, order.id);
      case 2:
        return [{ ...end, data: checkoutOf(order.checkout, order.id), stamp: { privacy: 'm' } }];
      case 3:
        return visit(client, order.at - 200_000, 3, order.checkout);
      case 4:
        return [{ ...end, data: { checkout: { token: order.checkout, lineItems: 'none' } } }];
      default:
        return [];
    }
  });

/** What waits in quarantine, and who else sends: an older version, a newer unknown one, something else than the extension. */
export const oddSenders = (now: number): Event[] =>
  Array.from({ length: 24 }, (_, index): Event => {
    const each = { client: `odd-${index}`, at: now - index * 60_000 };
    if (index % 4 === 0) return { ...each, name: 'page_viewed', stamp: { extension: '0.9.2' } };
    if (index % 4 === 1) return { ...each, name: 'page_viewed', stamp: { extension: '2.0.0', schema: 7 } };
    if (index % 4 === 2) return { ...each, name: 'product_viewed', data: { productVariant: { id: 4 } } };
    return { ...each, name: 'newsletter_joined', customData: { plan: index % 8 === 3 ? 'weekly' : 'daily', age: 30 } };
  });
