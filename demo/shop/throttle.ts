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
}

export const createThrottle = ({ maximum, restoreRate }: ThrottleOptions, now: () => number): Throttle => {
  let available = maximum;
  let at = now();
  const restore = (): void => {
    const time = now();
    available = Math.min(maximum, available + (Math.max(0, time - at) / 1000) * restoreRate);
    at = time;
  };
  return {
    take: (points) => {
      restore();
      if (points > available) return false;
      available -= points;
      return true;
    },
    refund: (points) => {
      restore();
      available = Math.min(maximum, available + points);
    },
    status: () => {
      restore();
      return { maximumAvailable: maximum, currentlyAvailable: Math.floor(available), restoreRate };
    },
  };
};
