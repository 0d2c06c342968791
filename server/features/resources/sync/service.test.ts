import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../../migrations.ts';
import { systemClock } from '../../../platform/clock.ts';
import { type Database, openDatabase } from '../../../platform/db/database.ts';
import type { TaskQueue } from '../../../platform/queue/queue.ts';
import { createSyncService } from './service.ts';
import { patchSyncState, readSyncState } from './state-store.ts';

const SHOP = 'a.myshopify.com';
let dir = '';
let db: Database;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-sync-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A queue in which these keys are taken by tasks that have not ended yet. */
const serviceWith = (taken: readonly string[]) => {
  const added: string[] = [];
  const queue = {
    register: () => undefined,
    schedule: () => undefined,
    enqueue: async (_task: unknown, _input: unknown, { uniqueKey }: { uniqueKey: string }) => {
      const isNew = !taken.includes(uniqueKey);
      if (isNew) added.push(uniqueKey);
      return { id: isNew ? 'new' : 'old', isNew };
    },
  };
  const unused = (): never => {
    throw new Error('not asked for here');
  };
  const service = createSyncService({
    ports: { onState: () => undefined } as never,
    db,
    clock: systemClock,
    queue: queue as unknown as TaskQueue,
    store: unused,
    connectedShops: () => [],
    onRun: unused,
  });
  return { service, added };
};

it('what is asked for while a run that is over is being put away gets a run of its own', async () => {
  await db.writeStatements((connection) => patchSyncState(connection, SHOP, 'products', { phase: 'done' }));
  const { service, added } = serviceWith([`sync ${SHOP} products`]);
  await service.start(SHOP, 'person', 'products');
  expect(added).toEqual([`sync ${SHOP} products again`]);
  expect(await readSyncState(db, SHOP, 'products')).toMatchObject({ phase: 'waiting', taskId: 'new' });
});

it('what is asked for while a run goes on joins it', async () => {
  await db.writeStatements((connection) => patchSyncState(connection, SHOP, 'products', { phase: 'downloading' }));
  const { service, added } = serviceWith([`sync ${SHOP} products`]);
  await service.start(SHOP, 'person', 'products');
  expect(added).toEqual([]);
  expect(await readSyncState(db, SHOP, 'products')).toMatchObject({ phase: 'downloading', taskId: 'old' });
});

it('what a wake asks for while a run that is over is being put away gets a run of its own too', async () => {
  await db.writeStatements((connection) => patchSyncState(connection, SHOP, 'products', { phase: 'done' }));
  const { service, added } = serviceWith([`sync ${SHOP} products`]);
  await service.start(SHOP, 'wake', 'products');
  expect(added).toEqual([`sync ${SHOP} products again`]);
});
