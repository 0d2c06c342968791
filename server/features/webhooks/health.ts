import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Pause } from './breaker.ts';

/** What waits, and what is paused and why. */
export const createWebhookHealth =
  (db: Database, pauses: () => readonly Pause[]) => async (): Promise<z.output<typeof api.WebhookHealth>> => {
    const rows = await db.read<{ state: string; n: number }>(
      `SELECT state, count(*) AS n FROM webhook_deliveries WHERE state IN ('received', 'failed') GROUP BY state`,
    );
    const of = (state: string): number => rows.find((row) => row.state === state)?.n ?? 0;
    return {
      waiting: of('received'),
      retrying: of('failed'),
      pauses: pauses().map(({ scope, reason, problem, since, probeAt }) => ({
        scope,
        reason,
        problem: { ...problem, at: toIso(since) },
        since: toIso(since),
        probeAt: toIso(probeAt),
      })),
    };
  };
