import type { SqlValue } from '../../../platform/db/database.ts';
import { recordChanges } from './history.ts';
import {
  type ChildRow,
  type ChildTable,
  insertChildrenSqlOf,
  insertDocumentsSqlOf,
  insertSqlOf,
  type MappedRecord,
  type RecordTable,
  type WriteResult,
  type WriteStamp,
} from './record-table.ts';
import { indexRows } from './search-index.ts';
import { insertRows, type Statements } from './statements.ts';
import { withoutErased } from './suppressed.ts';

/** Writes and removes rows of one resource, always in the caller's transaction. */
export interface RecordStore {
  readonly definition: RecordTable;
  /** Newest wins, within the given records and against what is here; the same time again overwrites. */
  upsert(statements: Statements, records: readonly MappedRecord[], stamp: WriteStamp): Promise<WriteResult>;
  /**
   * Rows of a child table that come without their parents, as in a bulk file, where they may come before them too. Those of a parent
   * whose state here is newer than `asOf` (when the file was begun) are passed over: its own set came with that state.
   * @returns how many were written
   */
  upsertChildren(
    statements: Statements,
    child: ChildTable,
    rows: readonly ChildRow[],
    options: { shop: string; asOf: string },
  ): Promise<number>;
  /** Removes what is not newer than `deletedAt`, and remembers the deletion. @returns the keys that were here and are gone */
  remove(
    statements: Statements,
    pks: readonly number[],
    options: { shop: string; deletedAt: string; source: WriteStamp['syncedBy']; sourceId: string | null },
  ): Promise<number[]>;
}

type Existing = Record<string, SqlValue> & { pk: number; shop: string; updated_at: string; child_text: string | null };

const newestOf = (records: readonly MappedRecord[]): Map<number, MappedRecord> => {
  const newest = new Map<number, MappedRecord>();
  for (const record of records) {
    const other = newest.get(record.pk);
    if (!other || other.updatedAt <= record.updatedAt) newest.set(record.pk, record);
  }
  return newest;
};

const dayOf = (time: SqlValue | undefined): string | null => (typeof time === 'string' ? time.slice(0, 10) : null);

const COUNT = `INSERT INTO counters (shop, name, value) VALUES (?, ?, ?)
ON CONFLICT (shop, name) DO UPDATE SET value = value + excluded.value`;
const STALE = `INSERT INTO stale_days (shop, day) SELECT ?, value FROM json_each(?) WHERE true ON CONFLICT (day, shop) DO NOTHING`;

