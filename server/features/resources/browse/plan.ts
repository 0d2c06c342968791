import type { Reads } from '../../../platform/db/database.ts';
import type { ColumnCondition, Condition } from './conditions.ts';

/**
 * So many rows at most are fetched and sorted for a page. Of a million rows about as dear as walking the order's own index past rows that do
 * not fit until a page is full, when one in a hundred fits.
 */
const FEW = 10_000;

/** So few rows that looking for them in a covering index is quicker than walking the list's order past all others. */
const RARE = 1000;

/** An index with the values of these columns in it: rows that don't fit are passed over there, without being read. */
interface Covering {
  readonly name: string;
  readonly columns: readonly string[];
  /** The column in whose order, and then by `pk`, its rows stand. */
  readonly order?: string;
}

export interface Indexes {
  /** Columns that an index can find rows by. */
  readonly sought: readonly string[];
  /** Of these, the ones whose index has the rows of one value in the order of this column. */
  readonly within: { readonly columns: readonly string[]; readonly order: string };
  /** Columns by which the rows stand in an index. */
  readonly sorted: readonly string[];
  readonly covering: readonly Covering[];
}

export interface ReadingPlan {
  /** The table, by a certain index where that matters. */
  readonly from: string;
  readonly conditions: readonly Condition[];
  /** The rows come in the order of the list's own index; else the few that fit are sorted. */
  readonly inOrder: boolean;
}

const bare = ({ sql, params }: ColumnCondition): Condition => ({ sql, params });
export const tested = ({ tested: sql, params }: ColumnCondition): Condition => ({ sql, params });

const covers =
  (conditions: readonly ColumnCondition[]) =>
  ({ columns }: Covering): boolean =>
    conditions.every(({ column }) => columns.includes(column));

/** The rows that fit what a covering index can tell, when they are few; null when they are many, or no index can tell. */
const rareRows = async (
  db: Reads,
  table: string,
  { covering }: Indexes,
  conditions: readonly ColumnCondition[],
  looked: readonly ColumnCondition[],
): Promise<Condition | null> => {
  for (const { name, columns } of covering) {
    const known = conditions.filter(({ column }) => columns.includes(column));
    if (!known.some((each) => looked.includes(each))) continue;
    const rows = await db.read<{ pk: number }>(
      `SELECT pk FROM ${table} INDEXED BY ${name} WHERE ${known.map((each) => each.tested).join(' AND ')} LIMIT ${RARE + 1}`,
      known.flatMap(({ params }) => [...params]),
    );
    if (rows.length <= RARE)
      return { sql: 'pk IN (SELECT value FROM json_each(?))', params: [JSON.stringify(rows.map(({ pk }) => pk))] };
  }
  return null;
};

/**
 * Which index a page is read by. SQLite can't know it: it plans without the values, and an index that finds half of a million rows sorts them
 * all for one page. So what an index would find is counted, up to a limit, and the others are kept off theirs. What no index finds is looked
 * for in one that covers it.
 * @param found what finds few rows by itself, such as the matches of a search
 * @param sort the column of the order, of which there is an index; null when there is none, or the rows are only counted
 * @param value a column that is read of each row, such as one to sort by without an index
 */
export const planReading = async (
  db: Reads,
  table: string,
  indexes: Indexes,
  conditions: readonly ColumnCondition[],
  options: { readonly sort: string | null; readonly found: readonly Condition[]; readonly value?: string },
): Promise<ReadingPlan> => {
  const { sort, found, value } = options;
  const few = (driver: readonly Condition[]): ReadingPlan => ({ from: table, conditions: driver, inOrder: false });
  if (found.length > 0) return few([...found, ...conditions.map(tested)]);
  const by = (driver: ColumnCondition | undefined): Condition[] =>
    conditions.map((each) => (each === driver || each.column === sort ? bare(each) : tested(each)));
  const seeking = conditions.filter(
    ({ column, seek }) => seek !== 'none' && column !== sort && indexes.sought.includes(column),
  );
  for (const driver of seeking) {
    const [counted] = await db.read<{ rows: number }>(
      `SELECT count(*) AS rows FROM (SELECT 1 FROM ${table} WHERE ${driver.sql} LIMIT ${FEW + 1})`,
      [...driver.params],
    );
    if ((counted?.rows ?? 0) > FEW) continue;
    // The rows of one value that stand in the list's order need no sorting, however few.
    const { columns, order } = indexes.within;
    if (order === sort && driver.seek === 'equal' && driver.params.length === 1 && columns.includes(driver.column))
      return { from: table, conditions: by(driver), inOrder: true };
    return few(conditions.map((each) => (each === driver ? bare(each) : tested(each))));
  }
  const equal = seeking.filter(({ seek }) => seek === 'equal');
  const looked = conditions.filter((each) => each.column !== sort && !seeking.includes(each));
  const covering = indexes.covering
    .filter(({ columns }) => value === undefined || columns.includes(value))
    .find(covers(conditions));
  if (sort === null) {
    // One condition is counted in the index that finds its rows; several only where all of them stand.
    const scanned = covering !== undefined && (value !== undefined || looked.length > 0 || conditions.length > 1);
    return scanned
      ? { from: `${table} INDEXED BY ${covering.name}`, conditions: conditions.map(tested), inOrder: false }
      : { from: table, conditions: by(equal[0] ?? seeking[0]), inOrder: false };
  }
  const { within } = indexes;
  if (looked.length > 0) {
    if (covering?.order === sort)
      return { from: `${table} INDEXED BY ${covering.name}`, conditions: by(undefined), inOrder: true };
    const rare = await rareRows(db, table, indexes, conditions, looked);
    if (rare !== null) return few([rare, ...conditions.map(tested)]);
  }
  const driver = within.order === sort ? equal.find(({ column }) => within.columns.includes(column)) : undefined;
  return { from: table, conditions: by(driver), inOrder: true };
};
