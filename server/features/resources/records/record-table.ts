import type { Resource } from '../../../../shared/browse/columns.ts';
import type { SqlValue } from '../../../platform/db/database.ts';
import type { Suppression } from '../../../platform/personal-data.ts';

export type { Resource };

/** A row as it is to be stored, from whichever form Shopify sent. */
export interface MappedRecord {
  /** Shopify's number, the end of the gid. */
  readonly pk: number;
  /** UTC with milliseconds; decides which of two states is newer. */
  readonly updatedAt: string;
  /** The columns of the resource's definition, in its order, without key, store and stamp. */
  readonly values: readonly SqlValue[];
  /** The whole JSON as text. */
  readonly raw: string;
  /** Rows of child tables, all there are of this parent; null: they come by themselves, on lines of their own. */
  readonly children: Readonly<Record<string, readonly ChildRow[]>> | null;
  /** Columns that this form says nothing of: what is stored stays. Each must be among the table's \`keepable\`. */
  readonly keep?: readonly string[];
}

export interface ChildRow {
  readonly pk: number;
  readonly parentPk: number;
  readonly values: readonly SqlValue[];
}

export interface ChildTable {
  readonly table: string;
  readonly parent: string;
  /** Behind `pk`, the parent and `shop`. */
  readonly columns: readonly string[];
}

/** One resource: its tables, and what is to be known of them to write, compare, search and forget rows. Pure data. */
export interface RecordTable {
  readonly resource: Resource;
  readonly table: string;
  /** Behind `pk` and `shop`; `updated_at` is one of them. */
  readonly columns: readonly string[];
  /** Null: the row itself has the column `raw`. */
  readonly documents: string | null;
  readonly children: readonly ChildTable[];
  /** Columns whose changes the history tells, with their values. */
  readonly tracked: readonly string[];
  /** Columns whose changes it tells without values. */
  readonly trackedPersonal: readonly string[];
  /** Columns that some form of the record lacks. */
  readonly keepable: readonly string[];
  readonly search: SearchIndex | null;
  /** The column whose day the charts count the row on. */
  readonly dayColumn: string | null;
  /** What upsets the charts of the day when it changes. */
  readonly dayDepends: readonly string[];
}

export interface SearchIndex {
  readonly table: string;
  readonly columns: readonly string[];
  /** One SQL expression a column, over the row `r`. */
  readonly expressions: readonly string[];
  /** Columns of the row that the expressions read. */
  readonly depends: readonly string[];
  /** An expression over `r` for what they read of child tables; `''` when nothing. */
  readonly childText: string;
}

/** Who writes, for the row's stamp and the history. */
export interface WriteStamp {
  readonly shop: string;
  readonly syncedAt: string;
  readonly syncedBy: 'import' | 'sync' | 'webhook' | 'refresh';
  /** The delivery's or run's id. */
  readonly sourceId: string | null;
  /** A first import fills search index and charts at its end, all at once. */
  readonly isFirstImport?: boolean;
  /** Keeps out whoever was erased. Webhooks need none: their bodies were screened when they were stored. */
  readonly suppression?: Suppression;
}

export interface WriteResult {
  readonly created: readonly number[];
  readonly updated: readonly number[];
  /** Passed over: older than what is here, deleted since, or another store's. */
  readonly skipped: number;
}

type InsertSql = { readonly before: string; readonly after: string };
const insertOf = (table: string, columns: readonly string[]): InsertSql => ({
  before: `INSERT INTO ${table} (pk, ${columns.join(', ')})`,
  after: `ON CONFLICT (pk) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
});

/** The insert of a resource's rows; columns in the order `pk, …columns[, raw]`, and shared by all `shop, synced_at, synced_by`. */
export const insertSqlOf = (table: RecordTable): InsertSql =>
  insertOf(table.table, [
    ...table.columns,
    ...(table.documents === null ? ['raw'] : []),
    'shop',
    'synced_at',
    'synced_by',
  ]);

/** `pk, raw`, and `shop` for all. */
export const insertDocumentsSqlOf = (documents: string): InsertSql => insertOf(documents, ['raw', 'shop']);

/** `pk`, the parent, `…columns`, and `shop` for all. */
export const insertChildrenSqlOf = (child: ChildTable): InsertSql =>
  insertOf(child.table, [child.parent, ...child.columns, 'shop']);