export const createRecordStore = (definition: RecordTable): RecordStore => {
  const { table, resource, columns, search } = definition;
  const insert = insertSqlOf(definition);
  const insertDocuments = definition.documents === null ? null : insertDocumentsSqlOf(definition.documents);
  const compared = [
    ...new Set([
      ...definition.tracked,
      ...definition.trackedPersonal,
      ...definition.dayDepends,
      ...definition.keepable,
      ...(search?.depends ?? []),
      ...(definition.dayColumn === null ? [] : [definition.dayColumn]),
    ]),
  ].filter((column) => column !== 'updated_at');
  const childText = search && search.childText !== '' ? search.childText : 'NULL';
  const selectExisting = `SELECT pk, shop, updated_at, ${[...compared, ''].join(', ')} ${childText} AS child_text
    FROM ${table} AS r WHERE pk IN (SELECT value FROM json_each(?))`;
  const selectDeleted = `SELECT pk, deleted_at FROM deleted_records WHERE resource = '${resource}' AND pk IN (SELECT value FROM json_each(?))`;
  const selectChildText = `SELECT pk, ${childText} AS child_text FROM ${table} AS r WHERE pk IN (SELECT value FROM json_each(?))`;
  const indexOf = new Map(columns.map((column, index) => [column, index]));
  const keepOld = (record: MappedRecord, old: Existing | undefined): MappedRecord =>
    old === undefined || record.keep === undefined || record.keep.length === 0
      ? record
      : {
          ...record,
          values: record.values.map((value, index) => {
            const column = columns[index] ?? '';
            return record.keep?.includes(column) ? (old[column] ?? null) : value;
          }),
        };
  const cellOf = (record: MappedRecord, column: string): SqlValue => record.values[indexOf.get(column) ?? -1] ?? null;
  const tracked = [...definition.tracked, ...definition.trackedPersonal];

  const writeChildren = async (
    statements: Statements,
    records: readonly MappedRecord[],
    existing: ReadonlyMap<number, Existing>,
    shop: string,
  ): Promise<void> => {
    for (const child of definition.children) {
      const parents = records.filter((record) => record.children?.[child.table] !== undefined);
      const rows = parents.flatMap((record) => record.children?.[child.table] ?? []);
      const before = parents.filter((record) => existing.has(record.pk)).map((record) => record.pk);
      if (before.length > 0)
        await statements.run(
          `DELETE FROM ${child.table} WHERE ${child.parent} IN (SELECT value FROM json_each(?)) AND pk NOT IN (SELECT value FROM json_each(?))`,
          JSON.stringify(before),
          JSON.stringify(rows.map((row) => row.pk)),
        );
      if (rows.length > 0)
        await insertRows(
          statements,
          insertChildrenSqlOf(child),
          rows.map((row) => [row.pk, row.parentPk, ...row.values]),
          [shop],
        );
    }
  };

  /** Old and new day of a row whose part in the charts changed. */
  const staleDaysOf = (records: readonly MappedRecord[], existing: ReadonlyMap<number, Existing>): Set<string> => {
    const days = new Set<string>();
    const { dayColumn, dayDepends } = definition;
    if (dayColumn === null) return days;
    for (const record of records) {
      const old = existing.get(record.pk);
      if (old && [dayColumn, ...dayDepends].every((column) => old[column] === cellOf(record, column))) continue;
      for (const day of [dayOf(old?.[dayColumn]), dayOf(cellOf(record, dayColumn))]) if (day !== null) days.add(day);
    }
    return days;
  };

  return {
    definition,

    upsert: async (statements, records, stamp) => {
      const newest = newestOf(withoutErased(definition, records, stamp));
      const keys = JSON.stringify([...newest.keys()]);
      const existing = new Map((await statements.all<Existing>(selectExisting, keys)).map((row) => [row.pk, row]));
      const deleted = new Map(
        (await statements.all<{ pk: number; deleted_at: string }>(selectDeleted, keys)).map((row) => [
          row.pk,
          row.deleted_at,
        ]),
      );
      const winners = [...newest.values()].flatMap((record) => {
        const old = existing.get(record.pk);
        const gone = deleted.get(record.pk);
        const wins =
          (gone === undefined || gone < record.updatedAt) &&
          (old === undefined || (old.shop === stamp.shop && old.updated_at <= record.updatedAt));
        return wins ? [keepOld(record, old)] : [];
      });
      const skipped = newest.size - winners.length;
      if (winners.length === 0) return { created: [], updated: [], skipped };
      await insertRows(
        statements,
        insert,
        winners.map((record) =>
          insertDocuments === null ? [record.pk, ...record.values, record.raw] : [record.pk, ...record.values],
        ),
        [stamp.shop, stamp.syncedAt, stamp.syncedBy],
      );
      if (insertDocuments !== null)
        await insertRows(
          statements,
          insertDocuments,
          winners.map((record) => [record.pk, record.raw]),
          [stamp.shop],
        );
      await writeChildren(statements, winners, existing, stamp.shop);

      const created = winners.filter((record) => !existing.has(record.pk)).map((record) => record.pk);
      const updated = winners.filter((record) => existing.has(record.pk));
      if (created.length > 0) await statements.runBehind(COUNT, [stamp.shop, `rows.${resource}`, created.length]);
      if (updated.length > 0)
        await recordChanges(
          statements,
          resource,
          updated.flatMap((record) => {
            const old = existing.get(record.pk);
            const changed = old ? tracked.filter((column) => old[column] !== cellOf(record, column)) : [];
            if (!old || changed.length === 0) return [];
            const changes = changed.map((column) =>
              definition.trackedPersonal.includes(column)
                ? { field: column }
                : { field: column, from: old[column] ?? null, to: cellOf(record, column) },
            );
            return [{ pk: record.pk, changes }];
          }),
          stamp,
        );

      if (search) {
        const after =
          search.childText === '' || updated.length === 0
            ? new Map<number, string | null>()
            : new Map(
                (
                  await statements.all<{ pk: number; child_text: string | null }>(
                    selectChildText,
                    JSON.stringify(updated.map((record) => record.pk)),
                  )
                ).map((row) => [row.pk, row.child_text]),
              );
        const changed = updated.filter((record) => {
          const old = existing.get(record.pk);
          return (
            search.depends.some((column) => old?.[column] !== cellOf(record, column)) ||
            (after.has(record.pk) && (after.get(record.pk) ?? null) !== (old?.child_text ?? null))
          );
        });
        const texts = [...(stamp.isFirstImport ? [] : created), ...changed.map((record) => record.pk)];
        await indexRows(statements, definition.table, search, texts);
      }
      const days = stamp.isFirstImport ? staleDaysOf(updated, existing) : staleDaysOf(winners, existing);
      if (days.size > 0) await statements.run(STALE, stamp.shop, JSON.stringify([...days]));
      return { created, updated: updated.map((record) => record.pk), skipped };
    },

    upsertChildren: async (statements, child, rows, { shop, asOf }) => {
      // By the keys of these parents alone (`+` keeps SQLite from another index): by its shop's, it would read all rows of a shop for each batch.
      const newer = await statements.all<{ pk: number }>(
        `SELECT pk FROM ${table} WHERE pk IN (SELECT value FROM json_each(?)) AND +updated_at > ? AND +shop = ?`,
        JSON.stringify([...new Set(rows.map((row) => row.parentPk))]),
        asOf,
        shop,
      );
      const ahead = new Set(newer.map(({ pk }) => pk));
      const kept = ahead.size === 0 ? rows : rows.filter((row) => !ahead.has(row.parentPk));
      if (kept.length > 0)
        await insertRows(
          statements,
          insertChildrenSqlOf(child),
          kept.map((row) => [row.pk, row.parentPk, ...row.values]),
          [shop],
        );
      return kept.length;
    },

    remove: async (statements, pks, { shop, deletedAt, source, sourceId }) => {
      if (pks.length === 0) return [];
      const keys = JSON.stringify(pks);
      await statements.run(
        `INSERT INTO deleted_records (resource, pk, shop, deleted_at) SELECT '${resource}', value, ?, ? FROM json_each(?) WHERE true
         ON CONFLICT (resource, pk) DO UPDATE SET deleted_at = max(deleted_at, excluded.deleted_at)`,
        shop,
        deletedAt,
        keys,
      );
      const day = definition.dayColumn ?? 'NULL';
      const rows = await statements.all<{ pk: number; day: string | null }>(
        `SELECT pk, ${day} AS day FROM ${table} WHERE pk IN (SELECT value FROM json_each(?)) AND +shop = ? AND +updated_at <= ?`,
        keys,
        shop,
        deletedAt,
      );
      if (rows.length === 0) return [];
      const gone = rows.map((row) => row.pk);
      const goneKeys = JSON.stringify(gone);
      await statements.run(`DELETE FROM ${table} WHERE pk IN (SELECT value FROM json_each(?))`, goneKeys);
      for (const other of definition.documents === null ? [] : [definition.documents])
        await statements.run(`DELETE FROM ${other} WHERE pk IN (SELECT value FROM json_each(?))`, goneKeys);
      for (const child of definition.children)
        await statements.run(
          `DELETE FROM ${child.table} WHERE ${child.parent} IN (SELECT value FROM json_each(?))`,
          goneKeys,
        );
      if (search)
        await statements.run(`DELETE FROM ${search.table} WHERE rowid IN (SELECT value FROM json_each(?))`, goneKeys);
      await statements.run(COUNT, shop, `rows.${resource}`, -gone.length);
      await recordChanges(
        statements,
        resource,
        gone.map((pk) => ({ pk, changes: [{ field: 'deleted' }] })),
        { shop, syncedAt: deletedAt, syncedBy: source, sourceId },
      );
      const days = new Set(rows.map((row) => dayOf(row.day)).filter((found) => found !== null));
      if (days.size > 0) await statements.run(STALE, shop, JSON.stringify([...days]));
      return gone;
    },
  };
};
