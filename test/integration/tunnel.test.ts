import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TunnelPhase } from '../../shared/api.ts';
import { type Certificate, makeCertificate } from '../tunnel-edge/certificate.ts';
import { type Edge, startEdge, startSilence } from '../tunnel-edge/edge.ts';
import { type Harness, productPayload, signedHeaders, startHarness } from './harness.ts';

const TOKEN = '2abcdefghijklmnopqrstuvwxyz_4Stand1nEdgeToken9';
let certificate: Certificate;
let folder = '';
let rootCas = '';
beforeAll(() => {
  certificate = makeCertificate();
  folder = mkdtempSync(join(tmpdir(), 'backroom-tunnel-'));
  rootCas = join(folder, 'ca.pem');
  writeFileSync(rootCas, certificate.ca);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let edge: Edge | null = null;
let h: Harness | null = null;
afterEach(async () => {
  await h?.close();
  await edge?.close();
  h = null;
  edge = null;
});

const startEdgeHere = async (options: Partial<Parameters<typeof startEdge>[0]> = {}): Promise<Edge> => {
  edge = await startEdge({ certificate, authtoken: TOKEN, ...options });
  return edge;
};
/** The real SDK, led to the stand-in. Waits are real: the SDK's clock is its own. */
const startBackend = async (env: Record<string, string>): Promise<Harness> => {
  h = await startHarness({ byToken: true, longestWaitMs: 60_000, env: { NGROK_ROOT_CAS: rootCas, ...env } });
  return h;
};
const state = async (backend: Harness) => (await backend.app.services.tunnel.get()).state;
const untilPhase = (backend: Harness, phase: TunnelPhase) =>
  vi.waitFor(
    async () => {
      const now = await state(backend);
      if (now.phase !== phase) throw new Error(`still ${JSON.stringify(now)}`);
      return now;
    },
    { timeout: 20_000, interval: 10 },
  );
const pixelAtShopify = async (backend: Harness): Promise<unknown> => {
  const { shops } = (await (await fetch(`${backend.demo.ready.origin}/_demo/state`)).json()) as {
    shops: { shop: string; pixel: unknown }[];
  };
  return shops.find(({ shop }) => shop === backend.shop)?.pixel;
};
const postWebhook = (backend: Harness, url: string, payload: unknown, secret = backend.demo.ready.clientSecret) => {
  const body = JSON.stringify(payload);
  return fetch(`${url}/webhooks`, {
    method: 'POST',
    headers: signedHeaders(secret, body, { shop: backend.shop }),
    body,
  });
};

describe('the real SDK with the edge stand-in', () => {
  it('carries a signed webhook end to end, and Shopify is told the address', { timeout: 60_000 }, async () => {
    const { agentAddress, publicUrl } = await startEdgeHere();
    const backend = await startBackend({ NGROK_AUTHTOKEN: TOKEN, NGROK_SERVER_ADDR: agentAddress });
    expect((await untilPhase(backend, 'online')).url).toBe(publicUrl);
    expect(backend.app.publicUrl).toBe(publicUrl);
    // Connected while the address was this computer's own; repaired as soon as there was another.
    await vi.waitFor(
      async () => {
        const theirs = (await (await fetch(`${backend.demo.ready.origin}/_demo/state`)).json()) as {
          shops: { subscriptions: { uri: string }[]; pixel: { endpoint: string } | null }[];
        };
        const uris = new Set(theirs.shops.flatMap((shop) => shop.subscriptions.map((entry) => entry.uri)));
        expect(uris).toEqual(new Set([`${publicUrl}/webhooks`]));
        expect(theirs.shops[0]?.pixel?.endpoint).toBe(`${publicUrl}/pixel/v1/events`);
      },
      { timeout: 10_000, interval: 20 },
    );

    const answer = await postWebhook(backend, publicUrl, productPayload(1, '2026-11-24T10:00:00Z'));
    expect(answer.status).toBe(200);
    const refused = await postWebhook(backend, publicUrl, productPayload(2, '2026-11-24T10:00:00Z'), 'another-secret');
    expect(refused.status).toBe(401);
    // 1 MB each way: several windows of the multiplexed stream.
    const large = await postWebhook(backend, publicUrl, {
      ...productPayload(3, '2026-11-24T10:00:00Z'),
      body_html: 'x'.repeat(1_000_000),
    });
    expect(large.status).toBe(200);
    // Only the public door is forwarded.
    expect((await fetch(`${publicUrl}/api/v1/status`)).status).toBe(404);

    const { usage } = await backend.app.services.tunnel.get();
    expect(usage).toMatchObject({ webhook: 3, other: 1, level: 'ok' });
    const checked = await backend.app.services.tunnel.check();
    expect(checked.check).toMatchObject({ saw: 'local', warningPage: false });
    const status = await backend.app.services.system.status();
    expect(status.tunnel).toMatchObject({ mode: 'ngrok', phase: 'online' });
    await vi.waitFor(async () => expect((await state(backend)).latencyMs).toEqual(expect.any(Number)));
    expect(backend.lines.join('')).not.toContain(TOKEN);
  });

  it('is back within a second when the connection is cut', { timeout: 60_000 }, async () => {
    const standIn = await startEdgeHere();
    const backend = await startBackend({ NGROK_AUTHTOKEN: TOKEN, NGROK_SERVER_ADDR: standIn.agentAddress });
    await untilPhase(backend, 'online');
    const before = performance.now();
    standIn.cut();
    await untilPhase(backend, 'reconnecting');
    await untilPhase(backend, 'online');
    const took = performance.now() - before;
    process.stdout.write(`cut: online again after ${Math.round(took)} ms\n`);
    expect((await postWebhook(backend, standIn.publicUrl, productPayload(4, '2026-11-24T10:00:00Z'))).status).toBe(200);
    // The same address under the same id: the SDK bound it again by itself.
    const binds = standIn.events.filter((event) => event.kind === 'bind').map((event) => event.detail);
    expect(binds).toHaveLength(2);
    expect(binds[1]).not.toBe('');
  });

  it('outlasts an edge that dies, and a stale session that holds the domain', { timeout: 90_000 }, async () => {
    const first = await startEdgeHere();
    const backend = await startBackend({ NGROK_AUTHTOKEN: TOKEN, NGROK_SERVER_ADDR: first.agentAddress });
    await untilPhase(backend, 'online');
    await first.close();
    await untilPhase(backend, 'reconnecting');
    // Held until it was seen: two tries can be over between two looks of a busy computer.
    let isHeld = true;
    const second = await startEdgeHere({
      agentPort: first.agentPort,
      publicPort: first.publicPort,
      fault: (request) => (request === 'bind' && isHeld ? { code: 'ERR_NGROK_334', message: 'already online' } : null),
    });
    const before = performance.now();
    await vi.waitFor(
      async () =>
        expect(await state(backend)).toMatchObject({
          phase: 'reconnecting',
          problem: { code: 'ERR_NGROK_334' },
          retryAt: expect.any(String),
        }),
      { timeout: 20_000, interval: 20 },
    );
    isHeld = false;
    await untilPhase(backend, 'online');
    process.stdout.write(`killed: online again ${Math.round(performance.now() - before)} ms after the edge was back\n`);
    expect((await postWebhook(backend, second.publicUrl, productPayload(5, '2026-11-24T10:00:00Z'))).status).toBe(200);
  });

  it('says that the token is wrong, and takes a better one from Settings', { timeout: 60_000 }, async () => {
    const { agentAddress, publicUrl } = await startEdgeHere();
    const backend = await startBackend({ NGROK_SERVER_ADDR: agentAddress });
    const { tunnel } = backend.app.services;
    expect(await state(backend)).toMatchObject({ phase: 'off' });
    await tunnel.save({ mode: 'ngrok', token: 'wrong-token-12345678' });
    const failed = await untilPhase(backend, 'failed');
    expect(failed).toMatchObject({ problem: { code: 'ERR_NGROK_107' }, retryAt: null });
    const saved = await tunnel.save({ token: TOKEN });
    expect(saved.token).toEqual({ from: 'saved', hint: '…ken9' });
    await untilPhase(backend, 'online');
    expect(JSON.stringify(await tunnel.get())).not.toContain(TOKEN);

    await tunnel.save({ mode: 'off' });
    expect(await state(backend)).toMatchObject({ phase: 'off', url: null });
    expect(backend.app.publicUrl).not.toBe(publicUrl);
    await backend.restart();
    await backend.app.services.tunnel.save({ mode: 'ngrok' });
    await untilPhase(backend, 'online');
  });

  it('stops pixel intake first when the plan is used up', { timeout: 60_000 }, async () => {
    const { agentAddress, publicUrl } = await startEdgeHere();
    const backend = await startBackend({ NGROK_AUTHTOKEN: TOKEN, NGROK_SERVER_ADDR: agentAddress });
    await untilPhase(backend, 'online');
    await backend.app.services.tunnel.save({ limit: 100, keepWebhooks: true });
    const postPixel = () => fetch(`${publicUrl}/pixel/v1/events?key=x`, { method: 'POST', body: '{}' });
    const counted = async () => (await backend.app.services.tunnel.get()).usage.total;
    while ((await counted()) < 95) await fetch(`${publicUrl}/healthz`);
    const refused = await postPixel();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect((await postWebhook(backend, publicUrl, productPayload(6, '2026-11-24T10:00:00Z'))).status).toBe(200);
    const { usage } = await backend.app.services.tunnel.get();
    expect(usage).toMatchObject({ pixelRefused: 1, pixelStopped: true, level: 'reserve' });
    // The pixel leaves the store, so that shoppers' browsers do not even ask; a repair does not bring it back.
    await backend.storeWhen((store) => !store.pixelActive);
    await backend.app.services.stores.repair(backend.shop);
    expect(await pixelAtShopify(backend)).toBeNull();
    expect((await backend.app.services.pixel.stores()).items[0]?.status).toBe('paused');
    expect(await backend.app.services.tunnel.save({ pixelAnyway: true })).toMatchObject({ pixelAnyway: true });
    await backend.storeWhen((store) => store.pixelActive);
    expect(await pixelAtShopify(backend)).not.toBeNull();
    await backend.app.services.tunnel.save({ pixelAnyway: false });
    await backend.storeWhen((store) => !store.pixelActive);
    // Not through the tunnel: nothing is counted, nothing refused.
    const total = await counted();
    const local = (await backend.app.services.tunnel.save({ keepWebhooks: false })).usage;
    expect(local.pixelStopped).toBe(false);
    expect(await counted()).toBe(total);
    await backend.restart();
    expect((await backend.app.services.tunnel.get()).usage).toMatchObject({ webhook: 1, pixelRefused: 1 });
  });
});

describe('the real SDK’s failures', () => {
  it.each([
    ['nothing listens', async () => 'localhost:1', /can’t be reached/],
    [
      'another authority',
      async () => `localhost:${(await startEdgeHere({ certificate: makeCertificate() })).agentPort}`,
      /certificate/,
    ],
  ])('%s', { timeout: 60_000 }, async (_name, address, message) => {
    const backend = await startBackend({ NGROK_AUTHTOKEN: TOKEN, NGROK_SERVER_ADDR: await address() });
    const failed = await untilPhase(backend, 'failed');
    expect(failed.problem?.message).toMatch(message);
    expect(failed.retryAt).not.toBeNull();
  });

  it('a network that stays silent', { timeout: 60_000 }, async () => {
    const silence = await startSilence();
    try {
      const backend = await startHarness({
        env: { NGROK_AUTHTOKEN: TOKEN, NGROK_SERVER_ADDR: `127.0.0.1:${silence.port}`, NGROK_ROOT_CAS: rootCas },
      });
      h = backend;
      const failed = await untilPhase(backend, 'failed');
      expect(failed.problem?.message).toBe('ngrok does not answer.');
    } finally {
      await silence.close();
    }
  });
});

describe('a public URL of one’s own', () => {
  it('switches the tunnel off and is what Shopify is told', { timeout: 60_000 }, async () => {
    const { agentAddress } = await startEdgeHere();
    const backend = await startBackend({ NGROK_AUTHTOKEN: TOKEN, NGROK_SERVER_ADDR: agentAddress });
    await untilPhase(backend, 'online');
    const saved = await backend.app.services.tunnel.save({ mode: 'own-url', ownUrl: 'https://shop.example.com' });
    expect(saved).toMatchObject({ mode: 'own-url', state: { phase: 'online', url: 'https://shop.example.com' } });
    expect(backend.app.publicUrl).toBe('https://shop.example.com');
    await vi.waitFor(() => expect(edge?.isBound()).toBe(false));
    expect((await backend.app.services.settings.credentials()).redirectUrl).toBe(
      'https://shop.example.com/auth/callback',
    );
  });
});
