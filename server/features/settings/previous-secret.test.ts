import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entities } from '../../entities.ts';
import { migrations } from '../../migrations.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createVault } from '../../platform/vault/vault.ts';
import { createPreviousSecret } from './previous-secret.ts';

let dir = '';
let db: Database;
let now = Date.parse('2026-05-01T00:00:00Z');
const clock: Clock = { now: () => now, delay: () => Promise.resolve() };
const vault = createVault(Buffer.alloc(32, 7).toString('base64'));

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-secret-'));
  db = await openDatabase({ dataDir: dir, entities, migrations });
});
afterAll(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

it('is accepted for six hours, also after a restart, and is sealed at rest', async () => {
  const previous = await createPreviousSecret({ db, vault, clock });
  expect(previous.current()).toBeNull();
  await previous.keep('the-old-secret');
  const [row] = await db.read<{ value: string }>(`SELECT value FROM settings WHERE key = 'app.credentials.previous'`);
  expect(row?.value).not.toContain('the-old-secret');
  const again = await createPreviousSecret({ db, vault, clock });
  now += 5 * 3_600_000;
  expect(again.current()).toBe('the-old-secret');
  now += 3_600_000;
  expect(again.current()).toBeNull();
});
