import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseBytes, type Harness, productsOf, startHarness } from './harness.ts';
import { isAllDone, settled } from './sync-harness.ts';

let h: Harness;
beforeEach(async () => {
  h = await startHarness({ byToken: true });
  // Everything: what is still being imported would meet the faults that are meant for the products.
  await settled(h, (store) => isAllDone(store) && store.pixelActive);
});
afterEach(() => h.close());

const sync = async (): Promise<number> =>
  (await h.api(`/stores/${h.shop}/sync`, { method: 'POST', body: '{}' })).status;
const warned = (code: string): boolean => h.lines.some((line) => line.includes('trying again') && line.includes(code));

describe('what passes', () => {
  it.each([
    ['THROTTLED', { kind: 'throttled' }, 'SHOPIFY_THROTTLED'],
    ['HTTP 429', { kind: '429' }, 'SHOPIFY_THROTTLED'],
    ['502', { kind: '502' }, 'SHOPIFY_UNREACHABLE'],
    ['a dropped connection', { kind: 'drop' }, 'SHOPIFY_UNREACHABLE'],
    ['an internal error of Shopify', { kind: 'graphql-error' }, 'SHOPIFY_FAULTY'],
  ])('%s: the import goes on by itself and leaves no problem behind', async (_name, fault, code) => {
    const before = productsOf(await h.store())?.finishedAt ?? '';
    await h.control('faults', { next: [{ ...fault, times: 2 }] });
    expect(await sync()).toBe(200);
    const store = await h.storeWhen(
      (found) =>
        productsOf(found)?.phase === 'done' && (productsOf(found)?.finishedAt ?? '') > before && found.problem === null,
    );
    expect(productsOf(store)).toMatchObject({ rows: 60, problem: null });
    expect(warned(code)).toBe(true);
  });
});

describe('what stays', () => {
  it.each([
    ['a GraphQL error', { kind: 'graphql-error' }, 'SHOPIFY_FAULTY', /internal error/],
    ['a refused access', { kind: 'access-denied' }, 'SHOPIFY_ERROR', /refused access.*read_products/],
    ['502 without end', { kind: '502' }, 'SHOPIFY_UNREACHABLE', /HTTP 502/],
  ])('%s: the store says so, the products stay', async (_name, fault, code, message) => {
    await h.control('faults', { next: [{ ...fault, times: 100 }] });
    await sync();
    const store = await h.storeWhen((found) => productsOf(found)?.phase === 'failed' && found.problem !== null);
    for (const problem of [store.problem, productsOf(store)?.problem]) {
      expect(problem).toMatchObject({ code, message: expect.stringMatching(message) });
    }
    expect((await h.api<{ total: number }>('/products')).body.total).toBe(60);
  });

  it('Shopify down: products are still listed and searched, the problem says what to check', async () => {
    await h.stopDemo();
    await sync();
    const store = await h.storeWhen((found) => found.problem?.code === 'SHOPIFY_UNREACHABLE');
    expect(store.problem).toMatchObject({
      message: 'Shopify could not be reached.',
      hint: expect.stringContaining('internet connection'),
    });
    expect(store.state).toBe('connected');
    const { body } = await h.api<{ total: number; items: { title: string }[] }>('/products');
    expect(body.total).toBe(60);
    const word = body.items[0]?.title.split(' ')[0] ?? '';
    expect((await h.api<{ total: number }>(`/products?search=${word}`)).body.total).toBeGreaterThan(0);
    await h.restart();
    expect((await h.api<{ total: number }>('/products')).body.total).toBe(60);
  });

  it('a token that Shopify no longer takes: the store asks to be connected again', async () => {
    await h.control('uninstall', {});
    await sync();
    const store = await h.storeWhen((found) => found.state !== 'connected');
    expect(store.problem).toMatchObject({
      code: 'SHOPIFY_UNAUTHORIZED',
      hint: expect.stringMatching(/Connect the store again/),
    });
    expect(databaseBytes(h.dataDir).includes(h.demo.ready.adminToken)).toBe(false);
  });
});

it('a wrong admin token at the start: the log says what is wrong, and not the token', async () => {
  const other = await startHarness({ byToken: true, adminToken: 'shpat_00000000000000000000000000000000' });
  try {
    await other.app.services.stores.list();
    await expect
      .poll(() =>
        other.lines.some((line) => line.includes('could not be connected') && line.includes('no longer accepts')),
      )
      .toBe(true);
    expect(other.lines.join('')).not.toContain('shpat_0000');
  } finally {
    await other.close();
  }
});
