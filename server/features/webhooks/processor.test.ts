import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { migrations } from '../../migrations.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createEventBus } from '../../platform/events/bus.ts';
import { createLog } from '../../platform/log/log.ts';
import { createRedactor } from '../../platform/log/redact.ts';
import { type TopicHandler, topicHandler } from '../../platform/topic-handler.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { createWebhookProcessor, type WebhookProcessor } from './processor.ts';

const SHOP = 'a.myshopify.com';
const suppression = { isEmpty: true, isSuppressed: () => false, screen: (_shop: string, text: string) => text };
let dir = '';
let db: Database;
let inbox: Inbox;
let processor: WebhookProcessor;
let now = 0;
let written: string[] = [];
/** What the handler told after the commit, with what was in the database then. */
let told: { item: string; processed: Promise<number> }[] = [];
/** Whether writing an item takes more room than a full database has. */
let fills = false;
/** What the handler does to an item before it writes it. */
let trouble: (id: number, word: string) => void = () => undefined;

/** Time stands still until a test moves it: a delay ends when the time has come and somebody wakes the processor. */
const clock: Clock = { now: () => now, delay: () => new Promise(() => undefined) };

/** Writes as well, which from inside of an open transaction would be refused. */
const processedNow = (): Promise<number> =>
  db.write(async (tx) => {
    const [row]: { n: number }[] = await tx.query(
      `SELECT count(*) AS n FROM webhook_deliveries WHERE state = 'processed'`,
    );
    return row?.n ?? 0;
  });

