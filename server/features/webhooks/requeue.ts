import { addToCounters } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';
import type { StatementConnection } from '../../platform/db/statement-connection.ts';

// The timeline keeps what the run before came to; the delivery's own columns then speak of the next.
const KEEP_LAST = `
INSERT INTO webhook_attempts (seq, number, at, duration_ms, outcome)
SELECT seq, attempts, processed_at, duration_ms, state FROM webhook_deliveries
WHERE seq IN (SELECT value FROM json_each(?)) AND state IN ('processed', 'ignored') AND attempts > 0 ON CONFLICT DO NOTHING`;
const COUNT = `
SELECT shop, state, count(*) AS n FROM webhook_deliveries
WHERE seq IN (SELECT value FROM json_each(?)) AND state IN ('processed', 'ignored', 'dead') GROUP BY shop, state`;
const REQUEUE = `
UPDATE webhook_deliveries SET state = 'received', retry_at = NULL, processed_at = NULL, problem = NULL, reason = NULL
WHERE seq IN (SELECT value FROM json_each(?)) AND state IN ('processed', 'ignored', 'dead', 'failed')`;

/** Of these, the ones that still are as they were chosen, and that nobody has tried since. */
const STILL = `
SELECT seq FROM webhook_deliveries AS d WHERE seq IN (SELECT value FROM json_each(?1))
  AND (?2 = '[]' OR state IN (SELECT value FROM json_each(?2))) AND (processed_at IS NULL OR processed_at <= ?3)
  AND NOT EXISTS (SELECT 1 FROM webhook_attempts AS a WHERE a.seq = d.seq AND a.at > ?3)`;

/**
 * For an order that takes a while: what was tried since it was given, by itself, by somebody else or by this same order before it was
 * interrupted, is not tried once more. No states: whatever became of them. Answers how many were made due.
 */
export const requeueUntried = (
  db: Database,
  seqs: readonly number[],
  order: { readonly at: string; readonly states: readonly string[] },
): Promise<number> =>
  db.writeStatements(async (connection) => {
    const still = await connection.all<{ seq: number }>(
      STILL,
      JSON.stringify(seqs),
      JSON.stringify(order.states),
      order.at,
    );
    return requeueIn(
      connection,
      still.map(({ seq }) => seq),
    );
  });

/** What failed on the way into a pause: given up or to be tried later, it is due now. What is tried again stays behind what never was. */
export const requeueHurt = (db: Database, seqs: readonly number[], now: string): Promise<number> =>
  db.writeStatements(async (connection) => {
    const json = JSON.stringify(seqs);
    await connection.run(
      `UPDATE webhook_deliveries SET retry_at = ? WHERE state = 'failed' AND seq IN (SELECT value FROM json_each(?))`,
      now,
      json,
    );
    const dead = await connection.all<{ seq: number }>(
      `SELECT seq FROM webhook_deliveries WHERE state = 'dead' AND seq IN (SELECT value FROM json_each(?))`,
      json,
    );
    return requeueIn(
      connection,
      dead.map(({ seq }) => seq),
    );
  });

/** Makes deliveries due again, whatever became of them, and takes them out of the totals. Answers how many that were. */
export const requeueIn = async (connection: StatementConnection, seqs: readonly number[]): Promise<number> => {
  const json = JSON.stringify(seqs);
  const counts = await connection.all<{ shop: string; state: string; n: number }>(COUNT, json);
  await connection.run(KEEP_LAST, json);
  const changed = await connection.run(REQUEUE, json);
  await addToCounters(
    connection,
    counts.map(({ shop, state, n }) => ({
      shop,
      name: state === 'dead' ? ('webhooks.dead' as const) : ('webhooks.processed' as const),
      by: -n,
    })),
  );
  return changed;
};

export const requeue = (db: Database, seqs: readonly number[]): Promise<number> =>
  db.writeStatements((connection) => requeueIn(connection, seqs));

/**
 * Deliveries that came before their store was known here were kept but changed nothing. Once the store is connected they are due again;
 * those without a handler are simply ignored again.
 */
export const requeueIgnored = (db: Database, shop: string): Promise<void> =>
  db.writeStatements(async (connection) => {
    const rows = await connection.all<{ seq: number }>(
      `SELECT seq FROM webhook_deliveries WHERE state = 'ignored' AND shop = ?`,
      shop,
    );
    await requeueIn(
      connection,
      rows.map((row) => row.seq),
    );
  });
