import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sqlite3 from 'sqlite3';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type DemoStore, startDemoStore } from '../../demo/store.ts';
import { type Backend, startBackend } from '../chaos/backend-process.mjs';
import { ADMIN_KEY, MASTER_KEY, productPayload, signedHeaders } from './harness.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BACKEND = join(ROOT, 'dist/server/index.mjs');
const POSTS = 10_000;
const CONCURRENCY = 64;
const KILL_AFTER = 4000;

let demo: DemoStore;
let dataDir = '';
const backends: Backend[] = [];

beforeAll(async () => {
  if (!existsSync(BACKEND)) execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT });
  demo = await startDemoStore({ products: 5, orders: 1, customers: 1 });
  dataDir = mkdtempSync(join(tmpdir(), 'backroom-crash-'));
}, 120_000);
afterAll(async () => {
  for (const backend of backends) await backend.kill();
  await demo.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = async (): Promise<Backend> => {
  const backend = await startBackend({
    file: BACKEND,
    dataDir,
    demo: demo.ready,
    keys: { admin: ADMIN_KEY, master: MASTER_KEY },
  });
  backends.push(backend);
  return backend;
};

const read = <Row>(sql: string): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    const db = new sqlite3.Database(join(dataDir, 'backroom.sqlite'), sqlite3.OPEN_READONLY);
    db.all<Row>(sql, (error, rows) => {
      db.close(() => (error ? reject(error) : resolve(rows)));
    });
  });

it('kill -9 amid 10,000 webhooks: each one that got a 200 is in the database, and is processed after the restart', async () => {
  const { publicUrl, kill } = await start();
  let killed: Promise<void> | null = null;
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const acknowledged: string[] = [];
  let lost = 0;
  let next = 0;

  const post = (id: string, number: number): Promise<number | null> =>
    new Promise((resolve) => {
      const body = JSON.stringify(productPayload(1_000_000 + number, '2026-05-01T00:00:00Z'));
      const headers = signedHeaders(demo.ready.clientSecret, body, { id, shop: demo.ready.shop });
      const call = request(`${publicUrl}/webhooks`, { method: 'POST', agent, headers });
      call.on('response', (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? null));
        response.on('error', () => resolve(null));
      });
      call.on('error', () => resolve(null));
      call.end(body);
    });
  const worker = async (): Promise<void> => {
    while (next < POSTS) {
      const number = next;
      next += 1;
      const id = randomUUID();
      if ((await post(id, number)) === 200) acknowledged.push(id);
      else lost += 1;
      if (acknowledged.length === KILL_AFTER) killed = kill();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  agent.destroy();
  await killed;
  expect(killed).not.toBeNull();
  expect(acknowledged.length).toBeGreaterThanOrEqual(KILL_AFTER);
  expect(acknowledged.length + lost).toBe(POSTS);
  expect(lost).toBeGreaterThan(0);

  await start();
  const stored = new Set(
    (await read<{ webhook_id: string }>('SELECT webhook_id FROM webhook_deliveries')).map((row) => row.webhook_id),
  );
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  await vi.waitFor(
    async () => {
      // Deliveries that came before the store was connected are ignored; none waits, none failed.
      const open = `SELECT count(*) AS count FROM webhook_deliveries WHERE state NOT IN ('processed', 'ignored')`;
      expect(await read(open)).toEqual([{ count: 0 }]);
    },
    { timeout: 30_000, interval: 100 },
  );
  expect(await read('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
}, 120_000);
