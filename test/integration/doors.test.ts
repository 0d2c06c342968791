import { get as httpGet } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_KEY, type Harness, productPayload, productsOf, startHarness } from './harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness({ byToken: true });
  await h.storeWhen((store) => productsOf(store)?.phase === 'done');
});
afterAll(() => h.close());

const withKey = { headers: { authorization: `Bearer ${ADMIN_KEY}` } };
const privateGet = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${h.app.privateUrl}${path}`, { redirect: 'manual', ...init });

describe('the private door', () => {
  it.each(['/api/v1/stores', '/api/openapi.json', '/trpc/stores.list', '/live', '/metrics'])(
    '%s needs a key',
    async (path) => {
      for (const headers of [
        {},
        { authorization: 'Bearer wrong' },
        { authorization: `Basic ${ADMIN_KEY}` },
        { cookie: 'backroom_session=guess' },
      ]) {
        const answer = await privateGet(path, { headers });
        expect(answer.status).toBe(401);
        expect(await answer.json()).toMatchObject({
          error: { code: 'UNAUTHORIZED', hint: expect.stringContaining('Bearer') },
        });
      }
    },
  );

  it('is not opened by another spelling of the address', async () => {
    for (const path of [
      '//api/v1/stores',
      '/%61pi/v1/stores',
      '/API/v1/stores',
      '/api%2fv1/stores',
      '/trpc//stores.list',
      '/./metrics',
      '/%6detrics',
      '/%74rpc/stores.list',
      '/l%69ve',
      '/%61pi/openapi.json',
      '/live;x',
    ]) {
      const answer = await privateGet(path);
      expect([path, answer.status]).toEqual([
        path,
        expect.toSatisfy((status: number) => status === 401 || status === 404),
      ]);
    }
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example:1'])(
    'refuses the Host %s, even with the key',
    async (host) => {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        httpGet(
          `${h.app.privateUrl}/api/v1/stores`,
          { headers: { host, authorization: `Bearer ${ADMIN_KEY}` } },
          (response) => {
            response.resume();
            resolve(response.statusCode);
          },
        ).on('error', reject);
      });
      expect(status).toBe(401);
    },
  );

  it('gives the REST API, its description and metrics to the key', async () => {
    expect((await h.api<{ items: { shop: string }[] }>('/stores')).body.items).toMatchObject([{ shop: h.shop }]);
    const document = (await (await privateGet('/api/openapi.json', withKey)).json()) as {
      openapi: string;
      paths: Record<string, unknown>;
    };
    expect(document.openapi).toMatch(/^3\./);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/stores', '/products', '/webhooks', '/pixel/events', '/stats', '/status']),
    );
    await h.webhook({ payload: productPayload(1, '2026-05-01T00:00:00Z') });
    const metrics = await (await privateGet('/metrics', withKey)).text();
    expect(metrics).toContain('process_cpu_seconds_total');
    expect(metrics).toContain(`backroom_events_total{shop="${h.shop}",name="webhooks.received"}`);
  });

  it.each([
    ['an unknown address', 'GET', '/nothing/here', undefined, 404, 'NOT_FOUND', /openapi/],
    ['an unknown record', 'GET', '/stores/connect/none', undefined, 404, 'NOT_FOUND', null],
    ['input that does not fit', 'POST', '/stores/connect', '{"shop":7}', 400, 'BAD_REQUEST', /openapi/],
    ['a wrong shop', 'POST', '/stores/connect', '{"shop":"example.com"}', 400, 'INVALID_SHOP', /myshopify/],
    ['a body that is not JSON', 'POST', '/stores/connect', '{', 400, 'INVALID_JSON', /JSON/],
  ] as const)(
    'answers %s over REST in the shape of every other error',
    async (_what, method, path, body, status, code, hint) => {
      const answer = await privateGet(`/api/v1${path}`, {
        method,
        headers: { ...withKey.headers, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body }),
      });
      const said = (await answer.json()) as { error: Record<string, unknown> };
      expect([answer.status, Object.keys(said)]).toEqual([status, ['error']]);
      expect(said.error).toMatchObject({ code, message: expect.stringMatching(/\.$/) });
      expect(answer.headers.get('x-request-id')).toMatch(/-\d+$/);
      if (hint !== null) expect(said.error.hint).toMatch(hint);
    },
  );

  it('describes that shape for every failure of every call', async () => {
    const document = (await (await privateGet('/api/openapi.json', withKey)).json()) as {
      paths: Record<
        string,
        Record<string, { responses: Record<string, { content?: Record<string, { schema: unknown }> }> }>
      >;
      components: { schemas: Record<string, unknown> };
    };
    const failures = Object.values(document.paths)
      .flatMap((path) => Object.values(path))
      .flatMap(({ responses }) => Object.entries(responses))
      .filter(([status]) => Number(status) >= 400);
    expect(failures.length).toBeGreaterThan(50);
    for (const [, { content }] of failures)
      expect(content?.['application/json']?.schema).toEqual({ $ref: '#/components/schemas/Error' });
    expect(document.components.schemas.Error).toMatchObject({ required: ['error'] });
    expect(Object.keys(document.components.schemas).filter((name) => name.startsWith('error.'))).toEqual([]);
  });

  it('says whether it is ready, without a key', async () => {
    expect(await (await privateGet('/healthz')).json()).toEqual({ status: 'ok' });
    expect(await (await privateGet('/readyz')).json()).toEqual({ status: 'ready' });
  });

  it('a login link works once; its cookie opens the API to the console’s own pages only', async () => {
    const link = h.app.createLoginUrl() ?? '';
    const first = await fetch(link, { redirect: 'manual' });
    expect(first.status).toBe(303);
    const flags = first.headers.get('set-cookie') ?? '';
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(flags).toContain(flag);
    const second = await fetch(link, { redirect: 'manual' });
    expect(second.status).toBe(401);
    expect(second.headers.get('set-cookie')).toBeNull();

    const cookie = flags.split(';', 1)[0] ?? '';
    expect((await privateGet('/api/v1/stores', { headers: { cookie } })).status).toBe(200);
    expect((await privateGet('/api/v1/stores', { headers: { cookie, origin: 'http://evil.example' } })).status).toBe(
      401,
    );
    const post = (headers: Record<string, string>): Promise<Response> =>
      privateGet('/api/v1/stores/connect', {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: '{"shop":"my-store"}',
      });
    expect((await post({})).status).toBe(401);
    expect((await post({ origin: h.app.privateUrl ?? '' })).status).toBe(200);
  });

  it('a login link ends after ten minutes', async () => {
    const link = h.app.createLoginUrl() ?? '';
    h.skip(11 * 60_000);
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(401);
    h.skip(-11 * 60_000);
  });

  it('/live tells of a webhook', async () => {
    const stop = new AbortController();
    const answer = await privateGet('/live', { ...withKey, signal: stop.signal });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader?.read())?.value ?? '';
    await h.webhook({ payload: productPayload(77, '2026-05-01T00:00:00Z') });
    while (!(text.includes('"topic":"products"') && text.includes('"topic":"webhooks"')))
      text += (await reader?.read())?.value ?? '';
    expect(text).toContain('gid://shopify/Product/77');
    stop.abort();
  });
});

describe('the public door', () => {
  it.each([
    '/trpc/stores.list',
    '/api/v1/stores',
    '/api/openapi.json',
    '/live',
    '/metrics',
    '/login',
    '/readyz',
    '/',
    '/index.html',
  ])('has no %s', async (path) => {
    const answer = await fetch(`${h.app.publicUrl}${path}`, withKey);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('answers /healthz', async () => {
    expect((await fetch(`${h.app.publicUrl}/healthz`)).status).toBe(200);
  });
});
