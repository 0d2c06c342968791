import type * as api from '../../../shared/api.ts';
import { type CounterName, readCounters } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';

/** `GET /api/v1/stats`, from running totals: no big table is scanned. */
export const createStats = (db: Database) => ({
  all: async (): Promise<api.Stats> => {
    const [counters, waiting, tasks, shops] = await Promise.all([
      readCounters(db),
      db.read<{ shop: string; n: number }>(
        `SELECT shop, count(*) AS n FROM webhook_deliveries WHERE state IN ('received', 'failed') GROUP BY shop`,
      ),
      db.read<{ shop: string; state: string; n: number }>(
        `SELECT shop, state, count(*) AS n FROM tasks WHERE state = 'waiting' GROUP BY shop
         UNION ALL SELECT shop, state, count(*) FROM tasks WHERE state = 'active' GROUP BY shop
         UNION ALL SELECT shop, state, count(*) FROM tasks WHERE state = 'failed' GROUP BY shop`,
      ),
      db.read<{ shop: string }>('SELECT shop FROM shops ORDER BY connected_at'),
    ]);
    const countsOf = (shop: string) => {
      const tasksIn = (state: string): number => tasks.find((row) => row.shop === shop && row.state === state)?.n ?? 0;
      const value = (name: CounterName): number => counters.get(shop)?.get(name) ?? 0;
      return {
        products: value('rows.products'),
        orders: value('rows.orders'),
        transactions: value('rows.transactions'),
        customers: value('rows.customers'),
        webhooks: {
          received: value('webhooks.received'),
          processed: value('webhooks.processed'),
          failed: value('webhooks.failed'),
          dead: value('webhooks.dead'),
          duplicates: value('webhooks.duplicates'),
          refused: value('webhooks.refused'),
        },
        pixel: {
          accepted: value('pixel.accepted'),
          quarantined: value('pixel.quarantined'),
          limited: value('pixel.limited'),
          duplicates: value('pixel.duplicates'),
        },
        tasks: {
          // Deliveries that wait to be processed are work as well.
          waiting: (waiting.find((row) => row.shop === shop)?.n ?? 0) + tasksIn('waiting'),
          active: tasksIn('active'),
          failed: value('webhooks.dead') + tasksIn('failed'),
        },
      };
    };
    const names = new Set([
      ...shops.map((row) => row.shop),
      ...counters.keys(),
      ...[...waiting, ...tasks].map((row) => row.shop),
    ]);
    const each = [...names].map((shop) => ({ shop, ...countsOf(shop) }));
    const sum = (pick: (counts: (typeof each)[number]) => number): number =>
      each.reduce((total, counts) => total + pick(counts), 0);
    return {
      total: {
        products: sum((c) => c.products),
        orders: sum((c) => c.orders),
        transactions: sum((c) => c.transactions),
        customers: sum((c) => c.customers),
        webhooks: {
          received: sum((c) => c.webhooks.received),
          processed: sum((c) => c.webhooks.processed),
          failed: sum((c) => c.webhooks.failed),
          dead: sum((c) => c.webhooks.dead),
          duplicates: sum((c) => c.webhooks.duplicates),
          refused: sum((c) => c.webhooks.refused),
        },
        pixel: {
          accepted: sum((c) => c.pixel.accepted),
          quarantined: sum((c) => c.pixel.quarantined),
          limited: sum((c) => c.pixel.limited),
          duplicates: sum((c) => c.pixel.duplicates),
        },
        tasks: {
          waiting: sum((c) => c.tasks.waiting),
          active: sum((c) => c.tasks.active),
          failed: sum((c) => c.tasks.failed),
        },
      },
      // What belongs to no known store (a forged delivery without a shop) counts in the total only.
      stores: each.filter((counts) => shops.some((row) => row.shop === counts.shop)),
    };
  },
});
