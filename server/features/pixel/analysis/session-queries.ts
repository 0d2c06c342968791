import type { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import { AppError } from '../../../../shared/errors.ts';
import { toIso } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { STEPS } from './facts.ts';
import type { SessionRow } from './sessions.ts';

type Session = z.output<typeof api.PixelSession>;

/** How a session and an order know each other: the checkout of both, or the order's id that the checkout's end named. */
export interface OrderOfSession {
  readonly shop: string;
  readonly checkoutToken: string | null;
  readonly orderId: string | null;
}

/** What is known of the orders of sessions, by whoever syncs them. */
export interface SessionOrdersPort {
  /** In the order of what is asked; null where the order is not here. */
  ofSessions(asked: readonly OrderOfSession[]): Promise<readonly ({ id: string; name: string } | null)[]>;
}

/** What a list reads of a session; erasure may have emptied its client. */
type ListedRow = Omit<SessionRow, 'client_id' | 'completed_at'> & { client_id: string | null };

const COLUMNS =
  'id, shop, client_id, started_at, last_at, steps, events, source, landing, checkout_token, order_id, path';

const reachedOf = (steps: number): Session['reached'] => {
  if (steps & STEPS.paid) return 'paid';
  if (steps & STEPS.started) return 'started';
  if (steps & STEPS.added) return 'added';
  return steps & STEPS.viewed ? 'viewed' : 'visited';
};

/** A text column that erasure may have emptied is no list any more. */
const pathOf = (text: string): { t: number; n: string; p: string | null }[] => {
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? (parsed as { t: number; n: string; p: string | null }[]) : [];
};

export const createSessionQueries = ({ db, orders }: { db: Database; orders: SessionOrdersPort }) => {
  const toSessions = async (rows: readonly ListedRow[]): Promise<Session[]> => {
    const known = await orders.ofSessions(
      rows.map((row) => ({ shop: row.shop, checkoutToken: row.checkout_token, orderId: row.order_id })),
    );
    return rows.map((row, index) => ({
      id: String(row.id),
      shop: row.shop,
      clientId: row.client_id,
      startedAt: toIso(row.started_at),
      lastAt: toIso(row.last_at),
      events: row.events,
      source: row.source,
      landing: row.landing,
      reached: reachedOf(row.steps),
      orderId: row.order_id,
      order: known[index] ?? null,
      path: pathOf(row.path).map((step) => ({ at: toIso(step.t * 1000), name: step.n, page: step.p })),
    }));
  };

  return {
    /** Newest first by when they began to be known. */
    sessions: async ({
      shop,
      cursor,
      limit,
    }: z.output<typeof api.PixelSessionsInput>): Promise<z.output<typeof api.PixelSessionPage>> => {
      const before = cursor ? Number(cursor) : Number.MAX_SAFE_INTEGER;
      if (!Number.isSafeInteger(before)) throw new AppError('BAD_REQUEST', 'This is not the place of a session.');
      // `+`: by an index of the store SQLite would sort all its sessions to find the newest.
      const rows = await db.read<ListedRow>(
        `SELECT ${COLUMNS} FROM pixel_sessions WHERE id < ? ${shop === undefined ? '' : 'AND +shop = ?'} ORDER BY id DESC LIMIT ?`,
        [before, ...(shop === undefined ? [] : [shop]), limit + 1],
      );
      const items = await toSessions(rows.slice(0, limit));
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
    /** One session, by its own id or as the one that a checkout ended in. */
    session: async (
      input: z.output<typeof api.PixelSessionInput>,
    ): Promise<z.output<typeof api.PixelSessionOutput>> => {
      const rows =
        'id' in input
          ? await db.read<ListedRow>(`SELECT ${COLUMNS} FROM pixel_sessions WHERE id = ?`, [Number(input.id)])
          : await db.read<ListedRow>(
              `SELECT ${COLUMNS} FROM pixel_sessions WHERE shop = ? AND checkout_token = ? ORDER BY id DESC LIMIT 1`,
              [input.shop, input.checkoutToken],
            );
      const [session] = await toSessions(rows);
      return { session: session ?? null };
    },
  };
};
