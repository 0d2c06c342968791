import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './harness.ts';
import { approve, get, sign } from './oauth-browser.ts';

/** One answer of Shopify, changed in one field at a time: every one is refused, and none leaves a store behind. */
const FIELDS = ['code', 'hmac', 'host', 'shop', 'state', 'timestamp'] as const;
type Approved = Awaited<ReturnType<typeof approve>>;
/** What the browser asks for instead: the address, and the cookie it brings. */
type Change = (approved: Approved, h: Harness) => { url: string; cookie: string | undefined };

const edited = ({ callback }: Approved, edit: (query: URLSearchParams) => void): string => {
  const url = new URL(callback);
  edit(url.searchParams);
  return url.href;
};
const keep = (approved: Approved, url: string) => ({ url, cookie: approved.cookie });
const seconds = (offset: number): string => String(Math.floor(Date.now() / 1000) + offset);

const CHANGES: Record<string, Change> = {
  'another browser: no cookie': ({ callback }) => ({ url: callback.href, cookie: undefined }),
  'another browser: its own cookie': ({ callback }) => ({ url: callback.href, cookie: 'backroom_oauth=of-another' }),
  'an empty cookie': ({ callback }) => ({ url: callback.href, cookie: 'backroom_oauth=' }),
  'no parameters at all': (approved) => keep(approved, `${approved.callback.origin}/auth/callback`),
  'a field more, unsigned': (approved) => keep(approved, `${approved.callback.href}&extra=1`),
  'signed with another secret': (approved) =>
    keep(
      approved,
      edited(approved, (query) => query.set('hmac', 'f'.repeat(64))),
    ),
  'signed, but 91 s old': (approved, h) => keep(approved, sign(h, approved.callback, { timestamp: seconds(-95) })),
  'signed, but from the future': (approved, h) =>
    keep(approved, sign(h, approved.callback, { timestamp: seconds(120) })),
  'signed, with no number for a time': (approved, h) =>
    keep(approved, sign(h, approved.callback, { timestamp: 'now' })),
  'signed, with a time that is no whole number': (approved, h) =>
    keep(approved, sign(h, approved.callback, { timestamp: `${seconds(0)}.5` })),
  'signed, for another shop of the same app': (approved, h) =>
    keep(approved, sign(h, approved.callback, { shop: h.demo.shops[0] ?? '' })),
  'signed, for a domain that is no shop': (approved, h) =>
    keep(approved, sign(h, approved.callback, { shop: 'evil.example' })),
  'signed, for a domain that only looks like a shop': (approved, h) =>
    keep(approved, sign(h, approved.callback, { shop: 'evil.example/.myshopify.com' })),
  'signed, with a state that was never made': (approved, h) =>
    keep(approved, sign(h, approved.callback, { state: 'x'.repeat(43) })),
  'signed, with no state': (approved, h) => keep(approved, sign(h, approved.callback, { state: '' })),
  'signed, with no code': (approved, h) => keep(approved, sign(h, approved.callback, { code: '' })),
  'signed, with a code that Shopify never made': (approved, h) =>
    keep(approved, sign(h, approved.callback, { code: '0'.repeat(32) })),
};
for (const field of FIELDS) {
  CHANGES[`${field} missing`] = (approved) =>
    keep(
      approved,
      edited(approved, (query) => query.delete(field)),
    );
  CHANGES[`${field} empty`] = (approved) =>
    keep(
      approved,
      edited(approved, (query) => query.set(field, '')),
    );
  CHANGES[`${field} wrong`] = (approved) =>
    keep(
      approved,
      edited(approved, (query) => query.set(field, `${query.get(field)}x`)),
    );
  CHANGES[`${field} twice`] = (approved) =>
    keep(
      approved,
      edited(approved, (query) => query.append(field, query.get(field) ?? '')),
    );
  CHANGES[`${field} as a list`] = (approved) =>
    keep(
      approved,
      edited(approved, (query) => {
        const value = query.get(field) ?? '';
        query.delete(field);
        query.set(`${field}[]`, value);
      }),
    );
}

describe('an answer of Shopify that was changed in one field', () => {
  let h: Harness;
  let shop: string;
  beforeAll(async () => {
    h = await startHarness();
    shop = h.demo.shops[1] ?? '';
  });
  afterAll(() => h.close());

  it.each(Object.entries(CHANGES))('is refused and stores nothing: %s', async (_name, change) => {
    const approved = await approve(h, shop);
    const { url, cookie } = change(approved, h);
    const answer = await get(url, cookie);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect([500, 503]).not.toContain(answer.status);
    expect(await answer.text()).toContain('The store was not connected');
    expect(await h.app.services.stores.list()).toEqual([]);
  });

  it('is refused when its state is too old', async () => {
    const approved = await approve(h, shop);
    h.skip(10 * 60_000 + 1);
    expect((await get(approved.callback.href, approved.cookie)).status).toBe(403);
    h.skip(-10 * 60_000 - 1);
    expect(await h.app.services.stores.list()).toEqual([]);
  });

  it('is taken as it was sent, once; replayed it changes nothing', async () => {
    const { callback, cookie } = await approve(h, shop);
    expect((await get(callback.href, cookie)).status).toBe(200);
    const before = await h.store(shop);
    expect((await get(callback.href, cookie)).status).toBe(403);
    const after = await h.store(shop);
    expect(after).toMatchObject({ state: 'connected', tokenIssuedAt: before?.tokenIssuedAt });
  });
});
