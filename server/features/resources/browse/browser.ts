import { z } from 'zod';
import { DEFAULT_SORT, type Resource } from '../../../../shared/browse/columns.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Reads, SqlValue } from '../../../platform/db/database.ts';
import { type ColumnCondition, type Condition, filterConditions } from './conditions.ts';
import type { BrowseDefinition, RawRow } from './definition.ts';
import { planReading, tested } from './plan.ts';
import { correctWords, toFtsQuery, wordsOf } from './search.ts';

export interface SelectionInput {
  readonly shop?: string | undefined;
  readonly search?: string | undefined;
  readonly filters?: string | undefined;
}
export interface ListInput extends SelectionInput {
  readonly sort?: string | undefined;
  readonly order: 'asc' | 'desc';
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}
export interface Page<Row> {
  readonly items: Row[];
  readonly nextCursor: string | null;
  readonly total: number | null;
  readonly corrected: string | null;
}

/** Ranking reads every match; above this many the newest come first instead, and a search is not ranked any more. */
const RANKED = 500;
/** Rows of a search that are sorted by another column than the index has: so many of the newest matches. */
const SORTED_MATCHES = 50_000;

const Cursor = z.union([
  z.tuple([z.union([z.string(), z.number()]), z.number().int()]),
  z.object({ offset: z.number().int().nonnegative() }),
  z.object({ hit: z.number().int(), pk: z.number().int() }),
]);
type Cursor = z.infer<typeof Cursor>;
type HitCursor = Extract<Cursor, { hit: number }>;

const encodeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');
const decodeCursor = (text: string): Cursor => {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError('BAD_REQUEST', 'The page mark is not one of ours.', {
      hint: 'Load the list again from the top.',
      cause,
    });
  }
};

const joined = (conditions: readonly Condition[]): { where: string; params: SqlValue[] } => ({
  where: conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
  params: conditions.flatMap(({ params }) => [...params]),
});

interface Matched {
  readonly fts: string;
  readonly corrected: string | null;
  /** The newest matches, one more than can be ranked; they are all there are when they are fewer. */
  readonly newest: readonly number[];
}

