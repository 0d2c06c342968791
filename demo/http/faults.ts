import { z } from 'zod';

/** What can go wrong on request, to see what the console makes of it. */
export const Fault = z.object({
  kind: z.enum([
    'throttled',
    '429',
    '500',
    '502',
    'drop',
    'slow',
    'graphql-error',
    'access-denied',
    'cut',
    'expired',
    'bulk',
  ]),
  /** For `slow`: how long the answer waits. */
  ms: z.number().int().min(0).max(120_000).default(5000),
  /** For `cut`: after how many bytes; for `bulk` at `bulk/fail`: after how many objects. */
  after: z.number().int().min(0).default(0),
  /** How many requests it meets. */
  times: z.number().int().min(1).max(100_000).default(1),
  /**
   * Only requests whose path starts with this. `bulk/stray`, `bulk/orphan`, `bulk/fail` and `bulk/slow` meet the next bulk operation: children far from
   * their parents, a first row that is counted and missing, an operation that fails, one that takes its time.
   */
  path: z.string().default('/admin/api/'),
});
export type Fault = z.infer<typeof Fault>;

export interface FaultPlan {
  add(faults: readonly Fault[]): void;
  clear(): void;
  /** The fault for this request, used up by it; null when it goes well. */
  take(path: string): Fault | null;
  readonly pending: number;
}

const MAX_FAULTS = 1000;

export const createFaultPlan = (): FaultPlan => {
  let queue: { fault: Fault; left: number }[] = [];
  return {
    add: (faults) => {
      queue = [...queue, ...faults.map((fault) => ({ fault, left: fault.times }))].slice(0, MAX_FAULTS);
    },
    clear: () => {
      queue = [];
    },
    take: (path) => {
      const entry = queue.find(({ fault }) => path.startsWith(fault.path));
      if (!entry) return null;
      entry.left -= 1;
      if (entry.left <= 0) queue = queue.filter((other) => other !== entry);
      return entry.fault;
    },
    get pending() {
      return queue.reduce((sum, entry) => sum + entry.left, 0);
    },
  };
};
