import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createListening, type Listening, type Obstacle } from './listening.ts';

const SHOP = 'a.myshopify.com';
const MINUTE = 60_000;
const START = Date.parse('2026-05-01T12:00:00Z');
let dir = '';
let db: Database;
let now = START;
let obstacle: Obstacle | null = null;
let connectedAt = new Date(START - 86_400_000).toISOString();
let begun: string[] = [];
let open: Listening[] = [];

/** Nothing looks by itself: tests call `look`. */
const clock: Clock = {
  now: () => now,
  delay: (_ms, signal) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true })),
};
const start = async (): Promise<Listening> => {
  const listening = createListening({
    db,
    clock,
    obstacle: () => obstacle,
    shops: () => [{ shop: SHOP, connectedAt }],
    gaps: {
      begin: async ({ cause, from, to }) => {
        begun.push(`${cause} ${(Date.parse(from) - START) / MINUTE}..${(Date.parse(to) - START) / MINUTE}`);
        return begun.length;
      },
    },
    onGap: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  open.push(listening);
  await listening.start();
  return listening;
};
const setWritable = (isWritable: boolean): Promise<unknown> =>
  db.writeOneStatement((connection) => connection.all(`PRAGMA query_only = ${isWritable ? 0 : 1}`));
const stop = async (listening: Listening): Promise<void> => {
  open = open.filter((other) => other !== listening);
  await listening.close();
};

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-listening-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
  now = START;
  obstacle = null;
  connectedAt = new Date(START - 86_400_000).toISOString();
  begun = [];
});
afterEach(async () => {
  for (const listening of open.splice(0)) await listening.close();
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

it('the first start has no time before it to look at', async () => {
  await start();
  expect(begun).toEqual([]);
});

it('time while it was closed is a gap, a quick restart is none', async () => {
  await stop(await start());
  now += MINUTE;
  await stop(await start());
  expect(begun).toEqual([]);
  now += 60 * MINUTE;
  await start();
  expect(begun).toEqual(['downtime 1..61']);
});

it('after a crash the gap begins at the last look', async () => {
  const listening = await start();
  now += MINUTE;
  expect(await listening.look()).toBe(false);
  // Not closed: what is known is on disk already.
  now += 60 * MINUTE;
  await start();
  expect(begun).toEqual(['downtime 1..61']);
});

it('a jump in time is sleep', async () => {
  const listening = await start();
  now += 8 * 60 * MINUTE;
  expect(await listening.look()).toBe(true);
  expect(begun).toEqual(['sleep 0..480']);
  now += MINUTE;
  expect(await listening.look()).toBe(false);
});

it('a tunnel that was down for long is a gap that ends when it is back', async () => {
  const listening = await start();
  obstacle = 'tunnel';
  for (let at = 0; at < 10; at += 1) {
    now += MINUTE;
    expect(await listening.look()).toBe(false);
  }
  obstacle = null;
  now += MINUTE;
  expect(await listening.look()).toBe(true);
  expect(begun).toEqual(['tunnel 0..11']);
});

it('a time in which nothing could be stored is a gap of its own cause, and a look that can’t be noted ends none', async () => {
  const listening = await start();
  await setWritable(false);
  now += MINUTE;
  await expect(listening.look()).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
  obstacle = 'storage';
  for (let at = 0; at < 10; at += 1) {
    now += MINUTE;
    expect(await listening.look()).toBe(false);
  }
  await setWritable(true);
  obstacle = null;
  now += MINUTE;
  expect(await listening.look()).toBe(true);
  expect(begun).toEqual(['storage 0..12']);
});

it('a start whose tunnel comes later was down until then', async () => {
  await stop(await start());
  now += 60 * MINUTE;
  obstacle = 'tunnel';
  const listening = await start();
  now += MINUTE;
  obstacle = null;
  await listening.look();
  expect(begun).toEqual(['downtime 0..61']);
});

it('a store misses nothing of the time before it was connected', async () => {
  const listening = await start();
  connectedAt = new Date(START + 30 * MINUTE).toISOString();
  now += 60 * MINUTE;
  await listening.look();
  expect(begun).toEqual(['sleep 30..60']);
});

it('a clock that was set back is no gap', async () => {
  const listening = await start();
  now -= 60 * MINUTE;
  expect(await listening.look()).toBe(false);
  now += MINUTE;
  expect(await listening.look()).toBe(false);
  expect(begun).toEqual([]);
});
