import { GraphqlQueryError, HttpResponseError, type Shopify } from '@shopify/shopify-api';
import { describe, expect, it } from 'vitest';
import { createLog } from '../platform/log/log.ts';
import { createRedactor } from '../platform/log/redact.ts';
import { createVirtualClock } from '../platform/testing/virtual-clock.ts';
import { createApiNotices } from './api-notices.ts';
import { apiVersionStatus } from './api-version.ts';
import { createShopifyClient, type TokenSource } from './client.ts';
import { ProductsCountDocument, WebhookSubscriptionDeleteDocument } from './generated/admin.ts';

const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: 1900, restoreRate: 100 };
const cost = { requestedQueryCost: 10, actualQueryCost: 10, throttleStatus };
const count = { productsCount: { count: 3, precision: 'EXACT' } };
const good = (headers: Record<string, string[]> = {}) => ({ data: count, extensions: { cost }, headers });
const errors = (code: string, data: unknown = null, status: object = throttleStatus) =>
  new GraphqlQueryError({
    message: code,
    response: {},
    headers: {},
    body: {
      data,
      errors: { graphQLErrors: [{ message: `${code} for x`, path: ['shop', 'x'], extensions: { code } }] },
      extensions: { cost: { ...cost, actualQueryCost: null, throttleStatus: status } },
    },
  });
const http = (code: number, headers: Record<string, string[]> = {}) =>
  new HttpResponseError({ message: `HTTP ${code}`, code, statusText: '', headers });

