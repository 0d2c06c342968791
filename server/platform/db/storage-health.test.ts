import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { type Database, openDatabase } from './database.ts';
import { createStorageHealth, probeStorage, type StorageHealth } from './storage-health.ts';

const clock = createVirtualClock(Date.parse('2026-05-01T12:00:00Z'));
let dir = '';
let db: Database;
let health: StorageHealth;
let told: (string | null)[] = [];
let probes = 0;

const limitPages = (limit: string): Promise<unknown> =>
  db.writeStatements((connection) => connection.all(`PRAGMA max_page_count = ${limit}`));
const store = (): Promise<unknown> =>
  db.writeStatements((connection) => connection.run('INSERT INTO notes VALUES (zeroblob(20000))'));

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-storage-'));
  told = [];
  probes = 0;
  health = createStorageHealth({
    clock,
    probe: async () => {
      probes += 1;
      await db.writeStatements(probeStorage);
    },
    onChange: (trouble) => told.push(trouble?.code ?? null),
    onError: (error) => {
      throw error;
    },
  });
  db = await openDatabase({ dataDir: dir, entities: [], migrations: [], onWriteFailed: health.failed });
  await db.writeStatements((connection) => connection.run('CREATE TABLE notes (body BLOB)'));
});
afterEach(async () => {
  await health.close();
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

it('a full database is told once, with the time, and ends by itself when there is space again', async () => {
  const since = clock.now();
  await limitPages('1');
  await expect(store()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  await expect(store()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  expect(health.current()).toEqual({ code: 'SQLITE_FULL', since });
  await clock.advance(5000);
  await vi.waitFor(() => expect(probes).toBe(1));
  expect(health.current()).toEqual({ code: 'SQLITE_FULL', since });

  await limitPages('1000000');
  await vi.waitFor(async () => {
    await clock.advance(5000);
    expect(health.current()).toBeNull();
  });
  expect(told).toEqual(['SQLITE_FULL', null]);
  await store();
  expect(await db.read(`SELECT name FROM sqlite_schema WHERE name = 'storage_probe'`)).toEqual([]);
});

it('a write that is wrong in itself says nothing of the disk', async () => {
  await expect(db.writeStatements((connection) => connection.run('INSERT INTO nowhere VALUES (1)'))).rejects.toThrow(
    'nowhere',
  );
  expect(health.current()).toBeNull();
  expect(told).toEqual([]);
});
