import { Gauge, type Registry } from 'prom-client';
import type { QueueReader } from '../../platform/queue/reader.ts';

/** Tasks by queue and state, and whether the queue is paused; read when a scraper asks. */
export const registerTaskMetrics = (registry: Registry, reader: QueueReader): void => {
  const paused = new Gauge({
    name: 'backroom_task_queue_paused',
    help: '1 while the queue is paused, by the operator or by its circuit breaker',
    labelNames: ['queue'],
    registers: [registry],
  });
  const tasks = new Gauge({
    name: 'backroom_tasks',
    help: 'Tasks by queue and state, as kept',
    labelNames: ['queue', 'state'],
    registers: [registry],
    collect: async () => {
      for (const row of await reader.queues()) {
        const { queue } = row;
        for (const state of ['waiting', 'delayed', 'active', 'done', 'failed', 'cancelled'] as const)
          tasks.set({ queue, state }, row[state]);
        paused.set({ queue }, row.pause ? 1 : 0);
      }
    },
  });
};
