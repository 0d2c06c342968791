import type { SqlValue } from '../../../platform/db/database.ts';
import type { Resource, WriteStamp } from './record-table.ts';
import { insertRows, type Statements } from './statements.ts';

/** One field of a row that changed. Without values: it is personal, or there are none. */
export interface FieldChange {
  readonly field: string;
  readonly from?: SqlValue;
  readonly to?: SqlValue;
}

/** The newest so many changes of one row are kept. */
export const KEPT_CHANGES = 50;

const INSERT = {
  before: 'INSERT INTO record_changes (pk, changes, shop, resource, at, source, source_id)',
  after: '',
};
const PRUNE = `DELETE FROM record_changes WHERE seq IN (
  SELECT seq FROM (
    SELECT seq, row_number() OVER (PARTITION BY resource, pk ORDER BY seq DESC) AS place
    FROM record_changes WHERE resource = ? AND pk IN (SELECT value FROM json_each(?))
  ) WHERE place > ${KEPT_CHANGES})`;

/** Writes what changed on rows, in the transaction that changed them, and drops the oldest of what has become too much. */
export const recordChanges = async (
  statements: Statements,
  resource: Resource,
  entries: readonly { readonly pk: number; readonly changes: readonly FieldChange[] }[],
  stamp: WriteStamp,
): Promise<void> => {
  if (entries.length === 0) return;
  await insertRows(
    statements,
    INSERT,
    entries.map(({ pk, changes }) => [pk, JSON.stringify(changes)]),
    [stamp.shop, resource, stamp.syncedAt, stamp.syncedBy, stamp.sourceId],
  );
  await statements.run(PRUNE, resource, JSON.stringify(entries.map(({ pk }) => pk)));
};
