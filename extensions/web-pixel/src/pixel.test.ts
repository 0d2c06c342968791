import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import type { ExtensionApi } from '@shopify/web-pixels-extension';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type { Environment } from './environment.ts';
import { startPixel } from './pixel.ts';

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
  readonly events: Record<string, unknown>[];
}

/** A sandbox whose clock, timers and network the test moves by hand. */
const createSandbox = (
  respond: (call: number) => Response | 'dead' | 'hang' = () => new Response(null, { status: 204 }),
) => {
  let time = Date.parse('2026-11-24T12:00:00Z');
  let ids = 0;
  let timers: { at: number; work: () => void }[] = [];
  const sent: Sent[] = [];
  const hide: (() => void)[] = [];
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const env: Environment = {
    now: () => time,
    random: () => 0.5,
    uuid: () => {
      ids += 1;
      return `uuid-${ids}`;
    },
    fetch: (url, init) => {
      sent.push({ url, init, events: JSON.parse(String(init.body)) });
      const answer = respond(sent.length);
      if (answer === 'dead') return Promise.reject(new TypeError('Failed to fetch'));
      if (answer === 'hang')
        return new Promise((_resolve, reject) =>
          init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))),
        );
      return Promise.resolve(answer);
    },
    later: (ms, work) => {
      const timer = { at: time + ms, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    onHide: (work) => hide.push(work),
  };
  return {
    env,
    sent,
    settle,
    hide: async () => {
      for (const work of hide) work();
      await settle();
    },
    pass: async (ms: number) => {
      const end = time + ms;
      for (;;) {
        await settle();
        const [next] = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        time = Math.max(time, next.at);
        timers = timers.filter((each) => each !== next);
        next.work();
      }
      time = end;
      await settle();
    },
  };
};

const createShop = (privacy: Record<string, boolean> | undefined = { analyticsProcessingAllowed: true }) => {
  const listeners = new Map<string, (event: unknown) => void>();
  const api = {
    settings: { accountID: 'px_key', endpoint: 'https://console.example/pixel/v1/events' },
    analytics: { subscribe: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener) },
    customerPrivacy: { subscribe: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener) },
    init: { customerPrivacy: privacy },
  };
  let count = 0;
  return {
    api: api as unknown as ExtensionApi,
    listeners,
    publish: (name: string, more: Record<string, unknown> = {}) => {
      count += 1;
      const event = { id: `event-${count}`, clientId: 'client', name, type: 'standard', seq: count, data: {}, ...more };
      listeners.get(event.type === 'custom' ? 'all_custom_events' : 'all_standard_events')?.(event);
    },
    consent: (customerPrivacy: unknown) => listeners.get('visitorConsentCollected')?.({ customerPrivacy }),
  };
};

const names = (sent: readonly Sent[]): unknown[] => sent.flatMap(({ events }) => events.map((event) => event.name));

