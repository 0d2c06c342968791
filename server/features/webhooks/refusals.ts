import { type Clock, toIso } from '../../platform/clock.ts';
import { addToCounters, countByShop } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';
import { createGroupCommit } from '../../platform/db/group-commit.ts';
import type { EventBus } from '../../platform/events/bus.ts';

/** A request that was not accepted: its body is not kept. */
export interface Refusal {
  readonly shop: string | null;
  readonly topic: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly bytes: number;
}

const INSERT_REFUSED = `
INSERT INTO webhook_deliveries (seq, shop, topic, received_at, state, problem, bytes)
SELECT value->>0, value->>1, value->>2, value->>3, 'refused', value->>4, value->>5 FROM json_each(?)`;

/** A flood of forged requests must not fill the disk: the newest are enough to see what is going on, the counter has them all. */
const KEPT_REFUSALS = 1000;
const TRIM_REFUSED = `
DELETE FROM webhook_deliveries WHERE state = 'refused' AND seq <=
  (SELECT seq FROM webhook_deliveries WHERE state = 'refused' ORDER BY seq DESC LIMIT 1 OFFSET ${KEPT_REFUSALS})`;

/** Notes refused requests behind the answer; past a limit of waiting ones they are only logged as an error. */
export const createRefusals = (options: {
  db: Database;
  clock: Clock;
  bus: EventBus;
  nextSeq: () => number;
  onError: (error: unknown) => void;
}): { add(refusal: Refusal): void; idle(): Promise<void> } => {
  const { db, clock, bus } = options;
  const refused = createGroupCommit<Refusal, undefined>({
    maxGroup: 256,
    maxWaiting: 2000,
    commit: async (group) => {
      await db.writeStatements(async (connection) => {
        const at = toIso(clock.now());
        const rows = group.map((r) => [
          options.nextSeq(),
          r.shop,
          r.topic,
          at,
          JSON.stringify({ code: r.code, message: r.message, hint: r.hint, at }),
          r.bytes,
        ]);
        await connection.run(INSERT_REFUSED, JSON.stringify(rows));
        await connection.run(TRIM_REFUSED);
        await addToCounters(
          connection,
          countByShop(group.map((r) => ({ shop: r.shop ?? '', name: 'webhooks.refused' as const }))),
        );
      });
      bus.publish({ topic: 'webhooks' });
      return group.map(() => undefined);
    },
  });
  return {
    add: (refusal) => {
      refused.submit(refusal).catch(options.onError);
    },
    idle: () => refused.idle(),
  };
};
