import type { Database, SqlValue } from '../../platform/db/database.ts';
import { COLUMNS, type Condition, type DeliveryRow, FROM } from './delivery-rows.ts';

/** Rows whose bodies are looked at in one statement. */
const WINDOW = 2000;
/** A page answers within this, found or not: what is left is the next page's. */
const BUDGET_MS = 70;

export interface FoundPage {
  readonly rows: readonly DeliveryRow[];
  /** Where to go on, below this number; null: everything was looked at. */
  readonly next: number | null;
}

/**
 * Deliveries with a text in their body, newest first. Bodies have no index on purpose: one would cost each receipt more than the receipt
 * itself, and keep words of erased people. A scan of windows, cut off by time, shows the newest hits at once and goes on as one reads.
 */
export const searchBodies = async (
  db: Database,
  options: { text: string; condition: Condition; before: number | null; limit: number },
): Promise<FoundPage> => {
  const needle = options.text.toLowerCase();
  const started = performance.now();
  const [newest] = await db.read<{ seq: number | null }>('SELECT max(seq) AS seq FROM webhook_deliveries');
  let upper = options.before ?? (newest?.seq ?? 0) + 1;
  const rows: DeliveryRow[] = [];
  while (upper > 1) {
    const lower = Math.max(1, upper - WINDOW);
    const params: SqlValue[] = [lower, upper, needle, ...options.condition.params, options.limit + 1 - rows.length];
    const found = await db.read<DeliveryRow>(
      `SELECT ${COLUMNS} FROM ${FROM} JOIN webhook_bodies AS b ON b.seq = d.seq
       WHERE d.seq >= ? AND d.seq < ? AND instr(lower(b.payload), ?) > 0 AND ${options.condition.sql} ORDER BY d.seq DESC LIMIT ?`,
      params,
    );
    rows.push(...found);
    if (rows.length > options.limit) {
      const page = rows.slice(0, options.limit);
      return { rows: page, next: page.at(-1)?.seq ?? null };
    }
    upper = lower;
    if (performance.now() - started > BUDGET_MS) break;
  }
  return { rows, next: upper > 1 ? upper : null };
};
