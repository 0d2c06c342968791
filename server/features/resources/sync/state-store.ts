import type { ErrorBody } from '../../../../shared/errors.ts';
import type { Database, SqlValue } from '../../../platform/db/database.ts';
import type { Statements } from '../records/statements.ts';
import type { Gap, SyncedResource } from './source.ts';

export type SyncPhase =
  | 'never'
  | 'waiting'
  | 'preparing'
  | 'downloading'
  | 'indexing'
  | 'catching-up'
  | 'checking'
  | 'done'
  | 'failed';

/** How far one resource of one store is fetched; the checkpoint is written in the transaction of the rows. */
export interface SyncState {
  readonly shop: string;
  readonly resource: SyncedResource;
  readonly phase: SyncPhase;
  readonly operationId: string | null;
  /** When the bulk operation's file was begun: rows here that are newer were brought by something else. */
  readonly operationAt: string | null;
  /** Of the bulk file; where the next line begins. */
  readonly byteOffset: number;
  readonly lines: number;
  readonly pageCursor: string | null;
  readonly indexPk: number;
  /** Root rows of the present run, and how many there are to be. */
  readonly rows: number;
  readonly total: number | null;
  /** Lines of a bulk file, children included. */
  readonly objects: number;
  readonly objectsTotal: number | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** When the first import was complete. */
  readonly importedAt: string | null;
  /** Everything that changed at Shopify before this is here. */
  readonly cursorAt: string | null;
  readonly checkedAt: string | null;
  readonly sweptAt: string | null;
  readonly remoteCount: number | null;
  readonly localCount: number | null;
  /** Rows that Shopify has and that may not be here, since their people were erased. */
  readonly withheldCount: number;
  readonly taskId: string | null;
  /** Since when an operator has paused it; runs do not touch this. */
  readonly pausedAt: string | null;
  readonly problem: (ErrorBody & { readonly at: string }) | null;
  readonly gaps: readonly Gap[];
}

export type SyncStateChange = Partial<Omit<SyncState, 'shop' | 'resource'>>;

const COLUMN: Readonly<Record<keyof SyncStateChange, string>> = {
  phase: 'phase',
  operationId: 'operation_id',
  operationAt: 'operation_at',
  byteOffset: 'byte_offset',
  lines: 'lines',
  pageCursor: 'page_cursor',
  indexPk: 'index_pk',
  rows: 'rows',
  total: 'total',
  objects: 'objects',
  objectsTotal: 'objects_total',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
  importedAt: 'imported_at',
  cursorAt: 'cursor_at',
  checkedAt: 'checked_at',
  sweptAt: 'swept_at',
  remoteCount: 'remote_count',
  localCount: 'local_count',
  withheldCount: 'withheld_count',
  taskId: 'task_id',
  pausedAt: 'paused_at',
  problem: 'problem',
  gaps: 'gaps',
};
const KEYS = Object.keys(COLUMN) as (keyof SyncStateChange)[];
const SELECT = `SELECT shop, resource, ${KEYS.map((key) => `${COLUMN[key]} AS ${key}`).join(', ')} FROM sync_states`;

type Row = Omit<SyncState, 'problem' | 'gaps'> & { problem: string | null; gaps: string };
const toState = (row: Row): SyncState => ({
  ...row,
  problem: row.problem === null ? null : (JSON.parse(row.problem) as SyncState['problem']),
  gaps: JSON.parse(row.gaps) as Gap[],
});
const toSql = (key: keyof SyncStateChange, value: SyncStateChange[keyof SyncStateChange]): SqlValue =>
  (key === 'problem' || key === 'gaps') && value !== null ? JSON.stringify(value) : ((value ?? null) as SqlValue);

const EMPTY = {
  phase: 'never',
  operationId: null,
  operationAt: null,
  byteOffset: 0,
  lines: 0,
  pageCursor: null,
  indexPk: 0,
  rows: 0,
  total: null,
  objects: 0,
  objectsTotal: null,
  startedAt: null,
  finishedAt: null,
  importedAt: null,
  cursorAt: null,
  checkedAt: null,
  sweptAt: null,
  remoteCount: null,
  localCount: null,
  withheldCount: 0,
  taskId: null,
  pausedAt: null,
  problem: null,
  gaps: [],
} as const satisfies Required<SyncStateChange>;

export const readSyncState = async (db: Database, shop: string, resource: SyncedResource): Promise<SyncState> => {
  const [row] = await db.read<Row>(`${SELECT} WHERE shop = ? AND resource = ?`, [shop, resource]);
  return row ? toState(row) : { shop, resource, ...EMPTY };
};

export const listSyncStates = async (db: Database): Promise<SyncState[]> => (await db.read<Row>(SELECT)).map(toState);

/** Writes a part of the state, inside the caller's transaction. */
export const patchSyncState = async (
  statements: Statements,
  shop: string,
  resource: SyncedResource,
  change: SyncStateChange,
): Promise<void> => {
  const keys = KEYS.filter((key) => change[key] !== undefined);
  if (keys.length === 0) return;
  await statements.run(
    `INSERT INTO sync_states (shop, resource, phase) VALUES (?, ?, 'never') ON CONFLICT (shop, resource) DO NOTHING`,
    shop,
    resource,
  );
  await statements.run(
    `UPDATE sync_states SET ${keys.map((key) => `${COLUMN[key]} = ?`).join(', ')} WHERE shop = ? AND resource = ?`,
    ...keys.map((key) => toSql(key, change[key])),
    shop,
    resource,
  );
};
