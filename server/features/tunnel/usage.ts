import type { TunnelUsage } from '../../../shared/api/tunnel.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';

export type RequestKind = 'webhook' | 'pixel' | 'other';
type Counted = RequestKind | 'pixel_refused';

/** ngrok's free plan; https://ngrok.com/docs/pricing-limits/free-plan-limits */
export const FREE_PLAN_REQUESTS = 20_000;
const WARN_SHARE = 0.8;
/** Refused requests count as well, so pixel intake ends while there is still something left for webhooks. */
export const RESERVE_SHARE = 0.95;
const FLUSH_MS = 5000;
/** Without requests nothing else would see a month end, or a limit that something other than a request reached. */
const LOOK_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

const monthOf = (ms: number): string => toIso(ms).slice(0, 7);
const startOfMonth = (month: string): number => Date.parse(`${month}-01T00:00:00.000Z`);
const startOfNext = (month: string): number => {
  const [year, index] = month.split('-').map(Number) as [number, number];
  return Date.UTC(year, index, 1);
};

/** At the pace so far. A few hours say too little about a month: null then. */
export const projectUsage = (total: number, now: number): number | null => {
  const month = monthOf(now);
  const passed = now - startOfMonth(month);
  if (passed < DAY_MS) return null;
  return Math.round((total / passed) * (startOfNext(month) - startOfMonth(month)));
};

export interface UsageMeter {
  /** Counts one request; false when it is a pixel request that has to be refused. In memory only. */
  admit(kind: RequestKind): boolean;
  usage(): TunnelUsage;
  /** To be called after a change of settings. The meter itself looks each hour and at the moment a month begins. */
  look(): void;
  /** Seconds until the plan's month begins anew. */
  secondsToReset(): number;
  close(): Promise<void>;
}

/**
 * Requests of this month through the tunnel. The count lives in memory and is written every few seconds, so a request costs no write; a crash
 * loses the last seconds of a count that is an estimate anyway: ngrok's own is what bills.
 */
export const createUsageMeter = async (options: {
  db: Database;
  clock: Clock;
  limits: () => { limit: number; keepWebhooks: boolean; pixelAnywayMonth: string | null };
  /** Pixel intake was stopped, or goes on again. */
  onPixelStopped: (isStopped: boolean) => void;
  /** The figures are other ones: requests were counted, or a month began. */
  onFigures: () => void;
  onError: (error: unknown) => void;
}): Promise<UsageMeter> => {
  const { db, clock } = options;
  let month = monthOf(clock.now());
  const zero = (): Record<Counted, number> => ({ webhook: 0, pixel: 0, other: 0, pixel_refused: 0 });
  let counts = zero();
  let unwritten = new Map<string, { month: string; kind: Counted; requests: number }>();
  let flushing: Promise<void> | null = null;
  const ends = new AbortController();

  for (const { kind, requests } of await db.read<{ kind: Counted; requests: number }>(
    'SELECT kind, requests FROM tunnel_usage WHERE month = ?',
    [month],
  ))
    counts[kind] = requests;

  const turn = (): void => {
    const now = monthOf(clock.now());
    if (now === month) return;
    month = now;
    counts = zero();
  };
  const write = async (): Promise<void> => {
    const rows = [...unwritten.values()];
    if (rows.length === 0) return;
    unwritten = new Map();
    try {
      await db.writeStatements((connection) =>
        connection.run(
          `INSERT INTO tunnel_usage (month, kind, requests)
           SELECT value ->> 'month', value ->> 'kind', value ->> 'requests' FROM json_each(?) WHERE true
           ON CONFLICT (month, kind) DO UPDATE SET requests = requests + excluded.requests`,
          JSON.stringify(rows),
        ),
      );
      options.onFigures();
    } catch (error) {
      options.onError(error);
    }
  };
  const flushLater = (): void => {
    flushing ??= clock
      .delay(FLUSH_MS, ends.signal)
      .catch(() => undefined)
      .then(write)
      .finally(() => {
        flushing = null;
        if (unwritten.size > 0 && !ends.signal.aborted) flushLater();
      });
  };
  const count = (kind: Counted): void => {
    counts[kind] += 1;
    const key = `${month} ${kind}`;
    const row = unwritten.get(key);
    if (row) row.requests += 1;
    else unwritten.set(key, { month, kind, requests: 1 });
    flushLater();
  };
  const total = (): number => counts.webhook + counts.pixel + counts.other;
  const pixelStopped = (): boolean => {
    const { limit, keepWebhooks, pixelAnywayMonth } = options.limits();
    return keepWebhooks && pixelAnywayMonth !== month && total() >= limit * RESERVE_SHARE;
  };

  let wasStopped = pixelStopped();
  /** Looks whether intake was stopped or released since the last look: by a request, a setting, a new month. */
  const look = (): void => {
    const isStopped = pixelStopped();
    if (isStopped === wasStopped) return;
    wasStopped = isStopped;
    options.onPixelStopped(isStopped);
  };

  const turnAndLook = (): void => {
    const before = month;
    turn();
    look();
    if (month !== before) options.onFigures();
  };
  const watch = async (): Promise<void> => {
    while (!ends.signal.aborted) {
      const untilTurn = startOfNext(monthOf(clock.now())) - clock.now();
      await clock.delay(Math.min(LOOK_EVERY_MS, untilTurn), ends.signal).catch(() => undefined);
      if (!ends.signal.aborted) turnAndLook();
    }
  };
  const watching = watch();

  return {
    look: turnAndLook,
    admit: (kind) => {
      turn();
      const refused = kind === 'pixel' && pixelStopped();
      count(kind);
      if (refused) count('pixel_refused');
      look();
      return !refused;
    },
    usage: () => {
      turn();
      const { limit } = options.limits();
      const share = total() / limit;
      return {
        month,
        webhook: counts.webhook,
        pixel: counts.pixel,
        other: counts.other,
        total: total(),
        pixelRefused: counts.pixel_refused,
        limit,
        projected: projectUsage(total(), clock.now()),
        level: share >= 1 ? 'over' : share >= RESERVE_SHARE ? 'reserve' : share >= WARN_SHARE ? 'warning' : 'ok',
        pixelStopped: pixelStopped(),
        resetsAt: toIso(startOfNext(month)),
      };
    },
    secondsToReset: () => Math.max(1, Math.ceil((startOfNext(monthOf(clock.now())) - clock.now()) / 1000)),
    close: async () => {
      ends.abort();
      await watching;
      await flushing;
      await write();
    },
  };
};
