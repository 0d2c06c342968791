import type { Reads } from '../../../platform/db/database.ts';
import type { ColumnCondition, Condition } from './conditions.ts';

/**
 * So many rows at most are fetched and sorted for a page. Of a million rows about as dear as walking the order's own index past rows that do
 * not fit until a page is full, when one in a hundred fits.
 */
const FEW = 10_000;

export interface Indexes {
  /** Columns that an index can find rows by. */
  readonly sought: readonly string[];
  /** Of these, the ones whose index has the rows of one value in the order of this column. */
  readonly within: { readonly columns: readonly string[]; readonly order: string };
}

export interface ReadingPlan {
  readonly conditions: readonly Condition[];
  /** The rows come in the order of the list's own index; else the few that fit are sorted. */
  readonly inOrder: boolean;
}

const bare = ({ sql, params }: ColumnCondition): Condition => ({ sql, params });
export const tested = ({ tested: sql, params }: ColumnCondition): Condition => ({ sql, params });

/**
 * Which index a page is read by. SQLite can't know it: it plans without the values, and an index that finds half of a million rows sorts them
 * all for one page. So what an index would find is counted, up to a limit, and the others are kept off theirs.
 * @param found what finds few rows by itself, such as the matches of a search
 * @param sort the column of the order; null when only counting
 */
export const planReading = async (
  db: Reads,
  table: string,
  indexes: Indexes,
  conditions: readonly ColumnCondition[],
  options: { readonly sort: string | null; readonly found: readonly Condition[] },
): Promise<ReadingPlan> => {
  const { sort, found } = options;
  if (found.length > 0) return { conditions: [...found, ...conditions.map(tested)], inOrder: false };
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
    if ((counted?.rows ?? 0) <= FEW)
      return { conditions: conditions.map((each) => (each === driver ? bare(each) : tested(each))), inOrder: false };
  }
  const equal = seeking.filter(({ seek }) => seek === 'equal');
  if (sort === null) return { conditions: by(equal[0] ?? seeking[0]), inOrder: false };
  const { within } = indexes;
  return {
    conditions: by(within.order === sort ? equal.find(({ column }) => within.columns.includes(column)) : undefined),
    inOrder: true,
  };
};
