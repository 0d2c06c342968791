import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoStore, startDemoStore } from './store.ts';
import { control, graphql, startReceiver } from './testing/harness.ts';

const RUN = `mutation($query: String!, $grouped: Boolean = false) { bulkOperationRunQuery(query: $query, groupObjects: $grouped) {
  bulkOperation { id status } userErrors { field message code } } }`;
const READ =
  'query($id: ID!) { bulkOperation(id: $id) { id status errorCode objectCount rootObjectCount fileSize url partialDataUrl type } }';
const PRODUCTS = '{ products { edges { node { id title variants { nodes { id sku } } } } } }';

interface Operation {
  readonly id: string;
  readonly status: string;
  readonly errorCode: string | null;
  readonly objectCount: string;
  readonly rootObjectCount: string;
  readonly fileSize: string | null;
  readonly url: string | null;
  readonly partialDataUrl: string | null;
}
interface Line {
  readonly id: string;
  readonly __parentId?: string;
}

let store: DemoStore;
beforeEach(async () => {
  store = await startDemoStore({ products: 300, orders: 40, customers: 20, throttle: { maximum: 20_000 } });
});
afterEach(() => store.close());

const run = async (query: string, grouped = false) =>
  (await graphql(store, RUN, { query, grouped })).data?.bulkOperationRunQuery as {
    bulkOperation: { id: string; status: string } | null;
    userErrors: { message: string; code: string }[];
  };
const read = async (id: string): Promise<Operation> =>
  (await graphql(store, READ, { id })).data?.bulkOperation as Operation;
const finished = async (id: string): Promise<Operation> => {
  await expect
    .poll(async () => (await read(id)).status, { interval: 5, timeout: 5000 })
    .toMatch(/COMPLETED|FAILED|CANCELED/);
  return read(id);
};
const whole = async (query: string, grouped = false): Promise<Operation> =>
  finished((await run(query, grouped)).bulkOperation?.id ?? '');
