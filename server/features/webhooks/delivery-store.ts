import type { EntityManager } from 'typeorm';
import type { Database } from '../../platform/db/database.ts';
import type { StoredDelivery } from '../../platform/topic-handler.ts';

/** What an attempt came to, as it is written in one go for a whole group. */
export interface Outcome {
  readonly seq: number;
  /** `received`: not attempted, held back behind an earlier one of the same resource. */
  readonly state: 'processed' | 'ignored' | 'failed' | 'dead' | 'received';
  readonly resource: string | null;
  readonly retryAt: string | null;
  /** JSON of a `Problem`. */
  readonly problem: string | null;
  readonly reason: string | null;
  readonly durationMs: number;
}

interface DueRow {
  readonly seq: number;
  readonly bytes: number;
  readonly again?: number;
}

const WAITING = `state IN ('received', 'failed')`;
// Two ranges of one index, each in its order: an OR would sort the whole backlog for every group. What waits for no other and was
// not put off goes first, in groups of its own: some that can't be done must not pause a topic again and again before the others had their turn.
const DUE = `
SELECT seq, bytes, again FROM (
  SELECT * FROM (SELECT seq, bytes, 1 AS again FROM webhook_deliveries WHERE ${WAITING} AND retry_at <= ?1
    AND topic NOT IN (SELECT value FROM json_each(?2)) ORDER BY retry_at, seq LIMIT ?3)
  UNION ALL
  SELECT * FROM (SELECT seq, bytes, 0 AS again FROM webhook_deliveries WHERE ${WAITING} AND retry_at IS NULL
    AND topic NOT IN (SELECT value FROM json_each(?2)) ORDER BY seq LIMIT ?3)
) ORDER BY again, seq LIMIT ?3`;
const FULL = `
SELECT d.seq, d.shop, d.topic, d.triggered_at AS triggeredAt, d.received_at AS receivedAt, d.attempts, b.payload
FROM webhook_deliveries AS d JOIN webhook_bodies AS b ON b.seq = d.seq
WHERE d.seq IN (SELECT value FROM json_each(?)) AND b.payload IS NOT NULL ORDER BY d.seq`;
// The one that was tried least: if only some of a topic can't be done, one that can must come to its turn. What waits behind an earlier one
// of its resource would tell nothing.
const PROBE = `
SELECT seq, bytes FROM webhook_deliveries WHERE ${WAITING} AND (?1 = '*' OR topic = ?1) AND (state = 'failed' OR retry_at IS NULL)
ORDER BY attempts, seq LIMIT 1`;
const NEXT_RETRY = `SELECT min(retry_at) AS at FROM webhook_deliveries WHERE ${WAITING} AND retry_at IS NOT NULL`;
const HELD = `
SELECT shop, resource, seq, retry_at AS retryAt FROM webhook_deliveries WHERE state = 'failed' AND resource IS NOT NULL`;

const MARK = `
UPDATE webhook_deliveries SET state = done.value->>1, resource = coalesce(done.value->>2, resource), retry_at = done.value->>3,
  problem = done.value->>4, reason = done.value->>5, duration_ms = done.value->>6,
  attempts = attempts + (done.value->>1 <> 'received'),
  processed_at = CASE WHEN done.value->>1 IN ('processed', 'ignored', 'dead') THEN ?1 ELSE NULL END
FROM json_each(?2) AS done WHERE seq = done.value->>0`;
// A success needs no row of its own: the delivery says when and how long.
const NOTE_ATTEMPTS = `
INSERT INTO webhook_attempts (seq, number, at, duration_ms, outcome, reason, code, message)
SELECT d.seq, d.attempts, ?1, d.duration_ms, d.state, d.reason, d.problem->>'code', d.problem->>'message'
FROM json_each(?2) AS done JOIN webhook_deliveries AS d ON d.seq = done.value WHERE true ON CONFLICT DO NOTHING`;
const LET_GO = `UPDATE webhook_deliveries SET retry_at = NULL WHERE resource = ? AND shop = ? AND state = 'received' AND retry_at IS NOT NULL`;

/** Bodies of one group in memory, in bytes: an order can be 100 kB. */
const GROUP_BYTES = 1_000_000;

/** The processor's side of the tables. */
export const createDeliveryStore = (db: Database) => ({
  /** What is due, oldest first, without the paused topics; at least one however large it is. */
  due: async (now: string, paused: readonly string[], limit: number): Promise<StoredDelivery[]> => {
    const rows = await db.read<DueRow>(DUE, [now, JSON.stringify(paused), limit]);
    let bytes = 0;
    const chosen = rows.filter((row, index) => {
      if (row.again !== rows[0]?.again) return false;
      bytes += row.bytes;
      return index === 0 || bytes <= GROUP_BYTES;
    });
    return chosen.length === 0 ? [] : db.read<StoredDelivery>(FULL, [JSON.stringify(chosen.map((row) => row.seq))]);
  },
  /** One of a topic (`*`: of all) that waits, due or not. */
  probe: async (scope: string): Promise<StoredDelivery[]> => {
    const rows = await db.read<DueRow>(PROBE, [scope]);
    return rows.length === 0 ? [] : db.read<StoredDelivery>(FULL, [JSON.stringify(rows.map((row) => row.seq))]);
  },
  nextRetryAt: async (): Promise<number | null> => {
    const [next] = await db.read<{ at: string | null }>(NEXT_RETRY);
    return next?.at == null ? null : Date.parse(next.at);
  },
  held: () => db.read<{ shop: string; resource: string; seq: number; retryAt: string }>(HELD),
  mark: async (tx: EntityManager, at: string, outcomes: readonly Outcome[]): Promise<void> => {
    const rows = outcomes.map((o) => [o.seq, o.state, o.resource, o.retryAt, o.problem, o.reason, o.durationMs]);
    await tx.query(MARK, [at, JSON.stringify(rows)]);
    const failed = outcomes.filter(({ state }) => state === 'failed' || state === 'dead').map(({ seq }) => seq);
    if (failed.length > 0) await tx.query(NOTE_ATTEMPTS, [at, JSON.stringify(failed)]);
  },
  /** Those of a resource that waited for an earlier one are due. */
  letGo: (tx: EntityManager, shop: string, resource: string): Promise<unknown> => tx.query(LET_GO, [resource, shop]),
});
