import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { readCounters } from './db/counters.ts';
import type { Database } from './db/database.ts';

/** Process metrics, and the running totals by store, read when a scraper asks. */
export const createMetrics = (db: Database): Registry => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const totals = new Gauge({
    name: 'backroom_events_total',
    help: 'Webhook deliveries and pixel events since the database was made, by store and outcome',
    labelNames: ['shop', 'name'],
    registers: [registry],
    collect: async () => {
      for (const [shop, names] of await readCounters(db))
        for (const [name, value] of names) totals.set({ shop, name }, value);
    },
  });
  return registry;
};