/** Reads pages of one resource: filtered, searched, sorted, by keyset. */
export const createBrowser = <R extends Resource, Row>(
  db: Reads,
  clock: Clock,
  definition: BrowseDefinition<R, Row>,
) => {
  const { table, searchIndex, resource } = definition;
  const columns: Readonly<Record<string, string>> = definition.columns;
  const sortBy: Readonly<Record<string, string | undefined>> = definition.sortBy;

  const own = (input: SelectionInput): ColumnCondition[] => [
    ...filterConditions(definition, input.filters, clock.now()),
    ...(input.shop === undefined
      ? []
      : [{ sql: 'shop = ?', tested: '+shop = ?', params: [input.shop], column: 'shop', seek: 'equal' as const }]),
  ];

  /** The rows that match: all, or so many of the newest. */
  const inIndex = (fts: string, newest?: number): Condition => ({
    sql: `${searchIndex.key} IN (SELECT rowid FROM ${searchIndex.fts} WHERE ${searchIndex.fts} MATCH ?${
      newest === undefined ? '' : ` ORDER BY rowid DESC LIMIT ${newest}`
    })`,
    params: [fts],
  });

  const newestMatches = async (fts: string): Promise<number[]> => {
    const rows = await db.read<{ hit: number }>(
      `SELECT rowid AS hit FROM ${searchIndex.fts} WHERE ${searchIndex.fts} MATCH ? ORDER BY rowid DESC LIMIT ${RANKED + 1}`,
      [fts],
    );
    return rows.map(({ hit }) => hit);
  };

  /** Null: nothing matches. */
  const match = async (search: string): Promise<Matched | null> => {
    const words = wordsOf(search);
    if (words.length === 0) return null;
    const fts = toFtsQuery(words);
    const newest = await newestMatches(fts);
    if (newest.length > 0) return { fts, corrected: null, newest };
    const corrected = await correctWords(db, searchIndex, words);
    if (corrected === null) return null;
    const near = toFtsQuery(corrected);
    const nearest = await newestMatches(near);
    return nearest.length === 0 ? null : { fts: near, corrected: corrected.join(' '), newest: nearest };
  };

  const rowsOf = (found: readonly RawRow[]): Row[] => found.map((row) => definition.toRow(row));

  /** Rows that the search names whole: an order number, an e-mail address. They come before everything else. */
  const named = (search: string): Condition => {
    const value = search.trim().replace(/^#/, '');
    return { sql: `(${definition.exact.join(' OR ')})`, params: definition.exact.map(() => value) };
  };
  const exactRows = async (search: string, conditions: readonly Condition[], limit: number): Promise<RawRow[]> => {
    const { where, params } = joined([...conditions, named(search)]);
    return db.read<RawRow>(
      `SELECT ${definition.select} FROM ${table} ${where} ORDER BY pk DESC LIMIT ${limit}`,
      params,
    );
  };

  /** Best first. Each page ranks all matches anew, which is why there may be only so many. */
  const rankedRows = (matched: Matched, conditions: readonly Condition[], limit: number, start: number) => {
    const { where, params } = joined(conditions);
    return db.read<RawRow>(
      `WITH hits AS MATERIALIZED (SELECT rowid AS hit, rank FROM ${searchIndex.fts} WHERE ${searchIndex.fts} MATCH ?)
       SELECT ${definition.select} FROM hits JOIN ${table} AS t ON t.${searchIndex.key} = hits.hit ${where}
       ORDER BY hits.rank, t.pk DESC LIMIT ? OFFSET ?`,
      [matched.fts, ...params, limit, start],
    );
  };

  /** Newest first, read from the index as far as the page goes. CROSS keeps the index the outer loop, so that nothing is sorted. */
  const newestRows = (matched: Matched, conditions: readonly Condition[], limit: number, after: HitCursor | null) => {
    const key = searchIndex.key;
    if (after === null && conditions.length === 0 && limit <= RANKED)
      return db.read<RawRow>(
        `SELECT ${definition.select}, hit FROM (SELECT value AS hit FROM json_each(?)) AS f CROSS JOIN ${table} AS t ON t.${key} = hit
         ORDER BY hit DESC LIMIT ?`,
        [JSON.stringify(matched.newest.slice(0, limit)), limit],
      );
    const place: Condition[] =
      after === null
        ? []
        : key === 'pk'
          ? [{ sql: 'hit < ?', params: [after.hit] }]
          : [{ sql: '(hit <= ? AND (hit < ? OR pk > ?))', params: [after.hit, after.hit, after.pk] }];
    const { where, params } = joined([...place, ...conditions]);
    return db.read<RawRow>(
      `SELECT ${definition.select}, hit FROM (SELECT rowid AS hit FROM ${searchIndex.fts} WHERE ${searchIndex.fts} MATCH ?) AS f
       CROSS JOIN ${table} AS t ON t.${key} = hit ${where} ORDER BY hit DESC LIMIT ?`,
      [matched.fts, ...params, limit],
    );
  };

  const relevancePage = async (input: ListInput, matched: Matched, search: string): Promise<Page<Row>> => {
    const conditions = own(input).map(tested);
    const cursor = input.cursor ? decodeCursor(input.cursor) : null;
    const start = cursor !== null && 'offset' in cursor ? cursor.offset : 0;
    const after = cursor !== null && 'hit' in cursor ? cursor : null;
    const ranked = cursor === null ? matched.newest.length <= RANKED : after === null;
    const exact = await exactRows(search, conditions, input.limit);
    const known = new Set(exact.map((row) => row.pk));
    const wanted = input.limit + 1 + exact.length;
    const found = ranked
      ? await rankedRows(matched, conditions, wanted, start)
      : await newestRows(matched, conditions, wanted, after);
    const first = cursor === null;
    const rest = found.filter((row) => !known.has(row.pk));
    const page = first ? [...exact, ...rest] : rest;
    const items = page.slice(0, input.limit);
    const more = page.length > input.limit;
    const last = items.at(-1);
    // Of what was read, so much is used up: the rows shown, and those among them that stood at the top already.
    const taken = last === undefined ? 0 : found.findIndex((row) => row.pk === last.pk) + 1;
    const next: Cursor =
      ranked || typeof last?.hit !== 'number' ? { offset: start + taken } : { hit: last.hit, pk: last.pk };
    return {
      items: rowsOf(items),
      nextCursor: more ? encodeCursor(next) : null,
      total: !more && first ? items.length : null,
      corrected: matched.corrected,
    };
  };

  /** What the running totals say of a whole store, or of all. */
  const allRows = async (shop: string | undefined): Promise<number> => {
    const [known] = await db.read<{ rows: number }>(
      `SELECT coalesce(sum(value), 0) AS rows FROM counters WHERE name = ? ${shop === undefined ? '' : 'AND shop = ?'}`,
      [`rows.${resource}`, ...(shop === undefined ? [] : [shop])],
    );
    return known?.rows ?? 0;
  };

  /** Without a search or with the rows that it `found`, by a column. */
  const sortedPage = async (
    input: ListInput,
    found: readonly Condition[] = [],
    corrected: string | null = null,
  ): Promise<Page<Row>> => {
    const sort = input.sort === undefined || input.sort === 'relevance' ? DEFAULT_SORT[resource].sort : input.sort;
    const column = sortBy[sort];
    if (column === undefined) throw new AppError('BAD_REQUEST', `The list can't be sorted by “${sort}”.`);
    const cursor = input.cursor ? decodeCursor(input.cursor) : null;
    if (cursor !== null && !Array.isArray(cursor))
      throw new AppError('BAD_REQUEST', 'The page mark belongs to another order.', {
        hint: 'Load the list again from the top.',
      });
    const conditions = own(input);
    const isIndexed = definition.indexes.sorted.includes(sort);
    const plan = await planReading(
      db,
      table,
      definition.indexes,
      conditions,
      isIndexed ? { sort, found } : { sort: null, found, value: sort },
    );
    const key = plan.inOrder ? column : `+${column}`;
    const step = input.order === 'asc' ? '>' : '<';
    const place: Condition[] = cursor === null ? [] : [{ sql: `(${key}, pk) ${step} (?, ?)`, params: cursor }];
    const { where, params } = joined([...plan.conditions, ...place]);
    const direction = input.order === 'asc' ? 'ASC' : 'DESC';
    const ordered = `ORDER BY ${key} ${direction}, pk ${direction}`;
    // Without an index, the page's rows are found among all by their keys alone; only they are read.
    const rows = await db.read<RawRow>(
      isIndexed
        ? `SELECT ${definition.select}, ${column} AS sort_key FROM ${plan.from} ${where} ${ordered} LIMIT ?`
        : `SELECT ${definition.select}, ${column} AS sort_key FROM ${table}
           WHERE pk IN (SELECT pk FROM ${plan.from} ${where} ${ordered} LIMIT ?) ${ordered}`,
      [...params, input.limit + 1],
    );
    const items = rows.slice(0, input.limit);
    const last = items.at(-1);
    const more = rows.length > input.limit && last !== undefined;
    const isAll = found.length === 0 && (input.filters ?? '') === '';
    const total = cursor !== null ? null : !more ? items.length : isAll ? await allRows(input.shop) : null;
    return {
      items: rowsOf(items),
      nextCursor: more ? encodeCursor([last.sort_key ?? '', last.pk]) : null,
      total,
      corrected,
    };
  };

  /**
   * A whole e-mail address that is here needs no search, and would make a dear one: its last words are in every row. Without the rest of the
   * selection, so that all pages of it agree.
   */
  const namesAddress = async (search: string): Promise<boolean> =>
    search.includes('@') && (await exactRows(search, [], 1)).length > 0;

  return {
    list: async (input: ListInput): Promise<Page<Row>> => {
      const search = input.search?.trim() ?? '';
      if (search === '') return sortedPage(input);
      if (await namesAddress(search)) return sortedPage(input, [named(search)]);
      const matched = await match(search);
      // What a search names whole need not be a word of the index: a payment's id is none.
      if (matched === null) return sortedPage(input, [named(search)]);
      return input.sort === undefined || input.sort === 'relevance'
        ? relevancePage(input, matched, search)
        : sortedPage(input, [inIndex(matched.fts, SORTED_MATCHES)], matched.corrected);
    },

    /** All rows that fit, counted; of everything in a store the running total is known without counting. */
    count: async (input: SelectionInput): Promise<number> => {
      const search = input.search?.trim() ?? '';
      if (search === '' && (input.filters ?? '') === '') return allRows(input.shop);
      const matched = search === '' || (await namesAddress(search)) ? null : await match(search);
      const conditions = own(input);
      if (matched !== null && conditions.length === 0 && searchIndex.key === 'pk') {
        const [row] = await db.read<{ rows: number }>(
          `SELECT count(*) AS rows FROM ${searchIndex.fts} WHERE ${searchIndex.fts} MATCH ?`,
          [matched.fts],
        );
        return row?.rows ?? 0;
      }
      const found = search === '' ? [] : [matched === null ? named(search) : inIndex(matched.fts)];
      const plan = await planReading(db, table, definition.indexes, conditions, { sort: null, found });
      const { where, params } = joined(plan.conditions);
      const [row] = await db.read<{ rows: number }>(`SELECT count(*) AS rows FROM ${plan.from} ${where}`, params);
      return row?.rows ?? 0;
    },

    /** The values of a column, most frequent first, from a sample of the newest rows: a menu must not wait for a scan. */
    values: async (column: string, shop: string | undefined): Promise<{ value: string; rows: number }[]> => {
      const sql = columns[column];
      if (sql === undefined) throw new AppError('BAD_REQUEST', `There is no column “${column}”.`);
      const shopWhere = shop === undefined ? '' : 'WHERE shop = ?';
      const sample = `SELECT ${sql} AS value FROM ${table} ${shopWhere} ORDER BY pk DESC LIMIT 20000`;
      const isList = sql === 'tags' || sql === 'gateways' || sql === 'discount_codes';
      return db.read<{ value: string; rows: number }>(
        isList
          ? `SELECT each.value AS value, count(*) AS rows FROM (${sample}) AS sample, json_each(sample.value) AS each GROUP BY 1 ORDER BY 2 DESC LIMIT 100`
          : `SELECT value, count(*) AS rows FROM (${sample}) WHERE coalesce(value, '') <> '' GROUP BY 1 ORDER BY 2 DESC LIMIT 100`,
        shop === undefined ? [] : [shop],
      );
    },
  };
};
