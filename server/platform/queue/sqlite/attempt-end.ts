import type { AttemptError, FailedTask, Outcome } from '../outcome.ts';
import type { RateCounts } from '../rates.ts';
import type { Running } from './running.ts';
import type { Switches } from './switches.ts';
import type { EndedAttempt } from './task-rows.ts';

const problemOf = (error: AttemptError, kind: string): string =>
  JSON.stringify({ class: error.class, code: error.code, message: error.message, hint: error.hint, kind });

/** Failures that have the same reason outside of the task itself; a permanent one is the task's own, and a limit is one store's. */
const kindOf = (error: AttemptError): string | null =>
  error.code === 'SHOPIFY_THROTTLED' || error.code === 'RATE_LIMITED'
    ? null
    : `${error.class} ${error.code ?? error.message.replace(/\d+/g, '0').slice(0, 80)}`;

/** What is written about an attempt that ended, and what the breaker and the rates learn from it. Null: it is another worker's now. */
export const attemptEnd = (
  run: Running,
  outcome: Outcome,
  at: { nowMs: number; switches: Switches; rates: RateCounts; onFailed: ((task: FailedTask) => void) | undefined },
): EndedAttempt | null => {
  const { switches, nowMs } = at;
  if (outcome.kind === 'gone') return null;
  const ended = {
    seq: run.seq,
    attempt: run.attempt,
    attempts: run.attempt,
    queue: run.queue,
    shop: run.shop,
    startedMs: run.startedMs,
    finishedMs: nowMs,
    dueMs: null,
    problem: null,
    result: null,
    record: null,
  };
  // It went back because the program closes: as if it had not been taken.
  if (outcome.kind === 'stopped') return { ...ended, state: 'waiting', attempts: run.attempt - 1 };
  at.rates.add(nowMs, run.name, outcome.kind, nowMs - run.startedMs);
  switch (outcome.kind) {
    case 'done':
      switches.succeeded(run.queue, run.shop, run.isProbe);
      return { ...ended, state: 'done', result: outcome.result };
    case 'cancelled':
      return { ...ended, state: 'cancelled', record: { outcome: 'cancelled', error: outcome.error } };
    case 'retry':
    case 'failed': {
      const { error } = outcome;
      const isPermanent = outcome.kind === 'failed' && outcome.why === 'permanent';
      const kind = kindOf(error);
      // A probe that fails for a reason of its own shows that the common one is gone.
      if (isPermanent) switches.succeeded(run.queue, run.shop, run.isProbe);
      else if (run.isProbe) switches.probeFailed(run.queue, nowMs);
      else if (kind !== null) {
        const isOutage = outcome.kind === 'retry' && outcome.isOutage;
        switches.failed(
          run.queue,
          { workId: String(run.seq), shop: run.shop, kind, message: error.message, isOutage },
          nowMs,
        );
      }
      // What fails into the pause, or as its trial, says nothing of itself: it is not given up, and waits for the next trial.
      const isHeldBack = !isPermanent && switches.isPausedByBreaker(run.queue);
      if (outcome.kind === 'retry' || isHeldBack)
        return {
          ...ended,
          state: 'waiting',
          dueMs: nowMs + (isHeldBack || outcome.kind !== 'retry' ? 0 : outcome.waitMs),
          problem: problemOf(error, 'retry'),
          record: { outcome: 'retry', error },
        };
      at.onFailed?.({
        id: String(run.seq),
        name: run.name,
        shop: run.shop === '' ? null : run.shop,
        message: error.message,
      });
      return {
        ...ended,
        state: 'failed',
        problem: problemOf(error, outcome.why),
        record: { outcome: 'failed', error },
      };
    }
    default:
      return outcome satisfies never;
  }
};
