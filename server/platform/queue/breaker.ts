/**
 * When different pieces of work fail one after another for the same reason, the reason is outside of them (database full, Shopify down, a
 * bug after an update): trying on would only fill the dead letters. `trip` is asked to pause; the owner lets one piece through now and
 * then, with growing waits, and resumes when that works.
 */
export interface Breaker {
  success(): void;
  /** `kind` names the reason. True: this failure is the one that should pause the work. */
  failure(workId: string, kind: string): boolean;
}

/** One piece of bad work that is tried again and again never trips it: so many different ones must fail in a row. */
const DIFFERENT_IN_A_ROW = 5;
export const FIRST_PROBE_MS = 15_000;
export const MAX_PROBE_MS = 600_000;

export const nextProbeWaitMs = (lastMs: number | null): number =>
  lastMs === null ? FIRST_PROBE_MS : Math.min(MAX_PROBE_MS, lastMs * 2);

export const createBreaker = (threshold = DIFFERENT_IN_A_ROW): Breaker => {
  let kind = '';
  const failed = new Set<string>();
  return {
    success: () => {
      kind = '';
      failed.clear();
    },
    failure: (workId, reason) => {
      if (reason !== kind) failed.clear();
      kind = reason;
      failed.add(workId);
      if (failed.size < threshold) return false;
      failed.clear();
      return true;
    },
  };
};
