import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { listBackups, pruneBackups, writeBackup } from '../../server/features/backups/backup-files.ts';
import { askForRestore, restoreIfAsked } from '../../server/features/backups/restore.ts';
import { openDatabase } from '../../server/platform/db/database.ts';
import { createLog } from '../../server/platform/log/log.ts';
import { createRedactor } from '../../server/platform/log/redact.ts';
import { databaseBytes, type Harness, productPayload, productsOf, startHarness } from './harness.ts';
import { type PrivacyHarness, startPrivacy } from './privacy-harness.ts';
import { PLANTED, plantEverywhere } from './privacy-plants.ts';

const lines: string[] = [];
const log = createLog({ level: 'info', redactor: createRedactor(), write: (line) => lines.push(line) });
const closers: (() => unknown)[] = [];
afterEach(async () => {
  lines.length = 0;
  for (const close of closers.splice(0).reverse()) await close();
});

const AT_START = '2026-11-25T08:00:00.000Z';
const restored = (dataDir: string): Promise<string | null> =>
  restoreIfAsked({ dataDir, log, version: '1.0.0', createdAt: AT_START });

/** What a table of one column holds, by opening the database as a start does. */
const linesOf = async (dataDir: string): Promise<string[]> => {
  const db = await openDatabase({ dataDir, entities: [], migrations: [] });
  try {
    return (await db.read<{ line: string }>('SELECT line FROM lines ORDER BY rowid')).map(({ line }) => line);
  } finally {
    await db.close();
  }
};

/** The data folder of a program that was killed: what it committed last stands in the write-ahead log only. One backup is older than that. */
const killedFolder = async (): Promise<{ dataDir: string; backup: string }> => {
  const [alive, dataDir] = ['alive', 'killed'].map((name) => mkdtempSync(join(tmpdir(), `backroom-${name}-`)));
  if (alive === undefined || dataDir === undefined) throw new Error('no folders');
  closers.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const db = await openDatabase({ dataDir: alive, entities: [], migrations: [] });
  const add = (line: string) => db.writeStatements((tx) => tx.run('INSERT INTO lines VALUES (?)', line));
  await db.writeStatements((tx) => tx.run('CREATE TABLE lines (line TEXT)'));
  await add('before the backup');
  const { name } = await back(alive, '2026-11-24T02:41:00.000Z');
  await add('after the backup');
  cpSync(alive, dataDir, { recursive: true });
  await db.close();
  rmSync(alive, { recursive: true, force: true });
  expect(statSync(join(dataDir, 'backroom.sqlite-wal')).size).toBeGreaterThan(0);
  return { dataDir, backup: name };
};

const back = (dataDir: string, createdAt: string) =>
  writeBackup({ dataDir, createdAt, reason: 'operator', version: '1.0.0' });

/** Every way in which the planted customer could be recognised, in the bytes of all files but the backups. */
const traces = (dataDir: string): string[] =>
  readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('backups') && statSync(join(dataDir, name)).isFile())
    .flatMap((name) => {
      const text = readFileSync(join(dataDir, name)).toString('latin1').toLowerCase();
      return PLANTED.words.filter((word) => text.includes(word.toLowerCase())).map((word) => `${word} in ${name}`);
    });

it('a customer who was erased after the backup is not there after it was restored', async () => {
  let h: PrivacyHarness = await startPrivacy();
  const { dataDir } = h;
  closers.push(() => rmSync(dataDir, { recursive: true, force: true }));
  await plantEverywhere(h);
  const { name } = await back(dataDir, '2026-11-24T02:41:00.000Z');
  await h.deliver('customers/redact', {
    customer: { id: Number(PLANTED.id), email: PLANTED.email, phone: PLANTED.phone },
    orders_to_redact: [Number(PLANTED.orderId)],
  });
  h.skip(25);
  expect(await h.runTasks()).toEqual([]);
  const [closed] = (await h.privacy.service.list({ show: 'closed', limit: 5 })).items;
  expect(closed).toMatchObject({ state: 'verified', problem: null });
  expect(traces(dataDir)).toEqual([]);
  await h.close();

  await askForRestore(dataDir, name);
  expect(await restored(dataDir)).toBeNull();
  expect(traces(dataDir).length).toBeGreaterThan(3);
  h = await startPrivacy({ dataDir });
  closers.push(() => h.close());
  expect(traces(dataDir)).toEqual([]);
  const [entry] = (await h.privacy.service.evidence.list({ limit: 1 })).items;
  expect(entry).toMatchObject({ kind: 'restored.copy', facts: { people: expect.any(Number) } });
  expect((await h.privacy.service.evidence.check()).ok).toBe(true);
});

