import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { listBackups, pruneBackups, writeBackup } from '../../server/features/backups/backup-files.ts';
import { askForRestore, restoreIfAsked } from '../../server/features/backups/restore.ts';
import { createLog } from '../../server/platform/log/log.ts';
import { createRedactor } from '../../server/platform/log/redact.ts';
import { type Harness, productPayload, productsOf, startHarness } from './harness.ts';
import { type PrivacyHarness, startPrivacy } from './privacy-harness.ts';
import { PLANTED, plantEverywhere } from './privacy-plants.ts';

const lines: string[] = [];
const log = createLog({ level: 'info', redactor: createRedactor(), write: (line) => lines.push(line) });
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

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
  await restoreIfAsked(dataDir, log);
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
  await h.restart();
  expect(await titled()).toBe(0);
  expect((await h.store())?.state).toBe('connected');
  const { items } = await h.app.services.backups.list();
  expect(items.map(({ reason }) => reason)).toEqual(['before-restore', 'operator']);
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
    await restoreIfAsked(dataDir, log);
  }
  expect(lines.filter((line) => line.includes('could not be restored'))).toHaveLength(2);
  await restoreIfAsked(dataDir, log);
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
