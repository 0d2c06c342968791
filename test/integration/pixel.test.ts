import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { databaseBytes, type Harness, pixelEvent, startHarness } from './harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness({ byToken: true, env: { BACKROOM_LIMITS_PIXEL_ADDRESS_EVENTS_PER_MINUTE: '600' } });
  await h.storeWhen((store) => store.pixelKey !== '' && store.pixelActive);
});
afterAll(() => h.close());

const list = async (outcome: 'accepted' | 'quarantined') =>
  (await h.app.services.pixel.list({ outcome, limit: 250 })).items;
const checkout = (email: string): Record<string, unknown> => ({
  email,
  phone: '+43 660 0000000',
  shippingAddress: { address1: 'Plantedstreet 1' },
  token: 'checkout-1',
  currencyCode: 'EUR',
  totalPrice: { amount: 12.3, currencyCode: 'EUR' },
  lineItems: [],
});

describe('events that fit', () => {
  it.each(['text/plain', 'application/json', 'text/plain;charset=UTF-8'])(
    'one, as %s: 204, stored, its page without the query',
    async (type) => {
      const event = pixelEvent();
      const answer = await h.pixel(event, { type });
      expect(answer.status).toBe(204);
      const row = (await list('accepted')).find((entry) => entry.eventId === event.id);
      expect(row).toMatchObject({ name: 'page_viewed', shop: h.shop, url: 'https://shop.example/products/hat' });
    },
  );

  it('a batch: 204, all stored, also those that anyone may publish', async () => {
    const batch = [pixelEvent(), pixelEvent({ name: 'my:custom_event', customData: { a: 1 } })];
    expect((await h.pixel(batch)).status).toBe(204);
    const ids = (await list('accepted')).map((entry) => entry.eventId);
    expect(ids).toEqual(expect.arrayContaining(batch.map((event) => event.id)));
  });

  it('that come twice are kept once and counted', async () => {
    const event = pixelEvent({ id: randomUUID() });
    const before = await h.app.services.pixel.summary();
    await h.pixel([event, event]);
    await h.pixel(event);
    const after = await h.app.services.pixel.summary();
    expect(after.duplicates - before.duplicates).toBe(2);
    expect(after.accepted - before.accepted).toBe(1);
  });

  it('answers any origin, and the preflight', async () => {
    const answer = await h.pixel(pixelEvent());
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const preflight = await fetch(`${h.app.publicUrl}/pixel/v1/events?key=x`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type');
  });
});

describe('events that do not fit', () => {
  it('are put aside with the reason; their neighbours are kept', async () => {
    const good = pixelEvent();
    const bad = pixelEvent({
      name: 'product_viewed',
      data: { productVariant: { id: '1', price: { amount: '12', currencyCode: 'EUR' }, product: { id: '1' } } },
    });
    const answer = await h.pixel([good, bad, 42]);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('x-backroom-quarantined')).toBe('2');
    const aside = await list('quarantined');
    expect(aside.find((entry) => entry.eventId === bad.id)?.reason).toContain('data.productVariant.price.amount');
    expect(aside.some((entry) => entry.name === '(no name)')).toBe(true);
    expect((await list('accepted')).some((entry) => entry.eventId === good.id)).toBe(true);
  });

  it.each([
    ['an unknown key', { key: 'px_unknown' }, '{}', 403, 'UNKNOWN_PIXEL_KEY'],
    ['text that is no JSON', {}, '{"id":', 400, 'INVALID_JSON'],
    ['an empty body', {}, ' ', 400, 'INVALID_JSON'],
    ['an empty batch', {}, '[]', 400, 'BAD_REQUEST'],
    ['more than 256 kB', {}, JSON.stringify(pixelEvent({ customData: 'x'.repeat(300_000) })), 413, 'BODY_TOO_LARGE'],
  ])('%s is refused', async (_name, init, body, status, code) => {
    const answer = await h.pixel(body, init);
    expect(answer.status).toBe(status);
    expect(answer.body.error.code).toBe(code);
    expect(answer.body.error.hint).toBeTruthy();
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });
});

