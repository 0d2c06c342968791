import { AttemptEnded } from '../outcome.ts';

export interface Running {
  readonly seq: number;
  readonly attempt: number;
  readonly queue: string;
  readonly name: string;
  readonly shop: string;
  readonly startedMs: number;
  readonly deadlineMs: number;
  readonly isProbe: boolean;
  readonly controller: AbortController;
  /** Lines that were logged; the log of one task is bounded. */
  lines: number;
  progress: { readonly done: number; readonly total: number | null; readonly phase?: string } | null;
}

/** What this process runs, with the counts that decide what may be taken next. */
export interface RunningTasks {
  add(run: Running): void;
  remove(run: Running): void;
  all(): Iterable<Running>;
  get(seq: number): Running | undefined;
  inQueue(queue: string): number;
  byShop(queue: string): Readonly<Record<string, number>>;
  readonly size: number;
  /** Aborts what has run too long. */
  endOverdue(nowMs: number): void;
  nextDeadlineMs(): number | null;
}

export const createRunningTasks = (): RunningTasks => {
  const runs = new Map<number, Running>();
  const queues = new Map<string, { total: number; readonly shops: Map<string, number> }>();
  const count = ({ queue, shop }: Running, by: number): void => {
    const known = queues.get(queue) ?? { total: 0, shops: new Map<string, number>() };
    queues.set(queue, known);
    known.total += by;
    const ofShop = (known.shops.get(shop) ?? 0) + by;
    if (ofShop === 0) known.shops.delete(shop);
    else known.shops.set(shop, ofShop);
  };
  return {
    add: (run) => {
      runs.set(run.seq, run);
      count(run, 1);
    },
    remove: (run) => {
      // Another attempt of the same task may run by now, when this one was taken away and outlived its grace.
      if (runs.get(run.seq) === run) runs.delete(run.seq);
      count(run, -1);
    },
    all: () => runs.values(),
    get: (seq) => runs.get(seq),
    inQueue: (queue) => queues.get(queue)?.total ?? 0,
    byShop: (queue) => Object.fromEntries(queues.get(queue)?.shops ?? []),
    get size() {
      return runs.size;
    },
    endOverdue: (nowMs) => {
      for (const run of runs.values()) {
        if (run.deadlineMs > nowMs || run.controller.signal.aborted) continue;
        const seconds = Math.round((run.deadlineMs - run.startedMs) / 1000);
        run.controller.abort(new AttemptEnded('timeout', `The attempt took longer than its limit of ${seconds} s.`));
      }
    },
    nextDeadlineMs: () => {
      let next: number | null = null;
      for (const run of runs.values())
        if (!run.controller.signal.aborted && (next === null || run.deadlineMs < next)) next = run.deadlineMs;
      return next;
    },
  };
};