it('the store is as it was when the backup was made, and what was there in between is backed up', async () => {
  const h: Harness = await startHarness({ byToken: true, env: { BACKROOM_BACKUPS_KEEP: '2' } });
  closers.push(() => h.close());
  await h.storeWhen((store) => productsOf(store)?.phase === 'done');
  const made = await h.app.services.backups.create();
  await h.webhook({ payload: productPayload(9_000_001, '2030-01-01T00:00:00Z', { title: 'Made after the backup' }) });
  const titled = async () =>
    (await h.app.services.products.list({ search: 'made after the backup', order: 'desc', limit: 5 })).items.length;
  await expect.poll(titled, { timeout: 15_000 }).toBe(1);
  expect(await h.app.services.backups.restore(made.name)).toEqual({ restarting: true });
  // Between the asking and the end of the backend shops go on sending, and are told that it is stored.
  expect(
    (await h.webhook({ id: 'while-it-ends', payload: productPayload(9_000_002, '2030-01-01T00:00:00Z') })).status,
  ).toBe(200);
  await expect(h.app.services.backups.create()).rejects.toMatchObject({ code: 'CONFLICT' });
  await h.restart();
  expect(await titled()).toBe(0);
  expect((await h.store())?.state).toBe('connected');
  const { items } = await h.app.services.backups.list();
  expect(items.map(({ reason }) => reason)).toEqual(['before-restore', 'operator']);
  const kept = databaseBytes(join(h.dataDir, 'backups', items[0]?.name ?? ''));
  expect(kept.includes('while-it-ends')).toBe(true);
});

it('a restore that can’t be done leaves what a killed program had committed', async () => {
  const { dataDir, backup } = await killedFolder();
  await askForRestore(dataDir, backup);
  // In the way of the copy, as a full disk would be.
  mkdirSync(join(dataDir, 'backroom.sqlite.part', 'in the way'), { recursive: true });
  expect(await restored(dataDir)).not.toBeNull();
  expect(await linesOf(dataDir)).toEqual(['before the backup', 'after the backup']);
  expect(existsSync(join(dataDir, 'restore.json'))).toBe(false);
});

it('after a killed program, the restored database has nothing of its log, and the backup before it has all', async () => {
  const { dataDir, backup } = await killedFolder();
  await askForRestore(dataDir, backup);
  expect(await restored(dataDir)).toBeNull();
  const [before] = await listBackups(dataDir);
  expect(before?.reason).toBe('before-restore');
  expect(await linesOf(join(dataDir, 'backups', before?.name ?? ''))).toEqual([
    'before the backup',
    'after the backup',
  ]);
  expect(await linesOf(dataDir)).toEqual(['before the backup']);
});

it('a database that another program has open is not taken away from it', async () => {
  const { dataDir, backup } = await killedFolder();
  const other = await openDatabase({ dataDir, entities: [], migrations: [] });
  closers.push(() => other.close());
  await askForRestore(dataDir, backup);
  expect(await restored(dataDir)).toMatch(/another program/i);
  await other.writeStatements((tx) => tx.run('INSERT INTO lines VALUES (?)', 'by the other'));
  expect(await other.read('SELECT count(*) AS n FROM lines')).toEqual([{ n: 3 }]);
});

it('a backup that was changed, or is gone, is neither restored nor in the way of a start', async () => {
  const h = await startPrivacy();
  const { dataDir } = h;
  closers.push(
    () => rmSync(dataDir, { recursive: true, force: true }),
    () => h.close(),
  );
  const { name } = await back(dataDir, '2026-11-24T02:41:00.000Z');
  appendFileSync(join(dataDir, 'backups', name, 'backroom.sqlite'), 'x');
  for (const asked of [name, '2026-01-01T00-00-00']) {
    await askForRestore(dataDir, asked);
    expect(await restored(dataDir)).toMatch(/not restored|not there any more/);
  }
  expect(lines.filter((line) => line.includes('could not be restored'))).toHaveLength(2);
  expect(await restored(dataDir)).toBeNull();
  expect(lines.filter((line) => line.includes('could not be restored'))).toHaveLength(2);
});

it('only the newest are kept, and what a crash left half written goes', async () => {
  const h = await startPrivacy();
  const { dataDir } = h;
  closers.push(
    () => rmSync(dataDir, { recursive: true, force: true }),
    () => h.close(),
  );
  for (const day of ['20', '21', '21', '22']) await back(dataDir, `2026-11-${day}T02:41:00.000Z`);
  mkdirSync(join(dataDir, 'backups', '2026-11-19T02-41-00.part'));
  writeFileSync(join(dataDir, 'backups', 'notes.txt'), 'not ours');
  await pruneBackups(dataDir, 3);
  expect((await listBackups(dataDir)).map(({ name }) => name)).toEqual([
    '2026-11-22T02-41-00',
    '2026-11-21T02-41-00-2',
    '2026-11-21T02-41-00',
  ]);
  expect(readdirSync(join(dataDir, 'backups')).sort()).toEqual([
    '2026-11-21T02-41-00',
    '2026-11-21T02-41-00-2',
    '2026-11-22T02-41-00',
    'notes.txt',
  ]);
});
