import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { createIds } from '../ids.ts';
import { createSqlLeases } from './sql-leases.ts';

const MINUTE = 60_000;
let dir = '';
let db: Database;
let now = Date.parse('2026-11-24T00:00:00Z');
const clock: Clock = { now: () => now, delay: systemClock.delay };
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-leases-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});
const leases = () => createSqlLeases({ db, clock, ids: createIds(clock) });

it('one holds it until it ends or is given back', async () => {
  const first = await leases().tryAcquire('x', 2 * MINUTE);
  expect(await leases().tryAcquire('x', 2 * MINUTE)).toBeNull();
  now += MINUTE;
  expect(await first?.extend()).toBe(true);
  now += 2 * MINUTE;
  const second = await leases().tryAcquire('x', 2 * MINUTE);
  expect(second).not.toBeNull();
  expect(await first?.extend()).toBe(false);
  await second?.release();
  expect(await leases().tryAcquire('x', 2 * MINUTE)).not.toBeNull();
});

it('one that a dead process took before the clock was set back does not last until the clock is there again', async () => {
  await leases().tryAcquire('x', 2 * MINUTE);
  // Clocks of two processes may differ by less than the lease is long.
  now -= MINUTE;
  expect(await leases().tryAcquire('x', 2 * MINUTE)).toBeNull();
  now -= 24 * 60 * MINUTE;
  expect(await leases().tryAcquire('x', 2 * MINUTE)).not.toBeNull();
});
