import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entities } from '../../entities.ts';
import { migrations } from '../../migrations.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createVault } from '../../platform/vault/vault.ts';
import { createPreviousSecrets } from './previous-secrets.ts';

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

const sealedRows = () =>
  db.read<{ key: string; value: string }>(`SELECT key, value FROM settings WHERE key LIKE 'app.credentials.previous%'`);
const secretsOf = (previous: { current(): readonly { secret: string }[] }): string[] =>
  previous.current().map(({ secret }) => secret);

it('are accepted for six hours each, also after a restart, and are sealed at rest', async () => {
  const previous = await createPreviousSecrets({ db, vault, clock });
  expect(previous.current()).toEqual([]);
  await previous.keep('the-first-secret');
  now += 4 * 3_600_000;
  await previous.keep('the-second-secret');
  expect(JSON.stringify(await sealedRows())).not.toMatch(/-secret/);
  const again = await createPreviousSecrets({ db, vault, clock });
  expect(again.current()).toEqual([
    { secret: 'the-second-secret', until: '2026-05-01T10:00:00.000Z' },
    { secret: 'the-first-secret', until: '2026-05-01T06:00:00.000Z' },
  ]);
  now += 2 * 3_600_000;
  expect(secretsOf(again)).toEqual(['the-second-secret']);
  now += 4 * 3_600_000;
  expect(again.current()).toEqual([]);
});

it('leave the database once they are over, and a secret that comes back stands once', async () => {
  const previous = await createPreviousSecrets({ db, vault, clock });
  await previous.keep('one');
  now += 1000;
  await previous.keep('two');
  now += 1000;
  await previous.keep('one');
  expect(secretsOf(previous)).toEqual(['one', 'two']);
  expect(await sealedRows()).toHaveLength(2);
});

it('are no more than five', async () => {
  const previous = await createPreviousSecrets({ db, vault, clock });
  for (const secret of ['a', 'b', 'c', 'd', 'e', 'f']) {
    now += 1000;
    await previous.keep(secret);
  }
  expect(secretsOf(previous)).toEqual(['f', 'e', 'd', 'c', 'b']);
  expect(await sealedRows()).toHaveLength(5);
});

it('that an earlier version kept under the name alone are known', async () => {
  await db.write((tx) => tx.query(`DELETE FROM settings WHERE key LIKE 'app.credentials.previous%'`));
  const sealedSecret = vault.seal('old-form', 'app.credentials.previous');
  const value = JSON.stringify({ sealedSecret, until: new Date(now + 1000).toISOString() });
  await db.write((tx) =>
    tx.query('INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?)', ['app.credentials.previous', value, '']),
  );
  expect(secretsOf(await createPreviousSecrets({ db, vault, clock }))).toEqual(['old-form']);
});
