import type { QueueLimits } from '../queue.ts';
import type { ClaimPlan } from './flush.ts';
import type { RunningTasks } from './running.ts';
import type { Switches } from './switches.ts';

const UNLIMITED = 1_000_000;

/** What may be taken now: the free places of each queue in which something may be due; of a paused one a single trial, when its turn has come. */
export const planClaims = (now: {
  readonly nowMs: number;
  readonly awake: ReadonlySet<string>;
  readonly switches: Pick<Switches, 'probesDue' | 'isPaused'>;
  readonly running: RunningTasks;
  readonly limitsOf: (queue: string) => QueueLimits;
  /** The store that each queue served last. */
  readonly lastShop: ReadonlyMap<string, string>;
  /** Of one queue in one transaction. */
  readonly most: number;
}): ClaimPlan[] => {
  const { switches, running } = now;
  const probes = new Set(switches.probesDue(now.nowMs));
  const plans: ClaimPlan[] = [];
  for (const queue of new Set([...now.awake, ...probes])) {
    const { concurrency, perShop } = now.limitsOf(queue);
    const isPaused = switches.isPaused(queue);
    const free = Math.min(now.most, concurrency - running.inQueue(queue));
    const places = isPaused ? (probes.has(queue) && running.inQueue(queue) === 0 ? 1 : 0) : free;
    if (places <= 0) continue;
    plans.push({
      queue,
      places,
      perShop: perShop ?? UNLIMITED,
      lastShop: now.lastShop.get(queue) ?? '',
      isProbe: isPaused,
      runningByShop: () => (perShop === undefined ? {} : running.byShop(queue)),
    });
  }
  return plans;
};
