import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as operations from '../server/shopify/generated/admin.ts';
import { type DemoStore, startDemoStore } from './store.ts';
import { graphql } from './testing/harness.ts';

const PRODUCTS = 63;
let store: DemoStore;
beforeAll(async () => {
  store = await startDemoStore({ products: PRODUCTS, orders: 120, customers: 40, throttle: { maximum: 9_000_000 } });
  const pixel = { webPixel: { settings: { accountID: '1', endpoint: 'https://shop.example/pixel' } } };
  await graphql(store, String(operations.WebPixelCreateDocument), pixel);
});
afterAll(() => store.close());

const texts = Object.entries(operations)
  .filter(([name]) => name.endsWith('Document'))
  .map(([name, text]) => [name.slice(0, -'Document'.length), String(text)] as const);
const isBulk = (name: string): boolean => name.endsWith('Bulk');
const queries = texts.filter(([name, text]) => text.startsWith('query') && !isBulk(name));
const FIRST_ID: Readonly<Record<string, string>> = {
  Product: 'gid://shopify/Product/7400000000064',
  Order: 'gid://shopify/Order/5200000000032',
  Customer: 'gid://shopify/Customer/6100000000032',
  Bulk: 'gid://shopify/BulkOperation/1',
};
const idFor = (name: string): string =>
  Object.entries(FIRST_ID).find(([type]) => name.startsWith(type))?.[1] ?? 'gid://shopify/Shop/1';

describe('every operation of the backend', () => {
  it.each(queries)('%s is answered without an error, within the cost of one query', async (name, text) => {
    const declared = /^query \w+\(([^)]*)\)/.exec(text)?.[1] ?? '';
    const variables: Record<string, unknown> = {};
    if (declared.includes('$id:')) variables.id = idFor(name);
    if (declared.includes('$first:')) variables.first = 3;
    if (declared.includes('$query:')) variables.query = "updated_at:>='2026-01-01T00:00:00Z'";
    const result = await graphql(store, text, variables);
    expect(result.errors).toEqual([]);
    expect(result.cost?.requestedQueryCost).toBeLessThanOrEqual(1000);
    if (!name.startsWith('Bulk')) for (const value of Object.values(result.data ?? {})) expect(value).not.toBeNull();
  });

  it.each(texts.filter(([name]) => isBulk(name)))('%s runs as a bulk operation', async (_name, text) => {
    const started = await graphql(store, String(operations.BulkOperationRunQueryDocument), { query: text });
    const { bulkOperation, userErrors } = (
      started.data as {
        bulkOperationRunQuery: { bulkOperation: { id: string } | null; userErrors: unknown[] };
      }
    ).bulkOperationRunQuery;
    expect(userErrors).toEqual([]);
    const read = async () =>
      (await graphql(store, String(operations.BulkOperationGetDocument), { id: bulkOperation?.id ?? '' })).data as {
        bulkOperation: { status: string };
      };
    await expect
      .poll(async () => (await read()).bulkOperation.status, { interval: 5, timeout: 10_000 })
      .toBe('COMPLETED');
  });

  it('pages through every product once', async () => {
    const ids = new Set<string>();
    let after: string | null = null;
    do {
      const result = await graphql(store, String(operations.ProductsPageDocument), { first: 10, after });
      const page = result.data?.products as {
        nodes: { id: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      for (const node of page.nodes) ids.add(node.id);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(ids.size).toBe(PRODUCTS);
  });
});
