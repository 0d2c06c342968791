import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoStore, startDemoStore } from './store.ts';
import { control, graphql } from './testing/harness.ts';

let store: DemoStore;
let time = Date.UTC(2026, 10, 1);
beforeAll(async () => {
  store = await startDemoStore({ products: 230, now: () => time });
});
afterAll(() => store.close());

/** Fills the bucket, as a few seconds without calls would. */
const rest = (): void => {
  time += 60_000;
};

interface ProductsPage {
  nodes: { id: string; title: string; updatedAt: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}
const products = async (args: string, variables: Record<string, unknown> = {}): Promise<ProductsPage> => {
  rest();
  const page = '{ nodes { id title updatedAt } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';
  // GraphQL refuses a variable that is declared and not used.
  const declared = Object.keys(variables).map((name) => `$${name}: String`);
  const head = declared.length > 0 ? `query(${declared.join(', ')})` : 'query';
  const result = await graphql(store, `${head} { products(${args}) ${page} }`, variables);
  expect(result.errors).toEqual([]);
  return result.data?.products as ProductsPage;
};

describe('answers', () => {
  it('carry a request id and the version that was used', async () => {
    const old = await graphql(store, '{ shop { id } }', {}, { version: '2024-01' });
    expect(old.headers.get('x-shopify-api-version')).toBe('2026-01');
    expect(old.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect((await graphql(store, '{ shop { id } }', {}, { version: 'latest' })).status).toBe(404);
  });

  it('refuse a wrong token, an unknown shop and a missing scope as Shopify does', async () => {
    const wrong = await graphql(store, '{ shop { id } }', {}, { token: 'shpat_wrong' });
    expect(wrong).toMatchObject({
      status: 401,
      errors: [{ message: expect.stringContaining('Invalid API key or access token') }],
    });
    expect((await graphql(store, '{ shop { id } }', {}, { shop: 'nobody.myshopify.com' })).status).toBe(404);
    await control(store, 'faults', { next: [{ kind: 'access-denied' }] });
    const denied = await graphql(store, '{ products(first: 1) { nodes { id } } }');
    expect(denied).toMatchObject({ status: 200, errors: [{ extensions: { code: 'ACCESS_DENIED' } }] });
  });

  it('name a field that does not exist', async () => {
    const result = await graphql(store, '{ shop { nmae } }');
    expect(result.errors[0]).toMatchObject({
      message: "Field 'nmae' doesn't exist on type 'Shop'",
      extensions: { code: 'undefinedField' },
    });
  });

  it('refuse bodies that are no query', async () => {
    const post = (body: string) =>
      fetch(`${store.ready.origin}/admin/api/2026-10/graphql.json`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Shopify-Access-Token': store.ready.adminToken },
        body,
      });
    expect((await post('{"nothing":1}')).status).toBe(400);
    expect((await post('{broken')).status).toBe(400);
  });
});

describe('lists', () => {
  it('sort and reverse by cursor without gaps', async () => {
    const all = await products('first: 250, sortKey: UPDATED_AT, reverse: true');
    const times = all.nodes.map((node) => node.updatedAt);
    expect(times).toEqual([...times].sort().reverse());
    const one = await products('first: 7, sortKey: UPDATED_AT, reverse: true');
    const two = await products('first: 7, after: $after, sortKey: UPDATED_AT, reverse: true', {
      after: one.pageInfo.endCursor,
    });
    expect([...one.nodes, ...two.nodes].map((node) => node.id)).toEqual(all.nodes.slice(0, 14).map((node) => node.id));
    const back = await products('last: 7, before: $before, sortKey: UPDATED_AT, reverse: true', {
      before: two.pageInfo.startCursor,
    });
    expect(back.nodes).toEqual(one.nodes);
  });

  it('give each product its own title', async () => {
    const titles = (await products('first: 250')).nodes.map((node) => node.title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('search by time, id and words', async () => {
    const all = (await products('first: 250, sortKey: ID')).nodes;
    const middle = all[100]?.id.split('/').at(-1);
    expect((await products(`first: 250, query: "id:>${middle}"`)).nodes).toHaveLength(all.length - 101);
    const limit = '2026-09-20T00:00:00Z';
    const recent = await products(`first: 250, query: "updated_at:>='${limit}'"`);
    expect(recent.nodes.map((node) => node.id).sort()).toEqual(
      all
        .filter((node) => node.updatedAt >= limit)
        .map((node) => node.id)
        .sort(),
    );
    const boots = await products('first: 250, query: "boots -title:granite"');
    expect(boots.nodes.length).toBeGreaterThan(0);
    for (const node of boots.nodes) expect(node.title).toMatch(/^(?!Granite).*Boots/);
  });

  it('refuse a page of more than 250 and a page without a size', async () => {
    expect((await graphql(store, '{ products(first: 251) { nodes { id } } }')).errors[0]?.message).toContain(
      'first cannot exceed 250',
    );
    expect((await graphql(store, '{ products { nodes { id } } }')).errors[0]?.message).toContain(
      'one of first or last',
    );
  });

  it('show orders with their customer and payment', async () => {
    rest();
    const result = await graphql(
      store,
      '{ orders(first: 3, reverse: true) { nodes { name customer { displayName } transactions(first: 5) { kind amountSet { shopMoney { amount } } } lineItems(first: 5) { nodes { title } } } } customers(first: 2) { nodes { displayName numberOfOrders defaultEmailAddress { emailAddress } } } }',
    );
    expect(result.errors).toEqual([]);
    expect(result.data?.orders).toMatchObject({ nodes: [{ name: '#1200' }, { name: '#1199' }, { name: '#1198' }] });
  });
});

describe('cost', () => {
  it('stops a query above 1000 points', async () => {
    const result = await graphql(store, '{ products(first: 100) { nodes { variants(first: 20) { nodes { id } } } } }');
    expect(result.errors[0]?.extensions).toMatchObject({ code: 'MAX_COST_EXCEEDED', cost: 2302, maxCost: 1000 });
    expect(result.data).toBeNull();
  });

  it('throttles when the bucket is empty, gives back what was not used, and refills', async () => {
    rest();
    const dear = '{ products(first: 250) { nodes { id featuredMedia { id } } } }';
    expect((await graphql(store, dear)).cost?.actualQueryCost).toBeLessThanOrEqual(502);
    let last = await graphql(store, dear);
    for (let call = 0; call < 6 && last.errors.length === 0; call += 1) last = await graphql(store, dear);
    expect(last.status).toBe(200);
    expect(last.errors).toEqual([
      { message: 'Throttled', extensions: { code: 'THROTTLED', documentation: expect.any(String) } },
    ]);
    expect(last.cost).toMatchObject({
      requestedQueryCost: 502,
      actualQueryCost: null,
      throttleStatus: { maximumAvailable: 2000, restoreRate: 100 },
    });
    const missing = 502 - (last.cost?.throttleStatus.currentlyAvailable ?? 0);
    time += Math.ceil(missing / 100) * 1000;
    expect((await graphql(store, dear)).errors).toEqual([]);
  });
});

describe('faults', () => {
  it('come once each, in order', async () => {
    rest();
    await control(store, 'faults', {
      next: [{ kind: 'throttled' }, { kind: '429' }, { kind: '500' }, { kind: '502' }, { kind: 'graphql-error' }],
    });
    const call = () => graphql(store, '{ shop { id } }');
    expect((await call()).errors[0]?.extensions?.code).toBe('THROTTLED');
    const limited = await call();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2.0']);
    expect((await call()).status).toBe(500);
    expect((await call()).status).toBe(502);
    expect((await call()).errors[0]?.extensions?.code).toBe('INTERNAL_SERVER_ERROR');
    expect((await call()).errors).toEqual([]);
  });

  it('drop the connection, and answer slowly', async () => {
    await control(store, 'faults', { next: [{ kind: 'drop' }, { kind: 'slow', ms: 150 }] });
    await expect(graphql(store, '{ shop { id } }')).rejects.toThrow();
    const started = performance.now();
    expect((await graphql(store, '{ shop { id } }')).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(140);
  });

  it('keep to their path', async () => {
    await control(store, 'faults', { next: [{ kind: '500', path: '/admin/oauth/access_token' }] });
    expect((await graphql(store, '{ shop { id } }')).status).toBe(200);
    const token = await fetch(`${store.ready.origin}/admin/oauth/access_token`, {
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
    });
    expect(token.status).toBe(500);
  });
});

describe('control', () => {
  it('answers programs on this computer only', async () => {
    const url = `${store.ready.origin}/_demo/state`;
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url, { headers: { Origin: 'https://evil.example' } })).status).toBe(403);
  });

  it('says what is wrong with a request', async () => {
    expect((await control(store, 'faults', { next: [{ kind: 'meteor' }] })).status).toBe(400);
    expect((await control(store, 'products/update', { shop: 'nobody.myshopify.com' })).status).toBe(404);
  });
});
