import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createIds } from '../../platform/ids.ts';
import { createSqlLeases } from '../../platform/lease/sql-leases.ts';
import { createLog } from '../../platform/log/log.ts';
import { createRedactor } from '../../platform/log/redact.ts';
import { createVault } from '../../platform/vault/vault.ts';
import { createAddress } from '../../shopify/platform.ts';
import { OAuthStateEntity, ShopEntity, type ShopRecord } from './entities.ts';
import { createShopStore, type ShopStore } from './shop-store.ts';
import { type ShopifyTokens, startShopifyTokens } from './testing/shopify-tokens.ts';
import { storedShop } from './testing/stored-shop.ts';
import { sealToken } from './token-columns.ts';
import { createTokenKeeper, type TokenKeeper } from './token-keeper.ts';

const SHOP = 'a.myshopify.com';
const START = Date.parse('2026-11-24T00:00:00Z');
const vault = createVault(Buffer.alloc(32, 1).toString('base64'));
const minutes = (count: number): number => count * 60_000;

let dataDir = '';
let time = START;
let shopify: ShopifyTokens;
let open: Database[] = [];
/** Waits yield, but take no time of their own: time is moved by the tests. */
const clock: Clock = {
  now: () => time,
  delay: (_ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) reject(signal.reason);
      else setTimeout(resolve, 1);
    }),
};

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'backroom-tokens-'));
  time = START;
  open = [];
  shopify = await startShopifyTokens(() => time);
});
afterEach(async () => {
  for (const db of open) await db.close();
  shopify.close();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Process {
  readonly keeper: TokenKeeper;
  readonly store: ShopStore;
  readonly db: Database;
  readonly lines: string[];
}

/** A process of its own as far as tokens go: its own connection, its own copy of the rows. */
const startProcess = async (secret = 'secret-of-the-app'): Promise<Process> => {
  const db = await openDatabase({ dataDir, entities: [ShopEntity, OAuthStateEntity], migrations });
  open.push(db);
  const store = await createShopStore(db, { demo: true });
  const lines: string[] = [];
  const redactor = createRedactor();
  const keeper = createTokenKeeper({
    db,
    store,
    leases: createSqlLeases({ db, clock, ids: createIds(clock) }),
    vault,
    clock,
    log: createLog({ level: 'trace', redactor, write: (line) => lines.push(line) }),
    redactor,
    address: createAddress(shopify.origin),
    credentials: () => ({ apiKey: 'the-app', apiSecret: secret, scopes: [] }),
    onChange: () => undefined,
    random: () => 0.5,
  });
  return { keeper, store, db, lines };
};

const save = async ({ store }: Process, change: Partial<ShopRecord> = {}): Promise<void> => {
  const stored = storedShop({ shop: SHOP, vault, clock, grantType: change.grantType ?? 'authorization_code' });
  await store.save({ ...stored, connectedAt: new Date(START).toISOString(), ...change }, async () => undefined);
};

describe('a store’s token', () => {
  it('is used as it is until five minutes before its end, then renewed once for everybody who asks', async () => {
    const one = await startProcess();
    await save(one);
    time = START + minutes(54.9);
    expect(await one.keeper.token(SHOP)).toBe('access-0');
    expect(shopify.stats.refreshes).toBe(0);
    time = START + minutes(55.1);
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => one.keeper.token(SHOP))))).toEqual(
      new Set(['access-1']),
    );
    expect(shopify.stats).toEqual({ refreshes: 1, refused: 0, mostAtOnce: 1 });
  });

  it('is saved, sealed for its store, before anybody has it', async () => {
    const one = await startProcess();
    await save(one);
    time = START + minutes(58);
    const token = await one.keeper.token(SHOP);
    const [row] = await one.db.read<{ access_token: string; refresh_token: string; token_expires_at: string }>(
      'SELECT access_token, refresh_token, token_expires_at FROM shops',
    );
    expect(vault.open(row?.access_token ?? '', SHOP)).toBe(token);
    expect(vault.open(row?.refresh_token ?? '', SHOP)).toBe('refresh-1');
    expect(() => vault.open(row?.access_token ?? '', 'b.myshopify.com')).toThrow();
    expect(Date.parse(row?.token_expires_at ?? '')).toBe(time + minutes(60));
    expect(one.lines.join('')).not.toMatch(/access-1|refresh-/);
  });

  it('is renewed when Shopify refuses it before its time', async () => {
    const one = await startProcess();
    await save(one);
    expect(await one.keeper.token(SHOP, { refused: 'access-0' })).toBe('access-1');
    expect(shopify.stats.refreshes).toBe(1);
  });

  it('is taken from the other process that renewed it, without renewing again', async () => {
    const one = await startProcess();
    await save(one);
    const two = await startProcess();
    time = START + minutes(58);
    expect(await one.keeper.token(SHOP)).toBe('access-1');
    expect(await two.keeper.token(SHOP)).toBe('access-1');
    expect(await two.keeper.token(SHOP, { refused: 'access-0' })).toBe('access-1');
    expect(shopify.stats.refreshes).toBe(1);
  });

  it('lasts an hour when the answer names no end', async () => {
    const one = await startProcess();
    await save(one);
    shopify.answerWithoutEnd();
    time = START + minutes(58);
    await one.keeper.token(SHOP);
    expect(Date.parse(one.store.find(SHOP)?.tokenExpiresAt ?? '')).toBe(time + minutes(60));
  });

  it('of the client-credentials grant is issued anew before its end', async () => {
    const one = await startProcess();
    await save(one, { grantType: 'client_credentials', refreshToken: null });
    time = START + minutes(56);
    expect(await one.keeper.token(SHOP)).toBe('access-1');
    expect(one.store.find(SHOP)?.refreshToken).toBeNull();
  });

  it('that was pasted is never renewed', async () => {
    const one = await startProcess();
    await save(one, { grantType: 'admin_token', refreshToken: null, tokenExpiresAt: null });
    time = START + minutes(60 * 24 * 400);
    expect(await one.keeper.token(SHOP)).toBe('access-0');
    await expect(one.keeper.token(SHOP, { refused: 'access-0' })).rejects.toMatchObject({
      code: 'SHOPIFY_UNAUTHORIZED',
    });
    expect(shopify.stats).toEqual({ refreshes: 0, refused: 0, mostAtOnce: 0 });
  });
});

