/** Waits between restarts in a row: the first is immediate, so that a single crash costs less than two seconds. */
const DELAYS_MS = [0, 250, 500, 1000, 2000, 5000, 10_000, 30_000] as const;
const LONGEST_MS = 30_000;
/** A backend that served this long was healthy; its next crash is a first one again. */
const HEALTHY_MS = 10_000;

export interface RestartPolicy {
  /** The backend is ready to serve. */
  readonly ready: () => void;
  /** The backend is gone: how long to wait before the next start, in milliseconds. */
  readonly gone: () => number;
}

/** Decides how long to wait before the backend is started again. It never gives up, since a full disk or a bad setting can be mended. */
export const createRestartPolicy = (now: () => number): RestartPolicy => {
  let failures = 0;
  let readySince: number | null = null;
  return {
    ready: () => {
      readySince = now();
    },
    gone: () => {
      if (readySince !== null && now() - readySince >= HEALTHY_MS) failures = 0;
      readySince = null;
      const delay = DELAYS_MS[failures] ?? LONGEST_MS;
      failures += 1;
      return delay;
    },
  };
};