/** An event's text with `levels` lists in each other. */
const nested = (levels: number, changes: Record<string, unknown> = {}): string =>
  JSON.stringify(pixelEvent({ ...changes, customData: 0 })).replace(
    '"customData":0',
    `"customData":${'['.repeat(levels)}${']'.repeat(levels)}`,
  );

describe('events that were made to break something', () => {
  it.each([
    ['alone', (levels: number) => nested(levels)],
    ['in a batch', (levels: number) => `[${nested(1)},${nested(levels)}]`],
    ['alone, and no event', (levels: number) => '['.repeat(levels) + ']'.repeat(levels)],
  ])('nested too deep, %s: refused before they are stored, and the list goes on working', async (_name, body) => {
    for (const levels of [1500, 100_000]) {
      const answer = await h.pixel(body(levels));
      expect([answer.status, answer.body.error.code]).toEqual([400, 'BAD_REQUEST']);
    }
    const answer = await h.pixel(nested(150));
    expect(answer.status).toBe(204);
    expect((await list('accepted')).length).toBeGreaterThan(0);
  });

  it('a name with the sign NUL is counted under that name', async () => {
    const name = 'my\u0000event';
    expect((await h.pixel(pixelEvent({ name }))).status).toBe(204);
    const health = await h.app.services.pixel.health({ period: 'day' });
    expect(health.names).toContainEqual({ name, accepted: 1, quarantined: 0 });
    expect(Number.isInteger(health.received)).toBe(true);
  });

  it.each([
    ['half a surrogate', JSON.stringify(pixelEvent({ id: 'half-\ud800' }))],
    ['the same key twice', JSON.stringify(pixelEvent({ id: 'second' })).replace('{', '{"id":"first",')],
  ])('an id with %s is still known again', async (_name, body) => {
    const before = await h.app.services.pixel.summary();
    await h.pixel(body);
    await h.pixel(body);
    const after = await h.app.services.pixel.summary();
    expect(after.accepted - before.accepted).toBe(1);
    expect(after.duplicates - before.duplicates).toBe(1);
  });
});

it('a shopper’s e-mail, phone and address are never stored, in accepted and quarantined events alike', async () => {
  const accepted = pixelEvent({
    name: 'checkout_completed',
    data: { checkout: checkout('planted.accepted@example.com') },
  });
  const quarantined = pixelEvent({
    name: 'checkout_completed',
    data: { checkout: { ...checkout('planted.quarantined@example.com'), lineItems: 'wrong' } },
  });
  const answer = await h.pixel([accepted, quarantined]);
  expect([answer.status, answer.headers.get('x-backroom-quarantined')]).toEqual([204, '1']);
  const stored = databaseBytes(h.dataDir);
  expect(stored.includes(String(accepted.id))).toBe(true);
  expect(stored.includes(String(quarantined.id))).toBe(true);
  for (const planted of ['planted.accepted@', 'planted.quarantined@', 'Plantedstreet', '+43 660'])
    expect(stored.includes(planted)).toBe(false);
});

it('too many events: 429 with the seconds to wait, and they are counted', async () => {
  const before = await h.app.services.pixel.summary();
  const batch = Array.from({ length: 400 }, () => pixelEvent({ context: {} }));
  let answer = await h.pixel(batch);
  if (answer.status === 204) answer = await h.pixel(batch);
  expect(answer.status).toBe(429);
  expect(answer.body.error.code).toBe('RATE_LIMITED');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  await vi.waitFor(async () => expect((await h.app.services.pixel.summary()).limited).toBe(before.limited + 400));
  // Behind a tunnel every request comes from this computer: only the last hop knows who sent it, whatever the sender claims.
  expect((await h.pixel(pixelEvent(), { forwardedFor: '198.51.100.7' })).status).toBe(204);
  const flood = [await h.pixel(batch, { forwardedFor: '203.0.113.1, 192.0.2.9' })];
  flood.push(await h.pixel(batch, { forwardedFor: '203.0.113.2, 192.0.2.9' }));
  expect(flood.map(({ status }) => status)).toEqual([204, 429]);
});
