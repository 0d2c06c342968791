/**
 * When different pieces of work fail one after another for the same reason, the reason is outside of them (database full, Shopify down, a
 * bug after an update): trying on would only fill the dead letters. `trip` is asked to pause; the owner lets one piece through now and
 * then, with growing waits, and resumes when that works.
 */
export interface Breaker {
  /** `shop`: whose work it was; empty: nobody's. */
  success(shop: string): void;
  /** True: this failure is the one that should pause the work. */
  failure(failed: WorkFailure): boolean;
}

export interface WorkFailure {
  readonly workId: string;
  readonly shop: string;
  /** Names the reason. */
  readonly kind: string;
  /** Something that the work needs is away, so that it can't be the work's own fault. */
  readonly isOutage: boolean;
}

/** One piece of bad work that is tried again and again never trips it: so many different ones must fail in a row. */
const DIFFERENT_IN_A_ROW = 5;
/**
 * In an outage, attempts of the same work count as well: one store has only a few pieces. But every store that had work here must have met
 * it, so that one whose address is gone does not hold up the others.
 */
const OUTAGES_IN_A_ROW = 5;
export const FIRST_PROBE_MS = 15_000;
export const MAX_PROBE_MS = 600_000;

export const nextProbeWaitMs = (lastMs: number | null): number =>
  lastMs === null ? FIRST_PROBE_MS : Math.min(MAX_PROBE_MS, lastMs * 2);

export const createBreaker = (): Breaker => {
  let kind = '';
  let attempts = 0;
  const works = new Set<string>();
  const shops = new Set<string>();
  const served = new Set<string>();
  const beginAnew = (next: string): void => {
    kind = next;
    attempts = 0;
    works.clear();
    shops.clear();
  };
  const isEverywhere = (): boolean => [...served].every((shop) => shops.has(shop));
  return {
    success: (shop) => {
      if (shop !== '') served.add(shop);
      beginAnew('');
    },
    failure: (failed) => {
      if (failed.kind !== kind) beginAnew(failed.kind);
      attempts += 1;
      works.add(failed.workId);
      shops.add(failed.shop);
      const trips =
        works.size >= DIFFERENT_IN_A_ROW || (failed.isOutage && attempts >= OUTAGES_IN_A_ROW && isEverywhere());
      if (trips) beginAnew('');
      return trips;
    },
  };
};
