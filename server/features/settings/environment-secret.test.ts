import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entities } from '../../entities.ts';
import { migrations } from '../../migrations.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createVault } from '../../platform/vault/vault.ts';
import { noteEnvironmentSecret } from './environment-secret.ts';
import { createPreviousSecrets } from './previous-secrets.ts';

let dir = '';
let db: Database;
const clock: Clock = { now: () => Date.parse('2026-05-01T00:00:00Z'), delay: () => Promise.resolve() };
const vault = createVault(Buffer.alloc(32, 7).toString('base64'));
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-environment-'));
  db = await openDatabase({ dataDir: dir, entities, migrations });
});
afterAll(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A start with these; answers what is accepted beside the current secret. */
const start = async (apiKey: string, apiSecret: string): Promise<string[]> => {
  const previous = await createPreviousSecrets({ db, vault, clock });
  await noteEnvironmentSecret({ db, vault, clock, previous }, { apiKey, apiSecret, scopes: [] });
  return previous.current().map(({ secret }) => secret);
};

it('a secret that the environment had before is accepted for a while, and sealed at rest; one of another app is not', async () => {
  expect(await start('app', 'first-secret')).toEqual([]);
  expect(await start('app', 'first-secret')).toEqual([]);
  expect(await start('app', 'second-secret')).toEqual(['first-secret']);
  expect(await start('app', 'second-secret')).toEqual(['first-secret']);
  expect(JSON.stringify(await db.read('SELECT value FROM settings'))).not.toMatch(/-secret/);
  expect(await start('other-app', 'third-secret')).toEqual(['first-secret']);
});