/** A client against answers that are given one after the other. */
const clientWith = (answers: readonly unknown[], token: TokenSource = async () => 'token-1') => {
  const clock = createVirtualClock();
  const sent: { token: string; at: number }[] = [];
  const started = clock.now();
  class Graphql {
    readonly #token: string;
    constructor({ session }: { session: { accessToken: string } }) {
      this.#token = session.accessToken;
    }
    async request(): Promise<unknown> {
      const answer = answers[Math.min(sent.length, answers.length - 1)];
      sent.push({ token: this.#token, at: clock.now() - started });
      if (answer instanceof Error) throw answer;
      return answer;
    }
  }
  const notices = createApiNotices(clock, () => undefined);
  const outcomes: (string | null)[] = [];
  const client = createShopifyClient({
    api: () => ({ clients: { Graphql } }) as unknown as Shopify,
    shop: 'a.myshopify.com',
    token,
    apiVersion: '2026-10',
    clock,
    log: createLog({ level: 'error', redactor: createRedactor(), write: () => undefined }),
    notices,
    random: () => 0,
    onOutcome: (failure) => outcomes.push(failure?.error.code ?? null),
  });
  return { client, clock, sent, notices, outcomes };
};

describe('a call of the Admin API', () => {
  it('that was throttled waits until its points are there', async () => {
    const empty = { ...throttleStatus, currentlyAvailable: 0 };
    const { client, clock, sent, outcomes } = clientWith([errors('THROTTLED', null, empty), good()]);
    expect(await clock.until(client.request(ProductsCountDocument, {}))).toEqual(count);
    expect(sent.map(({ at }) => at)).toEqual([0, 100]);
    expect(outcomes).toEqual(['SHOPIFY_THROTTLED', null]);
  });

  it.each([429, 503])('answered with HTTP %i waits as long as Retry-After says', async (status) => {
    const { client, clock, sent } = clientWith([http(status, { 'Retry-After': ['7'] }), good()]);
    await clock.until(client.request(ProductsCountDocument, {}));
    expect(sent[1]?.at).toBe(7000);
  });

  it('tells by how much our clock differs from Shopify’s; an answer without a date changes nothing', async () => {
    const { client, clock } = clientWith([good({ Date: ['Tue, 24 Nov 2026 02:00:00 GMT'] }), good({ Date: ['soon'] })]);
    expect(client.clockOffsetMs()).toBe(0);
    await clock.until(client.request(ProductsCountDocument, {}));
    expect(client.clockOffsetMs()).toBe(2 * 3_600_000);
    await clock.until(client.request(ProductsCountDocument, {}));
    expect(client.clockOffsetMs()).toBe(2 * 3_600_000);
  });

  it('is given up after six attempts', async () => {
    const { client, clock, sent } = clientWith([http(502)]);
    await expect(clock.until(client.request(ProductsCountDocument, {}))).rejects.toMatchObject({
      code: 'SHOPIFY_UNREACHABLE',
    });
    expect(sent.length).toBe(6);
  });

  it('refused with 401 asks for another token once, and is sent again with it', async () => {
    const asked: (string | undefined)[] = [];
    const token: TokenSource = async ({ refused }) => {
      asked.push(refused);
      return refused === undefined ? 'token-1' : 'token-2';
    };
    const { client, clock, sent, outcomes } = clientWith([http(401), good()], token);
    await clock.until(client.request(ProductsCountDocument, {}));
    expect(asked).toEqual([undefined, 'token-1']);
    expect(sent.map((call) => call.token)).toEqual(['token-1', 'token-2']);
    expect(outcomes).toEqual([null]);
    const dead = clientWith([http(401)], token);
    await expect(dead.clock.until(dead.client.request(ProductsCountDocument, {}))).rejects.toMatchObject({
      code: 'SHOPIFY_UNAUTHORIZED',
    });
    expect(dead.sent.length).toBe(2);
  });

  it('keeps the data beside a refused field where that is wanted, and fails where not', async () => {
    const { client, clock } = clientWith([errors('ACCESS_DENIED', count)]);
    expect(await clock.until(client.requestPartial(ProductsCountDocument, {}))).toEqual({
      data: count,
      denied: [{ path: 'shop.x', message: 'ACCESS_DENIED for x' }],
    });
    await expect(clock.until(client.request(ProductsCountDocument, {}))).rejects.toThrow(/refused access/);
  });

  it('that changes something gives user errors back as a result', async () => {
    const problem = { field: ['id'], message: 'does not exist' };
    const refused = { webhookSubscriptionDelete: { deletedWebhookSubscriptionId: null, userErrors: [problem] } };
    const { client, clock } = clientWith([{ data: refused, extensions: { cost }, headers: {} }]);
    const outcome = client.mutate(
      WebhookSubscriptionDeleteDocument,
      { id: 'gid://shopify/WebhookSubscription/1' },
      (result) => result.webhookSubscriptionDelete,
    );
    expect(await clock.until(outcome)).toEqual({ ok: false, userErrors: [problem] });
  });

  it('stops waiting when it is told to', async () => {
    const { client, clock } = clientWith([http(502)]);
    const stop = new AbortController();
    const call = expect(client.request(ProductsCountDocument, {}, { signal: stop.signal })).rejects.toThrow('closing');
    stop.abort(new Error('closing'));
    await clock.advance(0);
    await call;
  });

  it('leaves the budget as it was found, whatever came of it', async () => {
    const { client, clock } = clientWith([http(502), errors('INTERNAL_SERVER_ERROR'), good()]);
    await clock.until(client.request(ProductsCountDocument, {}));
    expect(client.budget()).toMatchObject({ inFlight: 0, maximum: 2000, restoreRate: 100 });
  });

  it('collects what Shopify says about deprecated fields and the version that answered, once each', async () => {
    const headers = {
      'X-Shopify-Api-Version': ['2027-01'],
      'X-Shopify-Api-Deprecated-Reason': ['https://shopify.dev/deprecated'],
    };
    const { client, clock, notices } = clientWith([good(headers)]);
    for (let calls = 0; calls < 3; calls += 1) await clock.until(client.request(ProductsCountDocument, {}));
    expect(notices.list().map(({ kind, subject, count: times }) => [kind, subject, times])).toEqual([
      ['version', '2026-10', 3],
      ['deprecated', 'ProductsCount', 3],
    ]);
  });
});

it('the API version is answered for a year, and says so 60 days before', () => {
  const at = (iso: string) => apiVersionStatus('2026-10', Date.parse(iso)).state;
  expect(at('2026-11-24T00:00:00Z')).toBe('current');
  expect(at('2027-08-03T00:00:00Z')).toBe('ending');
  expect(at('2027-10-01T17:00:00Z')).toBe('ended');
  expect(apiVersionStatus('2026-10', 0).supportedUntil).toBe('2027-10-01T17:00:00.000Z');
});
