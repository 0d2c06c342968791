import { AppError } from '../../../shared/errors.ts';
import { isOutage } from './permanent.ts';
import type { Backoff, TaskDefinition } from './queue.ts';

/** Why an attempt's signal was aborted. */
export class AttemptEnded extends Error {
  readonly why: 'cancel' | 'timeout' | 'stop' | 'lost';
  constructor(why: AttemptEnded['why'], message: string) {
    super(message);
    this.name = why === 'timeout' ? 'Timeout' : 'AttemptEnded';
    this.why = why;
  }
}

/** An error as it is kept with the attempt. */
export interface AttemptError {
  readonly class: string;
  readonly code: string | null;
  readonly message: string;
  readonly hint: string | null;
  readonly stack: string | null;
}

/**
 * What comes of an attempt. `stopped` goes back as if it had not been taken; `gone` belongs to another worker by now. `isOutage`: something
 * that the task needs is away.
 */
export type Outcome =
  | { readonly kind: 'done'; readonly result: string | null }
  | { readonly kind: 'retry'; readonly waitMs: number; readonly isOutage: boolean; readonly error: AttemptError }
  | { readonly kind: 'failed'; readonly why: FailedWhy; readonly error: AttemptError }
  | { readonly kind: 'cancelled'; readonly error: AttemptError }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'gone' };

/** `permanent`: another try would fail the same way; `exhausted`: the last attempt failed; `lost`: its process died each time. */
export type FailedWhy = 'permanent' | 'exhausted' | 'lost';

/** A task that failed for good. */
export interface FailedTask {
  readonly id: string;
  readonly name: string;
  readonly shop: string | null;
  readonly message: string;
}

const MAX_STACK = 8000;
const MAX_MESSAGE = 2000;

/** Full jitter: spreads what failed together, so that it does not come back together. `random` is in [0, 1). */
export const retryWaitMs = (backoff: Backoff, attempt: number, random: number): number =>
  Math.round(random * Math.min(backoff.maxMs, backoff.firstMs * 2 ** Math.min(attempt - 1, 30)));

export const describeError = (error: unknown, redact: (text: string) => string): AttemptError => {
  const known = error instanceof Error ? error : new Error(String(error));
  const causes: string[] = [];
  for (let cause = known.cause, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1)
    causes.push(`caused by ${cause.stack ?? cause.message}`);
  return {
    class: known.name,
    code: error instanceof AppError ? error.code : null,
    message: redact(known.message).slice(0, MAX_MESSAGE),
    hint: error instanceof AppError ? (error.hint ?? null) : null,
    stack: redact([known.stack ?? '', ...causes].join('\n')).slice(0, MAX_STACK) || null,
  };
};

/** What a thrown error means for the task. */
export const outcomeOfError = (
  thrown: unknown,
  at: {
    definition: Pick<TaskDefinition, 'attempts' | 'backoff' | 'isPermanent'>;
    attempt: number;
    random: () => number;
    redact: (text: string) => string;
  },
): Outcome => {
  const { definition, attempt } = at;
  if (thrown instanceof AttemptEnded && thrown.why === 'lost') return { kind: 'gone' };
  if (thrown instanceof AttemptEnded && thrown.why === 'stop') return { kind: 'stopped' };
  const error = describeError(thrown, at.redact);
  if (thrown instanceof AttemptEnded && thrown.why === 'cancel') return { kind: 'cancelled', error };
  if (definition.isPermanent(thrown)) return { kind: 'failed', why: 'permanent', error };
  const outage = isOutage(thrown);
  if (attempt >= definition.attempts && !outage) return { kind: 'failed', why: 'exhausted', error };
  return { kind: 'retry', isOutage: outage, waitMs: retryWaitMs(definition.backoff, attempt, at.random()), error };
};