describe('a renewal that goes wrong', () => {
  it('is tried again with the same refresh token when the answer is lost', async () => {
    const one = await startProcess();
    await save(one);
    time = START + minutes(61);
    shopify.faults.push(
      (response) => response.destroy(),
      (response) => response.writeHead(502).end('<html>'),
      (response) => response.writeHead(429, { 'retry-after': '2' }).end('{}'),
    );
    expect(await one.keeper.token(SHOP)).toBe('access-1');
  });

  it('leaves the old token in use while that still lives, and is not tried again at once', async () => {
    const one = await startProcess();
    await save(one);
    time = START + minutes(56);
    shopify.faults.push(...Array.from({ length: 4 }, () => (response: ServerResponse) => response.destroy()));
    expect(await one.keeper.token(SHOP)).toBe('access-0');
    expect(await one.keeper.token(SHOP)).toBe('access-0');
    expect(shopify.stats.refreshes).toBe(0);
    time += 31_000;
    expect(await one.keeper.token(SHOP)).toBe('access-1');
  });

  it('turns the store to “reconnect” when the refresh token is dead', async () => {
    const one = await startProcess();
    await save(one);
    shopify.replace();
    time = START + minutes(58);
    await expect(one.keeper.token(SHOP)).rejects.toMatchObject({ code: 'SHOPIFY_UNAUTHORIZED' });
    expect(one.store.find(SHOP)).toMatchObject({
      state: 'reconnect',
      problem: { code: 'SHOPIFY_UNAUTHORIZED', hint: expect.stringContaining('Connect the store again') },
    });
  });

  it('does not touch the store when the app’s own secret is wrong, or a proxy answered', async () => {
    const one = await startProcess('another-secret');
    await save(one);
    time = START + minutes(61);
    await expect(one.keeper.token(SHOP)).rejects.toMatchObject({ code: 'NOT_CONFIGURED' });
    shopify.faults.push(
      ...Array.from({ length: 4 }, () => (response: ServerResponse) => response.writeHead(403).end('<h1>Log in</h1>')),
    );
    await expect(one.keeper.token(SHOP)).rejects.toMatchObject({ code: 'SHOPIFY_UNREACHABLE' });
    expect(one.store.find(SHOP)).toMatchObject({ state: 'connected', problem: null });
  });

  it('never overwrites what a new connection has saved meanwhile', async () => {
    const one = await startProcess();
    await save(one);
    time = START + minutes(58);
    const renewal = one.keeper.token(SHOP);
    const token = { access_token: 'connected-anew', scope: '', expires_in: 3600, refresh_token: 'refresh-anew' };
    await save(one, {
      ...sealToken(token, { shop: SHOP, grantType: 'authorization_code', vault, clock, redactor: createRedactor() }),
    });
    expect(await renewal).toBe('connected-anew');
    expect(vault.open(one.store.find(SHOP)?.refreshToken ?? '', SHOP)).toBe('refresh-anew');
  });

  it('is taken over from a process that died in the middle, once its lease is over', async () => {
    const dead = await startProcess();
    await save(dead);
    time = START + minutes(58);
    const leases = createSqlLeases({ db: dead.db, clock, ids: createIds(clock) });
    expect(await leases.tryAcquire(`token:${SHOP}`, minutes(2))).not.toBeNull();
    const two = await startProcess();
    const waiting = two.keeper.token(SHOP);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(shopify.stats.refreshes).toBe(0);
    time += minutes(2.1);
    expect(await waiting).toBe('access-1');
  });

  it('lets a caller give up without stopping it for the others', async () => {
    const one = await startProcess();
    await save(one);
    time = START + minutes(58);
    const stop = new AbortController();
    const first = one.keeper.token(SHOP, { signal: stop.signal });
    const second = one.keeper.token(SHOP);
    stop.abort(new Error('closing'));
    await expect(first).rejects.toThrow('closing');
    expect(await second).toBe('access-1');
    await one.keeper.close();
  });
});