const handler: TopicHandler = topicHandler<{ id: number; word: string }>({
  prepare: (payload) => payload as { id: number; word: string },
  write: async (tx, items, afterCommit) => {
    if (fills)
      await tx.query(
        `INSERT OR REPLACE INTO settings (key, value, updated_at) VALUES ('big', hex(zeroblob(200000)), '')`,
      );
    for (const { id, word } of items)
      afterCommit(() => {
        told.push({ item: `${id} ${word}`, processed: processedNow() });
        if (word === 'deaf') throw new Error('the listener is broken');
      });
    const texts = items.map(({ id, word }) => {
      trouble(id, word);
      return `${id} ${word}`;
    });
    written.push(...texts);
  },
});

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-processor-'));
  now = Date.parse('2026-05-01T00:00:00Z');
  written = [];
  told = [];
  trouble = () => undefined;
  fills = false;
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
  const bus = createEventBus((error) => {
    throw error;
  });
  processor = createWebhookProcessor({
    db,
    clock,
    bus,
    log: createLog({ level: 'fatal', redactor: createRedactor(), write: () => undefined }),
    handlers: { 'things/update': handler, 'others/update': handler },
    random: () => 1,
  });
  inbox = await createInbox({
    db,
    clock,
    bus,
    suppression,
    onAccepted: () => undefined,
    onError: (error) => expect(error).toBeNull(),
  });
});
afterEach(async () => {
  await processor.close();
  await inbox.idle();
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

let serial = 0;
const post = (id: number, word: string, topic = 'things/update'): Promise<boolean> => {
  serial += 1;
  return inbox.accept({
    shop: SHOP,
    topic,
    webhookId: `w${serial}`,
    eventId: null,
    apiVersion: null,
    triggeredAt: null,
    headers: '{}',
    payload: Buffer.from(JSON.stringify({ id, word })),
    origin: null,
  });
};
const run = async (skipMs = 0): Promise<void> => {
  now += skipMs;
  processor.wake();
  await processor.idle();
};
const states = async (): Promise<Record<string, number>> => {
  const rows = await db.read<{ state: string; n: number }>(
    'SELECT state, count(*) AS n FROM webhook_deliveries GROUP BY state',
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
};

it('holds later deliveries of a resource behind a failed one, and lets other resources pass', async () => {
  trouble = (id) => {
    if (id === 1) throw new Error('busy');
  };
  await post(1, 'first');
  await post(1, 'second');
  await post(2, 'other');
  await run();
  expect(written).toEqual(['2 other']);
  await post(1, 'third');
  await run();
  trouble = () => undefined;
  await run(60_000);
  await run();
  expect(written).toEqual(['2 other', '1 first', '1 second', '1 third']);
  expect(await states()).toEqual({ processed: 4 });
});

it('tells what a handler changed after the commit, once, and not of a transaction that was rolled back', async () => {
  trouble = (id) => {
    if (id === 2) throw new Error('busy');
  };
  // One group: it is written together, fails, and is halved until the bad one is alone.
  for (const id of [1, 2, 3]) await post(id, 'x');
  await run();
  expect(told.map(({ item }) => item)).toEqual(['1 x', '3 x']);
  expect(await Promise.all(told.map(({ processed }) => processed))).toEqual([1, 2]);
  trouble = () => undefined;
  await run(60_000);
  expect(told.map(({ item }) => item)).toEqual(['1 x', '3 x', '2 x']);
});

it('a listener that throws after the commit neither undoes nor repeats the delivery, nor keeps others from hearing', async () => {
  await post(1, 'deaf');
  await post(2, 'x');
  await run();
  await Promise.all(told.map(({ processed }) => processed));
  expect(told.map(({ item }) => item)).toEqual(['1 deaf', '2 x']);
  expect(await states()).toEqual({ processed: 2 });
  expect(await db.read('SELECT count(*) AS n FROM webhook_attempts')).toEqual([{ n: 0 }]);
});

it('repeats by kind of error: what is temporary with longer and longer waits, what is wrong not at all', async () => {
  trouble = (id) => {
    if (id === 1) throw new AppError('SHOPIFY_UNREACHABLE', 'Shopify is away.');
    if (id === 2) throw new AppError('BAD_REQUEST', 'The title is missing.');
  };
  await post(1, 'a');
  await post(2, 'b');
  await run();
  const rows = await db.read('SELECT state, attempts, reason, retry_at FROM webhook_deliveries ORDER BY seq');
  expect(rows).toEqual([
    { state: 'failed', attempts: 1, reason: 'temporary', retry_at: '2026-05-01T00:00:02.000Z' },
    { state: 'dead', attempts: 1, reason: 'payload', retry_at: null },
  ]);
  await run(2000);
  expect(await db.read('SELECT retry_at FROM webhook_deliveries WHERE seq = 1')).toEqual([
    { retry_at: '2026-05-01T00:00:06.000Z' },
  ]);
  const attempts = await db.read('SELECT seq, number, outcome, code FROM webhook_attempts ORDER BY seq, number');
  expect(attempts).toEqual([
    { seq: 1, number: 1, outcome: 'failed', code: 'SHOPIFY_UNREACHABLE' },
    { seq: 1, number: 2, outcome: 'failed', code: 'SHOPIFY_UNREACHABLE' },
    { seq: 2, number: 1, outcome: 'dead', code: 'BAD_REQUEST' },
  ]);
});

it('pauses a topic when all of it fails for one reason, goes on with others, and resumes by a probe', async () => {
  let broken = true;
  trouble = (id) => {
    if (broken && id < 1000) throw new Error('a bug');
  };
  for (let id = 1; id <= 40; id += 1) await post(id, 'x');
  await post(1000, 'y', 'others/update');
  await run();
  expect(processor.pauses()).toMatchObject([{ scope: 'things/update', reason: 'defect' }]);
  expect(written).toEqual(['1000 y']);
  // The pause came before the dead letters: most were not even tried.
  expect((await states()).dead).toBeUndefined();
  expect((await states()).received).toBeGreaterThan(20);
  await run(6000);
  expect(processor.pauses()).toMatchObject([{ probes: 1 }]);
  broken = false;
  await run(60_000);
  await run();
  expect(processor.pauses()).toEqual([]);
  expect(await states()).toEqual({ processed: 41 });
});

it('a bug in topics with few deliveries pauses them when the first would be given up, and gives none up', async () => {
  let broken = true;
  trouble = () => {
    if (broken) throw new Error('a bug');
  };
  await post(1, 'x');
  await post(2, 'x', 'others/update');
  for (let more = 0; more < 40; more += 1) await run(5 * 60_000);
  expect(await states()).toEqual({ failed: 2 });
  expect(
    processor
      .pauses()
      .map(({ scope }) => scope)
      .sort(),
  ).toEqual(['others/update', 'things/update']);
  broken = false;
  for (let more = 0; more < 3; more += 1) await run(10 * 60_000);
  expect(await states()).toEqual({ processed: 2 });
  expect(processor.pauses()).toEqual([]);
});

it('a single delivery that fails is given up after its last attempt, since nothing else fails as it does', async () => {
  trouble = (id) => {
    if (id === 1) throw new Error('a bug with this one');
  };
  await post(1, 'x');
  await post(2, 'y');
  for (let more = 0; more < 10; more += 1) await run(5 * 60_000);
  expect(await states()).toEqual({ dead: 1, processed: 1 });
  expect(processor.pauses()).toEqual([]);
});

it('does not count or mark anything when the database can’t be written, and says so', async () => {
  let full = true;
  trouble = () => {
    if (full) throw Object.assign(new Error('SQLITE_FULL: database or disk is full'), { code: 'SQLITE_FULL' });
  };
  for (let id = 1; id <= 5; id += 1) await post(id, 'x');
  await run();
  expect(processor.pauses()).toMatchObject([{ scope: '*', reason: 'storage' }]);
  expect(await states()).toEqual({ received: 5 });
  full = false;
  await run(6000);
  await vi.waitFor(async () => expect(await states()).toEqual({ processed: 5 }));
  expect(await db.read('SELECT max(attempts) AS attempts FROM webhook_deliveries')).toEqual([{ attempts: 1 }]);
});

it('pauses when Shopify is down, gives nothing up, and goes on by itself when it is back', async () => {
  let isDown = true;
  trouble = () => {
    if (isDown) throw new AppError('SHOPIFY_UNREACHABLE', 'Shopify could not be reached.');
  };
  for (let id = 1; id <= 30; id += 1) await post(id, 'x');
  await run();
  expect(processor.pauses()).toMatchObject([
    { scope: 'things/update', reason: 'temporary', problem: { message: 'Shopify could not be reached.' } },
  ]);
  // An outage of most of a day, with one delivery let through at a time.
  for (let probe = 0; probe < 100; probe += 1) await run(10 * 60_000);
  expect((await states()).dead).toBeUndefined();
  const [tried] = await db.read<{ n: number }>('SELECT sum(attempts) AS n FROM webhook_deliveries');
  expect(tried?.n).toBeLessThanOrEqual(110);
  isDown = false;
  await run(10 * 60_000);
  await run(15 * 60_000);
  expect(processor.pauses()).toEqual([]);
  expect(await states()).toEqual({ processed: 30 });
});

it('what can’t be done of a topic does not keep the others of it waiting', async () => {
  trouble = (id) => {
    if (id <= 12) throw new Error('a bug with these');
  };
  for (let id = 1; id <= 40; id += 1) await post(id, 'x');
  await run();
  expect(processor.pauses()).toMatchObject([{ scope: 'things/update', reason: 'defect' }]);
  for (let more = 0; more < 3; more += 1) await run(60_000);
  expect(await states()).toEqual({ failed: 12, processed: 28 });
  // All that is left fails, so the topic is paused again; what arrives then is what is let through.
  for (let id = 41; id <= 60; id += 1) await post(id, 'x');
  await run(5 * 60_000);
  expect((await states()).processed).toBe(48);
});

it('a really full database stops processing and receipts alike: nothing is acknowledged that is not kept', async () => {
  const limitPages = (sql: string): Promise<unknown> =>
    db.writeStatements((connection) => connection.all(`PRAGMA max_page_count = ${sql}`));
  for (let id = 1; id <= 3; id += 1) await post(id, 'x');
  const [size] = await db.read<{ page_count: number }>('PRAGMA page_count');
  await limitPages(String(size?.page_count ?? 0));
  fills = true;
  await run();
  expect(processor.pauses()).toMatchObject([{ scope: '*', reason: 'storage' }]);
  await expect(post(9, 'y'.repeat(500_000))).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  expect(await states()).toEqual({ received: 3 });
  await limitPages('1000000');
  await run(6000);
  await vi.waitFor(async () => expect(await states()).toEqual({ processed: 3 }));
  expect(processor.pauses()).toEqual([]);
  // Shopify sends it again; now it is kept.
  expect(await post(9, 'y'.repeat(500_000))).toBe(false);
});

it('knows a repeated delivery in memory, merged, and after a restart', async () => {
  const same = {
    shop: SHOP,
    topic: 'things/update',
    webhookId: 'the-same',
    eventId: null,
    apiVersion: null,
    triggeredAt: null,
    headers: '{}',
    payload: Buffer.from('{"id":1}'),
    origin: null,
  };
  expect(await Promise.all([inbox.accept(same), inbox.accept(same)])).toEqual([false, true]);
  expect(await inbox.accept(same)).toBe(true);
  for (let at = 0; at < 5000; at += 500) await Promise.all(Array.from({ length: 500 }, (_, n) => post(at + n, 'x')));
  await inbox.idle();
  expect(await db.read('SELECT count(*) > 4000 AS merged FROM webhook_keys')).toEqual([{ merged: 1 }]);
  expect(await inbox.accept(same)).toBe(true);
  const bus = createEventBus(() => undefined);
  const again = await createInbox({
    db,
    clock,
    bus,
    suppression,
    onAccepted: () => undefined,
    onError: () => undefined,
  });
  expect(await again.accept(same)).toBe(true);
  expect(await again.accept({ ...same, topic: 'others/update' })).toBe(false);
  expect(await db.read(`SELECT duplicates FROM webhook_deliveries WHERE webhook_id = 'the-same' ORDER BY seq`)).toEqual(
    [{ duplicates: 4 }, { duplicates: 0 }],
  );
  await again.idle();
});
