import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../platform/testing/virtual-clock.ts';
import { bulkProblem, cancelBulk, createBulkWakeUps, startBulkQuery, waitForBulk } from './bulk.ts';
import type { Operation, ShopifyClient } from './client.ts';
import { resultOf } from './user-errors.ts';

const fields = (status: string, extra: Record<string, unknown> = {}) => ({
  id: 'gid://shopify/BulkOperation/1',
  status,
  errorCode: null,
  objectCount: '12',
  rootObjectCount: '4',
  fileSize: null,
  url: null,
  partialDataUrl: null,
  ...extra,
});

/** A client that answers one thing after the other, and the last one for ever. */
const clientOf = (...answers: unknown[]) => {
  let calls = 0;
  const request = async (): Promise<unknown> => {
    const answer = answers[Math.min(calls, answers.length - 1)];
    calls += 1;
    return answer;
  };
  const client = {
    shop: 'a.myshopify.com',
    request,
    mutate: async (_operation: Operation<unknown, unknown>, _variables: unknown, pick: (result: unknown) => never) =>
      resultOf(pick(await request()), 'test'),
  } as unknown as ShopifyClient;
  return { client, calls: () => calls };
};
const started = { bulkOperationRunQuery: { bulkOperation: fields('CREATED'), userErrors: [] } };
const refused = (code: string) => ({
  bulkOperationRunQuery: { bulkOperation: null, userErrors: [{ code, field: null, message: `no: ${code}` }] },
});

describe('a bulk operation', () => {
  it('starts, with counts as numbers', async () => {
    const clock = createVirtualClock();
    const outcome = await startBulkQuery(clientOf(started).client, '{ … }', { clock });
    expect(outcome).toMatchObject({ ok: true, value: { status: 'CREATED', objectCount: 12, fileSizeBytes: null } });
  });

  it.each(['LIMIT_REACHED', 'OPERATION_IN_PROGRESS'])('waits for a free place on %s', async (code) => {
    const clock = createVirtualClock();
    const { client, calls } = clientOf(refused(code), refused(code), started);
    expect(await clock.until(startBulkQuery(client, '{ … }', { clock }))).toMatchObject({ ok: true });
    expect(calls()).toBe(3);
  });

  it('gives back what Shopify says about a wrong query', async () => {
    const clock = createVirtualClock();
    const outcome = await startBulkQuery(clientOf(refused('INVALID')).client, '{ … }', { clock });
    expect(outcome).toMatchObject({ ok: false, userErrors: [{ code: 'INVALID' }] });
  });

  it('is asked for less and less often until it has ended', async () => {
    const clock = createVirtualClock();
    const running = { bulkOperation: fields('RUNNING') };
    const done = { bulkOperation: fields('COMPLETED', { url: 'https://x.example/f', fileSize: '99' }) };
    const { client, calls } = clientOf(...Array.from({ length: 20 }, () => running), done);
    const seen: number[] = [];
    const ended = await clock.until(
      waitForBulk(client, 'gid://shopify/BulkOperation/1', { clock, onProgress: () => seen.push(clock.now()) }),
    );
    expect(ended).toMatchObject({ status: 'COMPLETED', fileSizeBytes: 99 });
    expect(calls()).toBe(21);
    const gaps = seen.slice(1).map((at, index) => at - (seen[index] ?? 0));
    expect(gaps[0]).toBe(1000);
    expect(gaps.at(-1)).toBe(30_000);
  });

  it('is asked for at once when the finish webhook tells, also while the question is under way', async () => {
    const clock = createVirtualClock();
    const wakeUps = createBulkWakeUps();
    const id = 'gid://shopify/BulkOperation/1';
    const { client, calls } = clientOf(
      { bulkOperation: fields('RUNNING') },
      { bulkOperation: fields('RUNNING') },
      { bulkOperation: fields('COMPLETED') },
    );
    const before = clock.now();
    const waiting = waitForBulk(client, id, { clock, wakeUps, onProgress: () => wakeUps.notify(id) });
    expect(await clock.until(waiting)).toMatchObject({ status: 'COMPLETED' });
    expect(calls()).toBe(3);
    expect(clock.now()).toBe(before);
  });

  it('stops waiting when it is told to', async () => {
    const clock = createVirtualClock();
    const stop = new AbortController();
    const wakeUps = createBulkWakeUps();
    const waiting = waitForBulk(clientOf({ bulkOperation: fields('RUNNING') }).client, 'x', {
      clock,
      wakeUps,
      signal: stop.signal,
    });
    const outcome = expect(waiting).rejects.toThrow('closing');
    await clock.advance(500);
    stop.abort(new Error('closing'));
    await outcome;
  });

  it('can be cancelled', async () => {
    const { client } = clientOf({ bulkOperationCancel: { bulkOperation: fields('CANCELING'), userErrors: [] } });
    expect(await cancelBulk(client, 'x')).toMatchObject({ ok: true, value: { status: 'CANCELING' } });
  });

  it.each([
    ['FAILED', 'ACCESS_DENIED', /refused access/],
    ['FAILED', 'TIMEOUT', /TIMEOUT/],
    ['CANCELED', null, /cancelled/],
    ['EXPIRED', null, /longer/],
  ] as const)('explains %s (%s)', (status, errorCode, message) => {
    const operation = { ...fields(status), status, errorCode, objectCount: 0, rootObjectCount: 0, fileSizeBytes: null };
    expect(bulkProblem(operation)?.message).toMatch(message);
    expect(bulkProblem({ ...operation, status: 'COMPLETED' })).toBeNull();
  });
});
