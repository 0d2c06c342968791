export interface ThrottleStatus {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
}

export interface ThrottleOptions {
  readonly maximum: number;
  /** Points a second. */
  readonly restoreRate: number;
}

/** Shopify's leaky bucket, one per store and app. */
export interface Throttle {
  /** Takes the points a query may cost at most; false when the bucket lacks them. */
  take(points: number): boolean;
  /** Gives back what the query did not use. */
  refund(points: number): void;
  status(): ThrottleStatus;
  /** What was spent of what could have been, since the first query or the last reset. */
  budget(): BudgetFigure;
  resetBudget(): void;
}

export interface BudgetFigure {
  readonly queries: number;
  /** Points that queries really cost. */
  readonly spent: number;
  /** Queries refused for want of points. */
  readonly refused: number;
  readonly elapsedMs: number;
  /** The bucket as it was at the start, and what was restored since. */
  readonly available: number;
  /** `spent / available`. */
  readonly share: number;
}

/** Points a second by plan; the bucket holds 20 seconds of it. https://shopify.dev/docs/api/usage/limits */
const PLAN_RATES = { standard: 100, advanced: 200, plus: 1000, enterprise: 2000 } as const;
export type PlanName = keyof typeof PLAN_RATES;
export const isPlanName = (name: string): name is PlanName => name in PLAN_RATES;
export const throttleOfPlan = (plan: PlanName): ThrottleOptions => ({
  maximum: PLAN_RATES[plan] * 20,
  restoreRate: PLAN_RATES[plan],
});

export const createThrottle = ({ maximum, restoreRate }: ThrottleOptions, now: () => number): Throttle => {
  let available = maximum;
  let at = now();
  let figure = { queries: 0, spent: 0, refused: 0, startedAt: null as number | null, lastAt: 0, start: maximum };
  const restore = (): void => {
    const time = now();
    available = Math.min(maximum, available + (Math.max(0, time - at) / 1000) * restoreRate);
    at = time;
  };
  return {
    take: (points) => {
      restore();
      figure.startedAt ??= at;
      figure.lastAt = at;
      if (figure.queries + figure.refused === 0) figure.start = available;
      if (points > available) {
        figure.refused += 1;
        return false;
      }
      available -= points;
      figure.queries += 1;
      figure.spent += points;
      return true;
    },
    refund: (points) => {
      restore();
      available = Math.min(maximum, available + points);
      figure.spent -= points;
    },
    status: () => {
      restore();
      return { maximumAvailable: maximum, currentlyAvailable: Math.floor(available), restoreRate };
    },
    budget: () => {
      const { queries, spent, refused, startedAt, lastAt, start } = figure;
      const elapsedMs = startedAt === null ? 0 : lastAt - startedAt;
      const sum = start + (elapsedMs / 1000) * restoreRate;
      return { queries, spent, refused, elapsedMs, available: sum, share: sum === 0 ? 0 : spent / sum };
    },
    resetBudget: () => {
      figure = { queries: 0, spent: 0, refused: 0, startedAt: null, lastAt: 0, start: maximum };
    },
  };
};
