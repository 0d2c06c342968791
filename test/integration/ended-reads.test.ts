import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { forwardToBackend } from '../../main/backend-door.ts';
import type { Services } from '../../server/api/services.ts';
import { createPrivateDoor } from '../../server/doors/private-door.ts';
import { createEventBus } from '../../server/platform/events/bus.ts';
import { CONSOLE } from '../../server/platform/http/caller.ts';
import { createLog } from '../../server/platform/log/log.ts';
import { createRedactor } from '../../server/platform/log/redact.ts';
import { AppError } from '../../shared/errors.ts';

/** Lists that answer only when nobody waits for them any more, behind the real door. */
const begun: { readonly shop: string | undefined; readonly signal: AbortSignal }[] = [];
const listUntilLeft = ({ shop }: { shop?: string | undefined }, signal?: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal === undefined) throw new Error('The list got no signal.');
    begun.push({ shop, signal });
    signal.addEventListener('abort', () => reject(new AppError('CANCELLED', 'Nobody waits.')), { once: true });
  });
const services = { orders: { list: listUntilLeft } } as unknown as Services;

const KEY = 'key-of-this-start';
const sessions = { createLoginToken: () => '', redeem: async () => null, isValid: async () => false };
let folder = '';
let socket = '';
let door: Awaited<ReturnType<typeof createPrivateDoor>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backroom-door-'));
  socket = join(folder, 'door.sock');
  door = await createPrivateDoor({
    log: createLog({ level: 'silent', redactor: createRedactor(), write: () => undefined }),
    services,
    keyServices: services,
    personalServices: services,
    bus: createEventBus((error) => {
      throw error;
    }),
    version: '0.0.0',
    keys: [{ key: KEY, caller: CONSOLE }],
    sessions,
    tcp: null,
    readiness: () => 'ready',
    metrics: new Registry(),
  });
  await door.listen({ path: socket });
});
afterAll(async () => {
  await door.close();
  rmSync(folder, { recursive: true, force: true });
});

const listOf = (shop: string, headers: Record<string, string> = {}): Request =>
  new Request(`app://backroom/trpc/orders.list?batch=1&input=${encodeURIComponent(JSON.stringify({ 0: { shop } }))}`, {
    headers,
  });
const begunOf = (shop: string) => begun.find((each) => each.shop === shop);

it('ends a list that the window stops reading, of which Electron’s main hears only by the answer it has begun', async () => {
  const shop = 'window.myshopify.com';
  const answer = await forwardToBackend(listOf(shop, { 'trpc-accept': 'application/jsonl' }), socket, KEY);
  expect(answer.status).toBe(200);
  await vi.waitFor(() => expect(begunOf(shop)?.signal.aborted).toBe(false));
  await answer.body?.cancel();
  await vi.waitFor(() => expect(begunOf(shop)?.signal.aborted).toBe(true));
});

it('ends a list whose caller hangs up', async () => {
  const shop = 'caller.myshopify.com';
  const hangsUp = new AbortController();
  const answer = forwardToBackend(new Request(listOf(shop), { signal: hangsUp.signal }), socket, KEY);
  await vi.waitFor(() => expect(begunOf(shop)?.signal.aborted).toBe(false));
  hangsUp.abort();
  await expect(answer).rejects.toThrow();
  await vi.waitFor(() => expect(begunOf(shop)?.signal.aborted).toBe(true));
});
