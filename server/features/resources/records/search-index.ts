import type { SearchIndex } from './record-table.ts';
import type { Statements } from './statements.ts';

const selectOf = (search: SearchIndex, table: string): string =>
  `INSERT OR REPLACE INTO ${search.table} (rowid, ${search.columns.join(', ')})
   SELECT r.pk, ${search.expressions.join(', ')} FROM ${table} AS r`;

/** Puts the texts of these rows into the search index anew. */
export const indexRows = async (
  statements: Statements,
  table: string,
  search: SearchIndex,
  pks: readonly number[],
): Promise<void> => {
  if (pks.length === 0) return;
  await statements.run(
    `${selectOf(search, table)} WHERE r.pk IN (SELECT value FROM json_each(?))`,
    JSON.stringify(pks),
  );
};

/**
 * The next `limit` rows of a store after `afterPk`, in key order: how a first import fills the index once all is here, in short
 * transactions. @returns the last key indexed, null when none is left
 */
export const indexNextRows = async (
  statements: Statements,
  table: string,
  search: SearchIndex,
  options: { shop: string; afterPk: number; limit: number },
): Promise<number | null> => {
  const [last] = await statements.all<{ pk: number | null }>(
    `SELECT max(pk) AS pk FROM (SELECT pk FROM ${table} WHERE pk > ? ORDER BY pk LIMIT ?)`,
    options.afterPk,
    options.limit,
  );
  if (!last || last.pk === null) return null;
  // `+`: by the keys. By the index of the store, each step would walk all its rows.
  await statements.run(
    `${selectOf(search, table)} WHERE r.pk > ? AND r.pk <= ? AND +r.shop = ?`,
    options.afterPk,
    last.pk,
    options.shop,
  );
  return last.pk;
};
