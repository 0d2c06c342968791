import { AppError } from '../../../../shared/errors.ts';
import { type Clock, toIso } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { Suppression } from '../../../platform/personal-data.ts';
import type { BulkWakeUps } from '../../../shopify/bulk.ts';
import type { WriteResult, WriteStamp } from '../records/record-table.ts';
import type { Statements } from '../records/statements.ts';
import type { CallContext, SyncSource } from './source.ts';
import { patchSyncState, readSyncState, type SyncState, type SyncStateChange } from './state-store.ts';

export interface SyncPorts {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly suppression: Pick<Suppression, 'isEmpty' | 'screen' | 'isSuppressed'>;
  /** Rung when Shopify's webhook says that a bulk operation has ended. */
  readonly wakeUps: BulkWakeUps;
  /** Rows changed; the keys are few or the first of many. */
  onRows(shop: string, resource: SyncSource<unknown>['resource'], pks: readonly number[]): void;
  onState(shop: string): void;
  /** The sums by day that the charts show were made anew. */
  onDays(shop: string): void;
}

/** One run of one resource of one store. */
export interface SyncRun<Item> extends CallContext {
  readonly ports: SyncPorts;
  readonly shop: string;
  readonly source: SyncSource<Item>;
  /** Whether the app may see orders older than 60 days. */
  readonly seesAllOrders: boolean;
  progress(done: number, total: number | null, phase: string): void;
}

export interface RunCounts {
  created: number;
  updated: number;
  deleted: number;
  /** Root rows that Shopify sent, written or passed over. */
  seen: number;
}

export const stateOf = <Item>(run: SyncRun<Item>): Promise<SyncState> =>
  readSyncState(run.ports.db, run.shop, run.source.resource);

export const saveState = async <Item>(run: SyncRun<Item>, change: SyncStateChange): Promise<void> => {
  await run.ports.db.writeStatements((connection) => patchSyncState(connection, run.shop, run.source.resource, change));
  run.ports.onState(run.shop);
};

export const nowIso = <Item>(run: SyncRun<Item>): string => toIso(run.ports.clock.now());

export const stampFor = <Item>(
  run: SyncRun<Item>,
  syncedBy: WriteStamp['syncedBy'],
  sourceId: string | null,
  isFirstImport: boolean,
): WriteStamp => ({ shop: run.shop, syncedAt: nowIso(run), syncedBy, sourceId, isFirstImport });

/** Writes rows and the checkpoint in one transaction. */
export const writeBatch = async <Item>(
  run: SyncRun<Item>,
  write: (statements: Statements) => Promise<WriteResult>,
  change: SyncStateChange,
): Promise<WriteResult> => {
  const result = await run.ports.db.writeStatements(async (connection) => {
    const written = await write(connection);
    await patchSyncState(connection, run.shop, run.source.resource, change);
    return written;
  });
  const changed = [...result.created, ...result.updated];
  if (changed.length > 0) run.ports.onRows(run.shop, run.source.resource, changed);
  run.ports.onState(run.shop);
  return result;
};

export const incomplete = (what: string, got: number, expected: number): AppError =>
  new AppError('SHOPIFY_FAULTY', `Shopify said that there are ${expected} ${what}, and sent ${got}.`, {
    hint: 'Nothing is lost: the same period is fetched again by itself.',
  });
