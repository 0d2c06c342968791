import type { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import type { Resource } from '../../../../shared/browse/columns.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Reads } from '../../../platform/db/database.ts';
import type { RawRow } from './definition.ts';

type Change = z.infer<typeof api.RecordChange>;
export type SyncedBy = api.ProductDetail['syncedBy'];

const KEPT_CHANGES = 50;

/** The number at the end of a gid, by which rows are found. @throws AppError `NOT_FOUND` */
export const keyOf = (id: string, what: string): number => {
  const key = /^(?:gid:\/\/shopify\/\w+\/)?(\d{1,15})$/.exec(id)?.[1];
  if (key === undefined) throw new AppError('NOT_FOUND', `This ${what} is not on this computer.`);
  return Number(key);
};

/** @throws AppError `NOT_FOUND` */
export const foundRow = <Row extends RawRow>(row: Row | undefined, what: string): Row => {
  if (row !== undefined) return row;
  throw new AppError('NOT_FOUND', `This ${what} is not on this computer.`, {
    hint: 'It may have been deleted in the store, or it has not been fetched yet.',
  });
};

const toFields = (changes: string): Change['fields'] =>
  (JSON.parse(changes) as readonly { field: string; from?: unknown; to?: unknown }[]).map(({ field, from, to }) => ({
    name: field,
    before: from ?? null,
    after: to ?? null,
  }));

/** What changed on a row, newest first. */
export const changesOf = async (db: Reads, resource: Resource, pk: number): Promise<Change[]> => {
  const rows = await db.read<{ seq: number; at: string; source: string; source_id: string | null; changes: string }>(
    `SELECT seq, at, source, source_id, changes FROM record_changes WHERE resource = ? AND pk = ? ORDER BY seq DESC LIMIT ${KEPT_CHANGES}`,
    [resource, pk],
  );
  return rows.map((row) => ({
    id: String(row.seq),
    at: row.at,
    source: row.source,
    sourceId: row.source_id,
    fields: toFields(row.changes),
  }));
};

export const parsed = (raw: unknown): unknown => (typeof raw === 'string' ? (JSON.parse(raw) as unknown) : null);
