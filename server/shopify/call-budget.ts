import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';

/** Who waits: a person in front of the console, or work that may take its time. */
export type CallPriority = 'interactive' | 'background';

/** `extensions.cost` of an answer, in points; `actualQueryCost` is null when the call was throttled. */
export interface CallCost {
  readonly requestedQueryCost: number;
  readonly actualQueryCost: number | null;
  readonly throttleStatus: {
    readonly maximumAvailable: number;
    readonly currentlyAvailable: number;
    /** Points a second. */
    readonly restoreRate: number;
  };
}

/** A store's API budget as it is believed to be now; null before the first answer. */
export interface BudgetState {
  readonly available: number | null;
  readonly maximum: number | null;
  /** Points a second. */
  readonly restoreRate: number | null;
  /** Points a second that something else takes from the same bucket, as seen in the answers. */
  readonly foreignRate: number;
  readonly inFlight: number;
  readonly waiting: { readonly interactive: number; readonly background: number };
}

/** A call that may be sent. It must be given back with `settle`, whatever came of it. */
export interface CallTicket {
  /** `cost` is null when no answer said what the call cost. */
  settle(cost: CallCost | null): void;
}

export interface CallBudget {
  /**
   * Resolves when `points` (the most the call may cost) are believed to be there. Interactive calls go before background ones, each
   * kind in the order of asking. @throws the signal's reason; AppError `SHOPIFY_THROTTLED` when too many wait.
   */
  acquire(points: number, priority: CallPriority, signal?: AbortSignal): Promise<CallTicket>;
  state(): BudgetState;
}

/** Calls of one store that are under way at once; more would only queue at Shopify. */
const MAX_IN_FLIGHT = 8;
/** A bound for memory's sake: whoever enqueues more than this has lost count. */
const MAX_WAITING = 1000;
/** How much of a new sample counts in the average of foreign use. */
const FOREIGN_WEIGHT = 0.3;
/** Samples closer together than this say more about rounding than about use. */
const FOREIGN_SAMPLE_MS = 200;
/** How long a call may be on its way to Shopify while others take points: this much of their use is left to them. */
const RESERVE_SECONDS = 1;
/** Other use never makes this client stand still: it keeps at least this share of the restore rate in its reckoning. */
const LEAST_SHARE = 0.1;

interface OpenCall {
  readonly points: number;
  /** What calls cost that ended while this one was under way. */
  spentMeanwhile: number;
}

interface Waiting {
  readonly points: number;
  readonly priority: CallPriority;
  readonly start: (ticket: CallTicket) => void;
}

/**
 * Shopify's leaky bucket, kept on this side so that a call waits before it would be refused. The figures are Shopify's own: nothing
 * is known before the first answer, so the first call goes alone. Every assumption errs towards waiting: a reply's figure is taken
 * as if none of the calls still under way were counted in it, and time before the reply came restores nothing.
 * https://shopify.dev/docs/api/usage/limits
 */