it('over 24 hours two processes call with live tokens only, and never renew at once', async () => {
  const one = await startProcess();
  await save(one);
  const processes = [one, await startProcess()];
  let seed = 7;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  let calls = 0;
  let retried = 0;
  /** One call as the client makes it: a refused token is asked for anew, once. */
  const call = async ({ keeper }: Process): Promise<void> => {
    calls += 1;
    const token = await keeper.token(SHOP);
    if (shopify.accepts(token)) return;
    retried += 1;
    const again = await keeper.token(SHOP, { refused: token });
    expect(shopify.accepts(again), `call ${calls} failed for a dead token`).toBe(true);
  };
  const end = START + 24 * minutes(60);
  while (time < end) {
    time += Math.round(random() * minutes(6));
    // Now and then an answer is lost on its way in.
    if (random() < 0.1) shopify.faults.push((response) => response.destroy());
    await Promise.all(processes.flatMap((process) => [call(process), call(process)]));
  }
  expect(calls).toBeGreaterThan(1500);
  expect(shopify.stats.mostAtOnce).toBe(1);
  expect(shopify.stats.refused).toBe(0);
  // Every 55 minutes or a little later, by one of the two.
  expect(shopify.stats.refreshes).toBeGreaterThanOrEqual(23);
  expect(shopify.stats.refreshes).toBeLessThanOrEqual(27);
  expect(retried).toBeGreaterThan(0);
});
