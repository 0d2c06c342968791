import type { Database } from '../../db/database.ts';

/** As in the claim: one look a store and priority, however much waits. */
const NEXT = `WITH RECURSIVE asked(queue, after) AS (SELECT value->>0, value->>1 FROM json_each(?)),
groups(queue, after, priority, shop) AS (
  SELECT a.queue, a.after, t.priority, t.shop FROM asked AS a JOIN tasks AS t ON t.seq =
    (SELECT seq FROM tasks WHERE state = 'waiting' AND queue = a.queue ORDER BY priority DESC, shop LIMIT 1)
  UNION ALL
  SELECT g.queue, g.after, t.priority, t.shop FROM groups AS g JOIN tasks AS t ON t.seq = coalesce(
    (SELECT seq FROM tasks WHERE state = 'waiting' AND queue = g.queue AND priority = g.priority AND shop > g.shop ORDER BY shop LIMIT 1),
    (SELECT seq FROM tasks WHERE state = 'waiting' AND queue = g.queue AND priority < g.priority ORDER BY priority DESC, shop LIMIT 1))
)
SELECT min((SELECT min(due_ms) FROM tasks WHERE state = 'waiting' AND queue = g.queue AND priority = g.priority AND shop = g.shop
  AND due_ms > g.after)) AS at FROM groups AS g`;

/** When the next waiting task becomes due, in these queues; `after`: what was due by then has been looked at already. */
export const nextDueMs = async (
  db: Database,
  queues: readonly (readonly [queue: string, after: number])[],
): Promise<number | null> => {
  const [row] = await db.read<{ at: number | null }>(NEXT, [JSON.stringify(queues)]);
  return row?.at ?? null;
};