export const createCallBudget = (clock: Clock): CallBudget => {
  let known: { available: number; maximum: number; restoreRate: number; at: number } | null = null;
  let reserved = 0;
  const open = new Set<OpenCall>();
  let foreignRate = 0;
  const queues: Record<CallPriority, Waiting[]> = { interactive: [], background: [] };
  let alarm: AbortController | null = null;

  const effectiveRate = (): number =>
    known === null ? 0 : Math.max(known.restoreRate * LEAST_SHARE, known.restoreRate - foreignRate);
  /** What the bucket holds, calls under way not counted. */
  const balance = (): number => {
    if (known === null) return 0;
    const seconds = Math.max(0, clock.now() - known.at) / 1000;
    return Math.min(known.maximum, known.available + seconds * effectiveRate());
  };
  const setBalance = (available: number): void => {
    if (known) known = { ...known, available: Math.max(0, Math.min(known.maximum, available)), at: clock.now() };
  };

  /** Use by others is what is missing beyond our own calls; it can be told only while nothing else of ours is under way. */
  const learnForeignUse = (spent: number, reported: number): void => {
    if (known === null) return;
    const elapsed = clock.now() - known.at;
    if (elapsed < FOREIGN_SAMPLE_MS) return;
    const expected = Math.min(known.maximum, known.available + (elapsed / 1000) * known.restoreRate) - spent;
    // One point is Shopify's rounding.
    const missing = Math.max(0, expected - reported - 1);
    // Others can empty a full bucket at once, but go on only as fast as it fills: one such burst must not look like their pace.
    const rate = Math.min(known.restoreRate, (missing / elapsed) * 1000);
    foreignRate += FOREIGN_WEIGHT * (rate - foreignRate);
    if (foreignRate < 0.5) foreignRate = 0;
  };

  /**
   * Answers overtake each other, so a reported figure may be older than what is known. Two lower bounds hold: the report without the
   * calls that ended meanwhile, and the own reckoning without this call. The higher one is taken, but never more than was reported.
   */
  const settle = (call: OpenCall, cost: CallCost | null): void => {
    open.delete(call);
    reserved -= call.points;
    // No answer: Shopify may have run the call, so its points count as spent.
    const spent = cost === null ? call.points : (cost.actualQueryCost ?? 0);
    for (const other of open) other.spentMeanwhile += spent;
    if (cost === null) setBalance(balance() - spent);
    else {
      const { maximumAvailable, currentlyAvailable, restoreRate } = cost.throttleStatus;
      const own = balance() - spent;
      const isAlone = open.size === 0 && call.spentMeanwhile === 0;
      if (isAlone) learnForeignUse(spent, currentlyAvailable);
      const bound = Math.max(currentlyAvailable - call.spentMeanwhile, known === null ? 0 : own);
      known = {
        available: Math.max(0, Math.min(currentlyAvailable, bound)),
        maximum: maximumAvailable,
        restoreRate,
        at: clock.now(),
      };
    }
    pump();
  };

  const next = (): Waiting | undefined => queues.interactive[0] ?? queues.background[0];
  const ringIn = (ms: number): void => {
    const current = new AbortController();
    alarm = current;
    clock.delay(ms, current.signal).then(
      () => {
        if (alarm === current) pump();
      },
      // The only way it ends early is `alarm.abort()` below.
      () => undefined,
    );
  };

  const pump = (): void => {
    alarm?.abort();
    alarm = null;
    for (let head = next(); head !== undefined && open.size < MAX_IN_FLIGHT; head = next()) {
      if (known === null && open.size > 0) return;
      // A call dearer than the whole bucket is sent when the bucket is full: Shopify's refusal says more than waiting for ever.
      const points = known === null ? head.points : Math.min(head.points, known.maximum);
      if (known !== null) {
        // What others are likely to take while the call is on its way stays in the bucket; a full bucket is enough for any call.
        const wanted = Math.min(known.maximum, points + foreignRate * RESERVE_SECONDS);
        const missing = wanted - (balance() - reserved);
        if (missing > 0) {
          // With calls under way the next answer comes first, or the points do.
          ringIn(Math.max(1, Math.ceil((missing / effectiveRate()) * 1000)));
          return;
        }
      }
      queues[head.priority].shift();
      reserved += points;
      const call: OpenCall = { points, spentMeanwhile: 0 };
      open.add(call);
      head.start({
        settle: (cost) => {
          if (open.has(call)) settle(call, cost);
        },
      });
    }
  };

  return {
    acquire: (points, priority, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        if (queues.interactive.length + queues.background.length >= MAX_WAITING) {
          reject(
            new AppError('SHOPIFY_THROTTLED', 'Too many calls to this store are waiting already.', {
              hint: 'Wait until the running imports are done.',
            }),
          );
          return;
        }
        const queue = queues[priority];
        const onAbort = (): void => {
          const index = queue.indexOf(entry);
          if (index < 0) return;
          queue.splice(index, 1);
          reject(signal?.reason);
          pump();
        };
        const entry: Waiting = {
          points,
          priority,
          start: (ticket) => {
            signal?.removeEventListener('abort', onAbort);
            resolve(ticket);
          },
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        queue.push(entry);
        pump();
      }),
    state: () => ({
      available: known === null ? null : Math.max(0, Math.floor(balance() - reserved)),
      maximum: known?.maximum ?? null,
      restoreRate: known?.restoreRate ?? null,
      foreignRate: Math.round(foreignRate),
      inFlight: open.size,
      waiting: { interactive: queues.interactive.length, background: queues.background.length },
    }),
  };
};
