import type { ErrorBody } from '../../../shared/errors.ts';
import type { Failure, FailureReason } from './failures.ts';

/** The scope of what concerns every topic, e.g. a full disk. */
export const EVERYTHING = '*';

export interface Pause {
  /** A topic, or `*`. */
  readonly scope: string;
  readonly reason: FailureReason;
  readonly problem: ErrorBody;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly probeAt: number;
  readonly probes: number;
}

/**
 * Tells failures of single deliveries from a failure of everything. So many in a row of one topic with one and the same reason, and none
 * that worked between them: the topic is paused, its deliveries wait untouched, and one at a time is let through to see whether the cause
 * is gone. State in memory: after a restart the first deliveries find out anew.
 */
export interface Breaker {
  pauses(): readonly Pause[];
  isPaused(topic: string): boolean;
  /** Scopes whose next probe is due. */
  probesDue(now: number): readonly string[];
  /** When the next probe of all is due, or null. */
  nextProbe(): number | null;
  /** Answers the deliveries that failed on the way into a pause that ends with this: they deserve another try. */
  succeeded(topic: string): readonly number[];
  /** True: this failure began a pause. `isLast`: the delivery would be given up with it. */
  failed(topic: string, seq: number, failure: Failure, now: number, isLast: boolean): boolean;
  /** Whether other deliveries fail for this reason too, in topics of which none worked since: then it says nothing of the one delivery. */
  isShared(seq: number, failure: Failure): boolean;
}

/** A payload that is wrong is mostly just that; what a new version gets wrong shows in many. */
const TRIP_AFTER: Readonly<Record<FailureReason, number>> = { temporary: 10, defect: 10, payload: 50, storage: 1 };
const FIRST_PROBE_MS = 5000;
const LONGEST_PROBE_MS = 5 * 60_000;

interface Streak {
  key: string;
  seqs: number[];
}

const keyOf = ({ reason, problem }: Failure): string => `${reason} ${problem.code} ${problem.message}`;

export const createBreaker = (): Breaker => {
  const streaks = new Map<string, Streak>();
  const pauses = new Map<string, Pause>();

  const probeLater = (pause: Pause, now: number): Pause => ({
    ...pause,
    probes: pause.probes + 1,
    probeAt: now + Math.min(LONGEST_PROBE_MS, FIRST_PROBE_MS * 2 ** (pause.probes + 1)),
  });

  const isShared = (seq: number, failure: Failure): boolean => {
    const key = keyOf(failure);
    return (
      failure.reason !== 'payload' &&
      [...streaks.values()].some((streak) => streak.key === key && streak.seqs.some((other) => other !== seq))
    );
  };

  return {
    isShared,
    pauses: () => [...pauses.values()],
    isPaused: (topic) => pauses.has(topic) || pauses.has(EVERYTHING),
    probesDue: (now) => [...pauses.values()].filter(({ probeAt }) => probeAt <= now).map(({ scope }) => scope),
    nextProbe: () => {
      const times = [...pauses.values()].map(({ probeAt }) => probeAt);
      return times.length === 0 ? null : Math.min(...times);
    },
    succeeded: (topic) => {
      const hurt = streaks.get(topic)?.seqs ?? [];
      streaks.delete(topic);
      const wasPaused = pauses.delete(topic);
      pauses.delete(EVERYTHING);
      return wasPaused ? hurt : [];
    },
    failed: (topic, seq, failure, now, isLast) => {
      // A body that is not JSON says nothing about its neighbours.
      if (failure.problem.code === 'INVALID_JSON') return false;
      const scope = failure.reason === 'storage' ? EVERYTHING : topic;
      const open = pauses.get(scope);
      if (open) {
        pauses.set(scope, probeLater({ ...open, reason: failure.reason, problem: failure.problem }, now));
        return false;
      }
      const key = keyOf(failure);
      const streak = streaks.get(scope);
      if (streak?.key !== key) streaks.set(scope, { key, seqs: [seq] });
      else if (!streak.seqs.includes(seq)) streak.seqs.push(seq);
      const length = streaks.get(scope)?.seqs.length ?? 0;
      if (length < TRIP_AFTER[failure.reason] && !(isLast && isShared(seq, failure))) return false;
      pauses.set(scope, {
        scope,
        reason: failure.reason,
        problem: failure.problem,
        since: now,
        probes: 0,
        probeAt: now + FIRST_PROBE_MS,
      });
      return true;
    },
  };
};
