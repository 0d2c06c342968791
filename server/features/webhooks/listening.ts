import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { GapCause, WebhookGaps } from './gaps.ts';

/** How often it looks, and so how exactly a gap's beginning is known. */
const LOOK_MS = 15_000;
/** Shorter than this is no gap worth a line: Shopify itself sends again what was not answered. */
const SHORTEST_GAP_MS = 2 * 60_000;

/** What can keep deliveries away while the program runs. */
export type Obstacle = Extract<GapCause, 'tunnel' | 'storage'>;

/**
 * Knows until when deliveries could reach this computer. When they can again, after it was closed, asleep, cut off from the tunnel or
 * could not store anything for a while, a gap of each connected store begins, which the next sync fills.
 */
export interface Listening {
  /** Looks at the time before this start; to be called before anything syncs. */
  start(): Promise<void>;
  /** Looks now, e.g. after the computer woke up or the tunnel came back. Answers whether a gap was found. */
  look(): Promise<boolean>;
  close(): Promise<void>;
}

const SAVE = `
INSERT INTO webhook_listening (id, until_at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET until_at = excluded.until_at`;

export const createListening = (options: {
  db: Database;
  clock: Clock;
  gaps: Pick<WebhookGaps, 'begin'>;
  /** Why no delivery can be taken now, as far as is known; null: they can come. */
  obstacle: () => Obstacle | null;
  shops: () => readonly { readonly shop: string; readonly connectedAt: string }[];
  /** Gaps began after the start: something should fill them soon. */
  onGap: () => void;
  onError: (error: unknown) => void;
}): Listening => {
  const { db, clock, gaps } = options;
  const stop = new AbortController();
  /** Milliseconds; null: never before. */
  let until: number | null = null;
  let lastLook: number | null = null;
  /** Why deliveries can't come, should it turn out that they could not. */
  let cause: GapCause = 'downtime';
  let looking: Promise<boolean> | null = null;
  let loop: Promise<void> = Promise.resolve();

  const lookOnce = async (): Promise<boolean> => {
    const now = clock.now();
    if (lastLook !== null && now - lastLook > SHORTEST_GAP_MS) cause = 'sleep';
    lastLook = now;
    const obstacle = options.obstacle();
    if (obstacle !== null) {
      if (cause === 'tunnel') cause = obstacle;
      return false;
    }
    const from = until;
    const isGap = from !== null && now - from > SHORTEST_GAP_MS;
    if (from !== null && isGap)
      for (const { shop, connectedAt } of options.shops()) {
        const begin = Math.max(from, Date.parse(connectedAt));
        if (now - begin > SHORTEST_GAP_MS) await gaps.begin({ shop, cause, from: toIso(begin), to: toIso(now) });
      }
    if (until === null || Math.abs(now - until) >= LOOK_MS) {
      await db.writeStatements((connection) => connection.run(SAVE, toIso(now)));
      until = now;
    }
    // Until something else is seen, time can only be lost to the tunnel.
    cause = 'tunnel';
    return isGap;
  };
  const look = (): Promise<boolean> => {
    looking ??= lookOnce().finally(() => {
      looking = null;
    });
    return looking;
  };

  const watch = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        await clock.delay(LOOK_MS, stop.signal);
        if (await look()) options.onGap();
      } catch (error) {
        if (!stop.signal.aborted) options.onError(error);
      }
    }
  };

  return {
    start: async () => {
      const [row] = await db.read<{ at: string }>('SELECT until_at AS at FROM webhook_listening');
      until = row ? Date.parse(row.at) : null;
      await look();
      loop = watch();
    },
    look,
    close: async () => {
      stop.abort();
      await loop;
      if (options.obstacle() === null && until !== null)
        await db.writeStatements((connection) => connection.run(SAVE, toIso(clock.now())));
    },
  };
};
