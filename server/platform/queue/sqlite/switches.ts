import { type Breaker, createBreaker, nextProbeWaitMs, type WorkFailure } from '../breaker.ts';
import type { PauseOptions } from '../queue.ts';
import type { TaskStatements } from './task-rows.ts';

interface Pause {
  readonly by: PauseOptions['by'];
  readonly reason: string;
  readonly sinceMs: number;
  readonly probeMs: number | null;
  readonly probeWaitMs: number | null;
}

const SAVE = `INSERT INTO task_queues (queue, paused_ms, paused_by, paused_reason, probe_ms, probe_wait_ms) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (queue) DO UPDATE SET paused_ms = excluded.paused_ms, paused_by = excluded.paused_by, paused_reason = excluded.paused_reason,
  probe_ms = excluded.probe_ms, probe_wait_ms = excluded.probe_wait_ms`;

/** Which queues are paused, and the breaker of each; the table is written by `save`. */
export interface Switches {
  load(tx: TaskStatements): Promise<void>;
  isPaused(queue: string): boolean;
  /** Because everything failed for one reason, and not by a person. */
  isPausedByBreaker(queue: string): boolean;
  pause(queue: string, options: PauseOptions, nowMs: number): void;
  resume(queue: string): void;
  /** Paused queues whose turn to try has come. */
  probesDue(nowMs: number): string[];
  nextProbeMs(): number | null;
  /** A trial runs now, or nothing waits that could be tried: then the queue is open again. */
  probeBegan(queue: string, isRunning: boolean, nowMs: number): void;
  succeeded(queue: string, shop: string, isProbe: boolean): void;
  /** For a reason that other tasks may have as well. */
  failed(queue: string, failure: WorkFailure & { readonly message: string }, nowMs: number): void;
  probeFailed(queue: string, nowMs: number): void;
  hasUnsaved(): boolean;
  /** Answers how to take it back when the transaction fails. */
  save(tx: TaskStatements): Promise<() => void>;
}

export const createSwitches = (): Switches => {
  const paused = new Map<string, Pause>();
  const breakers = new Map<string, Breaker>();
  const unsaved = new Set<string>();
  const breakerOf = (queue: string): Breaker => {
    const breaker = breakers.get(queue) ?? createBreaker();
    breakers.set(queue, breaker);
    return breaker;
  };
  const set = (queue: string, pause: Pause | null): void => {
    if (pause) paused.set(queue, pause);
    else paused.delete(queue);
    unsaved.add(queue);
  };
  const pause = (queue: string, options: PauseOptions, nowMs: number): void => {
    const wait = options.probeInMs ?? null;
    set(queue, {
      by: options.by,
      reason: options.reason,
      sinceMs: nowMs,
      probeMs: wait === null ? null : nowMs + wait,
      probeWaitMs: wait,
    });
  };
  return {
    load: async (tx) => {
      const rows = await tx.all<{ queue: string; by: PauseOptions['by'] } & Omit<Pause, 'by'>>(
        `SELECT queue, paused_by AS "by", paused_reason AS reason, paused_ms AS sinceMs, probe_ms AS probeMs, probe_wait_ms AS probeWaitMs
         FROM task_queues WHERE paused_ms IS NOT NULL`,
      );
      for (const { queue, ...row } of rows) paused.set(queue, row);
    },
    isPaused: (queue) => paused.has(queue),
    isPausedByBreaker: (queue) => paused.get(queue)?.by === 'breaker',
    pause,
    resume: (queue) => {
      breakerOf(queue).success('');
      set(queue, null);
    },
    probesDue: (nowMs) =>
      [...paused].flatMap(([queue, { probeMs }]) => (probeMs !== null && probeMs <= nowMs ? [queue] : [])),
    nextProbeMs: () => {
      const times = [...paused.values()].map(({ probeMs }) => probeMs).filter((time) => time !== null);
      return times.length > 0 ? Math.min(...times) : null;
    },
    probeBegan: (queue, isRunning, nowMs) => {
      const known = paused.get(queue);
      if (!known) return;
      // Should the trial come to no end, the next one comes after the same wait.
      if (isRunning) paused.set(queue, { ...known, probeMs: nowMs + (known.probeWaitMs ?? nextProbeWaitMs(null)) });
      else set(queue, null);
    },
    succeeded: (queue, shop, isProbe) => {
      breakerOf(queue).success(shop);
      if (isProbe && paused.get(queue)?.by === 'breaker') set(queue, null);
    },
    failed: (queue, failure, nowMs) => {
      if (paused.has(queue) || !breakerOf(queue).failure(failure)) return;
      const reason = `Everything failed for the same reason: ${failure.message}`;
      pause(queue, { reason, by: 'breaker', probeInMs: nextProbeWaitMs(null) }, nowMs);
    },
    probeFailed: (queue, nowMs) => {
      const known = paused.get(queue);
      if (known?.by !== 'breaker') return;
      const wait = nextProbeWaitMs(known.probeWaitMs);
      set(queue, { ...known, probeMs: nowMs + wait, probeWaitMs: wait });
    },
    hasUnsaved: () => unsaved.size > 0,
    save: async (tx) => {
      const taken = [...unsaved];
      unsaved.clear();
      for (const queue of taken) {
        const now = paused.get(queue);
        await tx.all(
          SAVE,
          queue,
          now?.sinceMs ?? null,
          now?.by ?? null,
          now?.reason ?? null,
          now?.probeMs ?? null,
          now?.probeWaitMs ?? null,
        );
      }
      return () => {
        for (const each of taken) unsaved.add(each);
      };
    },
  };
};