const linesOf = async (operation: Operation): Promise<Line[]> =>
  (await (await fetch(operation.url ?? '')).text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a bulk query', () => {
  it('writes every row once, children with the id of their parent', async () => {
    const started = await run(PRODUCTS);
    expect(started).toMatchObject({ bulkOperation: { status: 'CREATED' }, userErrors: [] });
    const operation = await finished(started.bulkOperation?.id ?? '');
    const lines = await linesOf(operation);
    expect(operation).toMatchObject({ status: 'COMPLETED', errorCode: null, type: 'QUERY', partialDataUrl: null });
    expect(Number(operation.objectCount)).toBe(lines.length);
    expect(operation.rootObjectCount).toBe('300');
    const roots = new Set(lines.filter((line) => !line.__parentId).map((line) => line.id));
    expect(roots.size).toBe(300);
    for (const line of lines) if (line.__parentId) expect(roots.has(line.__parentId)).toBe(true);
  });

  it('takes fragments and lists, and answers with null where nothing matches', async () => {
    const orders = await linesOf(
      await whole(
        '{ orders { nodes { id transactions { kind paymentDetails { ... on CardPaymentDetails { company } } } lineItems { nodes { id } } } } }',
      ),
    );
    expect(orders[0]).toMatchObject({ transactions: [expect.objectContaining({ kind: expect.any(String) })] });
    const none = await whole('{ products(query: "id:1") { nodes { id } } }');
    expect(none).toMatchObject({ status: 'COMPLETED', objectCount: '0', url: null });
  });

  it.each([
    ['{ shop { name } }', 'must contain at least one connection'],
    ['{ products { nodes { nmae } } }', "Field 'nmae' doesn't exist on type 'Product'"],
    ['{ products { nodes { title variants { nodes { id } } } } }', "Connection fields without 'id': variants"],
    [
      '{ a: products { nodes { id } } b: products { nodes { id } } c: products { nodes { id } } d: products { nodes { id } } e: products { nodes { id } } f: products { nodes { id } } }',
      'more than 5 connections',
    ],
    ['{ orders { nodes { id refunds { refundLineItems { nodes { quantity } } } } } }', 'within a list field'],
    ['{ products', 'Invalid bulk query'],
  ])('refuses %s', async (query, words) => {
    const answer = await run(query);
    expect(answer.bulkOperation).toBeNull();
    expect(answer.userErrors[0]).toMatchObject({ code: 'INVALID', message: expect.stringContaining(words) });
  });

  it('runs five times at once and no more, and can be cancelled', async () => {
    await control(store, 'faults', { next: [{ kind: 'bulk', path: 'bulk/slow', times: 5, ms: 1000 }] });
    const big =
      '{ products { nodes { id title descriptionHtml variants { nodes { id title media { nodes { id } } } } } } }';
    const ids = await Promise.all(Array.from({ length: 5 }, async () => (await run(big)).bulkOperation?.id ?? ''));
    expect((await run(big)).userErrors[0]).toMatchObject({ code: 'LIMIT_REACHED' });
    const cancel =
      'mutation($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { message } } }';
    for (const id of ids) await graphql(store, cancel, { id });
    const ends = await Promise.all(ids.map(finished));
    for (const end of ends) expect(['CANCELED', 'COMPLETED']).toContain(end.status);
    expect((await run(PRODUCTS)).userErrors).toEqual([]);
  });

  it('fails with what it has, and for a scope it lacks', async () => {
    await control(store, 'faults', { next: [{ kind: 'bulk', path: 'bulk/fail', after: 10 }] });
    const failed = await whole(PRODUCTS);
    expect(failed).toMatchObject({
      status: 'FAILED',
      errorCode: 'INTERNAL_SERVER_ERROR',
      objectCount: '10',
      url: null,
    });
    expect((await (await fetch(failed.partialDataUrl ?? '')).text()).trimEnd().split('\n')).toHaveLength(10);
  });

  it('tells when it is done', async () => {
    const receiver = await startReceiver();
    try {
      await graphql(
        store,
        'mutation($uri: String!) { webhookSubscriptionCreate(topic: BULK_OPERATIONS_FINISH, webhookSubscription: { uri: $uri }) { userErrors { message } } }',
        { uri: receiver.url },
      );
      const operation = await whole(PRODUCTS);
      await receiver.waitFor(1);
      expect(JSON.parse(receiver.received[0]?.body.toString() ?? '')).toMatchObject({
        admin_graphql_api_id: operation.id,
        status: 'completed',
        type: 'query',
        error_code: null,
      });
    } finally {
      await receiver.close();
    }
  });
});

describe('its file', () => {
  it('comes in parts, and is cut off in the middle when asked to', async () => {
    const { url, fileSize } = await whole(PRODUCTS);
    const text = await (await fetch(url ?? '')).text();
    expect(Buffer.byteLength(text)).toBe(Number(fileSize));
    const part = await fetch(url ?? '', { headers: { Range: 'bytes=1000-' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 1000-${Number(fileSize) - 1}/${fileSize}`);
    expect(await part.text()).toBe(Buffer.from(text).subarray(1000).toString());
    expect((await fetch(url ?? '', { headers: { Range: `bytes=${fileSize}-` } })).status).toBe(416);
    await control(store, 'faults', { next: [{ kind: 'cut', path: '/bulk/', after: 5000 }] });
    await expect(fetch(url ?? '').then((response) => response.text())).rejects.toThrow();
  });

  it('may hold children far from their parents', async () => {
    await control(store, 'faults', { next: [{ kind: 'bulk', path: 'bulk/stray' }] });
    const lines = await linesOf(await whole(PRODUCTS));
    const at = new Map(lines.map((line, place) => [line.id, place]));
    const distances = lines.flatMap((line, place) => (line.__parentId ? [place - (at.get(line.__parentId) ?? 0)] : []));
    expect(Math.max(...distances)).toBeGreaterThan(50);
    expect(new Set(lines.map((line) => line.id)).size).toBe(lines.length);
  });

  it('is gone after seven days', async () => {
    const { id, url } = await whole(PRODUCTS);
    await control(store, 'time', { ms: 7 * 86_400_000 });
    expect((await fetch(url ?? '')).status).toBe(403);
    expect(await read(id)).toMatchObject({ status: 'EXPIRED', url: null });
  });
});