describe('the web pixel', () => {
  it('sends what comes within a moment as one plain-text batch, numbered, with versions, consent and send time', async () => {
    const sandbox = createSandbox();
    const shop = createShop({ analyticsProcessingAllowed: true, marketingAllowed: false, saleOfDataAllowed: true });
    startPixel(shop.api, sandbox.env);
    shop.publish('page_viewed');
    shop.publish('product_viewed');
    shop.publish('theme:opened', { type: 'custom', customData: { a: 1 } });
    await sandbox.pass(149);
    expect(sandbox.sent).toEqual([]);
    await sandbox.pass(1);
    expect(sandbox.sent).toHaveLength(1);
    const [{ url, init, events } = { url: '', init: {}, events: [] }] = sandbox.sent;
    expect(url).toBe('https://console.example/pixel/v1/events?key=px_key');
    expect(init).toMatchObject({ method: 'POST', keepalive: true, credentials: 'omit' });
    expect(init.headers).toEqual({ 'Content-Type': 'text/plain;charset=UTF-8' });
    expect(events.map((event) => (event.backroom as { n: number }).n)).toEqual([1, 2, 3]);
    expect(events[2]).toMatchObject({
      id: 'event-3',
      name: 'theme:opened',
      customData: { a: 1 },
      backroom: {
        extension: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        schema: 1,
        page: 'uuid-1',
        privacy: 'as',
        lost: 0,
        sentAt: '2026-11-24T12:00:00.150Z',
      },
    });
  });

  it('waits for nothing when the shopper may leave with the step, and when the page goes', async () => {
    const sandbox = createSandbox();
    const shop = createShop();
    startPixel(shop.api, sandbox.env);
    shop.publish('checkout_completed');
    await sandbox.settle();
    expect(names(sandbox.sent)).toEqual(['checkout_completed']);
    shop.publish('page_viewed');
    await sandbox.hide();
    expect(names(sandbox.sent)).toEqual(['checkout_completed', 'page_viewed']);
  });

  it('tries again after an error, a refusal for now and no connection, as long as asked, in order', async () => {
    const answers = [
      'dead',
      new Response(null, { status: 503 }),
      new Response(null, { status: 429, headers: { 'retry-after': '20' } }),
    ];
    const sandbox = createSandbox(
      (call) => (answers[call - 1] as Response | 'dead') ?? new Response(null, { status: 204 }),
    );
    const shop = createShop();
    startPixel(shop.api, sandbox.env);
    shop.publish('page_viewed');
    await sandbox.pass(200);
    shop.publish('product_viewed');
    await sandbox.pass(1000);
    expect(sandbox.sent).toHaveLength(2);
    await sandbox.pass(2000);
    expect(sandbox.sent).toHaveLength(3);
    await sandbox.pass(19_000);
    expect(sandbox.sent).toHaveLength(3);
    await sandbox.pass(2000);
    expect(names(sandbox.sent.slice(3))).toEqual(['page_viewed', 'product_viewed']);
  });

  it('gives up after five tries, and says with the next event how many were lost', async () => {
    let isAway = true;
    const sandbox = createSandbox(() => (isAway ? 'dead' : new Response(null, { status: 204 })));
    const shop = createShop();
    startPixel(shop.api, sandbox.env);
    shop.publish('page_viewed');
    await sandbox.pass(120_000);
    expect(sandbox.sent).toHaveLength(5);
    isAway = false;
    shop.publish('page_viewed');
    await sandbox.pass(60_000);
    expect(sandbox.sent.at(-1)?.events[0]).toMatchObject({ id: 'event-2', backroom: { n: 2, lost: 1 } });
  });

  it('keeps a bounded number of events while the backend is away, the newest', async () => {
    const sandbox = createSandbox(() => 'hang');
    const shop = createShop();
    startPixel(shop.api, sandbox.env);
    for (let count = 0; count < 2000; count += 1) shop.publish('product_viewed');
    await sandbox.pass(3_600_000);
    expect(sandbox.sent.length).toBeLessThan(100);
    expect(sandbox.sent.every(({ events }) => events.length <= 25)).toBe(true);
  });

  it('does not repeat what was refused for good', async () => {
    const sandbox = createSandbox(() => new Response(null, { status: 400 }));
    const shop = createShop();
    startPixel(shop.api, sandbox.env);
    shop.publish('page_viewed');
    await sandbox.pass(60_000);
    expect(sandbox.sent).toHaveLength(1);
  });

  it('forgets what was not sent when consent is withdrawn, and notes a change with the next event', async () => {
    const sandbox = createSandbox();
    const shop = createShop();
    startPixel(shop.api, sandbox.env);
    shop.publish('page_viewed');
    shop.consent({ analyticsProcessingAllowed: false });
    shop.publish('product_viewed');
    await sandbox.pass(1000);
    expect(sandbox.sent).toEqual([]);
    shop.consent({ analyticsProcessingAllowed: true, marketingAllowed: true });
    shop.publish('cart_viewed');
    await sandbox.pass(1000);
    expect(sandbox.sent[0]?.events).toMatchObject([{ name: 'cart_viewed', backroom: { privacy: 'am' } }]);
  });

  it('never throws: no settings, events that can’t be written, a network that throws at once', async () => {
    const sandbox = createSandbox();
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    const shop = createShop(undefined);
    startPixel({ ...shop.api, settings: {} } as unknown as ExtensionApi, sandbox.env);
    expect(shop.listeners.size).toBe(0);
    startPixel(shop.api, {
      ...sandbox.env,
      fetch: () => {
        throw new Error('no network here');
      },
    });
    shop.publish('page_viewed', { data: circular });
    shop.listeners.get('all_standard_events')?.(null);
    shop.publish('page_viewed');
    await sandbox.pass(200_000);
    expect(sandbox.sent).toEqual([]);
  });

  it('is less than 6 kB compressed, and plain ES2020', async () => {
    const { outputFiles } = await build({
      entryPoints: ['extensions/web-pixel/src/index.ts'],
      bundle: true,
      write: false,
      minify: true,
      target: 'es2020',
      format: 'iife',
    });
    const code = outputFiles[0]?.contents ?? new Uint8Array();
    expect(gzipSync(code).length).toBeLessThan(6 * 1024);
    execFileSync(process.execPath, ['--check', '-'], { input: code });
  });
});
