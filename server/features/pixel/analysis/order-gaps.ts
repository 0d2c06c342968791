import type { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import { type Clock, toIso } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { eventKey } from '../event-key.ts';
import { eachShopOf, GRAINS } from '../rollups.ts';
import { STEPS } from './facts.ts';

type Orders = NonNullable<z.output<typeof api.PixelFunnel>['orders']>;
type Gaps = z.output<typeof api.PixelOrderGaps>;
type Cause = z.output<typeof api.PixelOrderCause>;

export interface KnownOrder {
  readonly id: string;
  readonly name: string;
  readonly shop: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly checkoutToken: string | null;
}

/** What is known of orders, by whoever syncs them. */
export interface OrdersPort {
  /** Null while the store's orders (or, without a store, anybody's) are not here. Times are milliseconds. */
  between(shop: string | undefined, from: number, to: number): Promise<readonly KnownOrder[] | null>;
}

/** Events of a checkout that ended so recently may still be on their way. */
const ON_ITS_WAY_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
const MAX_ROWS = 20_000;
const MAX_QUARANTINED = 2000;
const LISTED = 200;

interface PaidSession {
  readonly id: number;
  readonly shop: string;
  readonly last_at: number;
  readonly source: string;
  readonly checkout_token: string | null;
  readonly order_id: string | null;
}

type PackedSession = [
  id: number,
  shop: string,
  lastAt: number,
  source: string,
  checkoutToken: string | null,
  orderId: string | null,
];

const keyOf = (shop: string, value: string): string => `${shop} ${value}`;

/** The checkout of an event that need not be whole JSON. */
const tokenIn = (raw: string): string | null => /"token":"([^"\\]{1,100})"/.exec(raw)?.[1] ?? null;

/** Compares orders with what the pixel saw, and finds out of each missing one why it is missing, as far as that can be known. */
export const createOrderGaps = (options: { db: Database; clock: Clock; orders: OrdersPort }) => {
  const { db, clock } = options;

  const setOf = async <Row>(sql: string, params: (string | number)[], toKey: (row: Row) => string | null) => {
    const rows = await db.read<Row>(sql, params);
    return new Set(rows.map(toKey).filter((key) => key !== null));
  };

  const createCauseOf = async (unseen: readonly KnownOrder[], from: number): Promise<(order: KnownOrder) => Cause> => {
    const checkouts = unseen.flatMap(({ shop, checkoutToken }) =>
      checkoutToken === null ? [] : [[shop, checkoutToken] as const],
    );
    const [withheld, quarantined, begun, receiving] = await Promise.all([
      setOf<{ checkout_key: number }>(
        'SELECT checkout_key FROM pixel_withheld WHERE checkout_key IN (SELECT value FROM json_each(?))',
        [JSON.stringify(checkouts.map(([shop, token]) => eventKey(shop, token)))],
        (row) => String(row.checkout_key),
      ),
      setOf<{ shop: string; raw: string }>(
        `SELECT shop, raw FROM pixel_quarantine WHERE received_at >= ? AND name = 'checkout_completed' ORDER BY received_at DESC LIMIT ?`,
        [from - DAY_MS, MAX_QUARANTINED],
        ({ shop, raw }) => {
          const token = tokenIn(raw);
          return token === null ? null : keyOf(shop, token);
        },
      ),
      setOf<{ shop: string; checkout_token: string }>(
        `SELECT s.shop, s.checkout_token FROM json_each(?) AS k CROSS JOIN pixel_sessions AS s
          ON s.shop = k.value->>0 AND s.checkout_token = k.value->>1`,
        [JSON.stringify(checkouts)],
        (row) => keyOf(row.shop, row.checkout_token),
      ),
      setOf<{ shop: string; at: number }>(
        `SELECT DISTINCT shop, at FROM pixel_rollups WHERE ${eachShopOf('pixel_rollups')} AND grain = ? AND at >= ? AND outcome = 'accepted'`,
        [GRAINS.hour, Math.floor(from / 1000) - GRAINS.hour],
        (row) => keyOf(row.shop, String(row.at)),
      ),
    ]);
    return ({ shop, checkoutToken, at }) => {
      const token = checkoutToken ?? '';
      if (withheld.has(String(eventKey(shop, token)))) return 'consent';
      if (quarantined.has(keyOf(shop, token))) return 'quarantined';
      if (begun.has(keyOf(shop, token)) || clock.now() - at < ON_ITS_WAY_MS) return 'late';
      const seconds = Math.floor(at / 1000);
      return receiving.has(keyOf(shop, String(seconds - (seconds % GRAINS.hour)))) ? 'blocked' : 'off';
    };
  };

  const compare = async (
    shop: string | undefined,
    from: number,
    to: number,
  ): Promise<{ counts: Orders; unseen: { order: KnownOrder; cause: Cause }[]; orphans: PaidSession[] } | null> => {
    const orders = await options.orders.between(shop, from, to);
    if (orders === null) return null;
    // As one text: handing over ten thousand rows would hold the main thread ten times as long.
    const [packed] = await db.read<{ rows: string }>(
      `SELECT json_group_array(json_array(id, shop, last_at, source, checkout_token, order_id)) AS rows FROM (
        SELECT id, shop, last_at, source, checkout_token, order_id FROM pixel_sessions INDEXED BY pixel_sessions_paid
        WHERE started_at >= ? AND started_at < ? AND steps & ${STEPS.paid} AND ${shop === undefined ? eachShopOf('pixel_sessions') : 'shop = ?'}
        ORDER BY id DESC LIMIT ?)`,
      [from - DAY_MS, to, ...(shop === undefined ? [] : [shop]), MAX_ROWS],
    );
    const paid = (JSON.parse(packed?.rows ?? '[]') as PackedSession[]).map(
      ([id, owner, last_at, source, checkout_token, order_id]): PaidSession => ({
        id,
        shop: owner,
        last_at,
        source,
        checkout_token,
        order_id,
      }),
    );
    const namesOf = (owner: string, token: string | null, id: string | null): string[] => [
      ...(token === null ? [] : [keyOf(owner, `token ${token}`)]),
      ...(id === null ? [] : [keyOf(owner, `id ${id}`)]),
    ];
    const seenNames = new Set(paid.flatMap((row) => namesOf(row.shop, row.checkout_token, row.order_id)));
    const knownNames = new Set(orders.flatMap((order) => namesOf(order.shop, order.checkoutToken, order.id)));
    const online = orders.filter((order) => order.checkoutToken !== null);
    const missing = online.filter(
      (order) => !namesOf(order.shop, order.checkoutToken, order.id).some((name) => seenNames.has(name)),
    );
    const causeOf = await createCauseOf(missing, from);
    const unseen = missing.map((order) => ({ order, cause: causeOf(order) }));
    const orphans = paid.filter(
      (row) =>
        row.last_at >= from &&
        !namesOf(row.shop, row.checkout_token, row.order_id).some((name) => knownNames.has(name)),
    );
    const causes = { consent: 0, quarantined: 0, late: 0, off: 0, blocked: 0 };
    for (const { cause } of unseen) causes[cause] += 1;
    return {
      counts: {
        total: orders.length,
        seen: online.length - missing.length,
        offline: orders.length - online.length,
        withoutOrder: orphans.length,
        causes,
      },
      unseen,
      orphans,
    };
  };

  return {
    counts: async (shop: string | undefined, from: number, to: number): Promise<Orders | null> =>
      (await compare(shop, from, to))?.counts ?? null,
    list: async (shop: string | undefined, from: number, to: number): Promise<Gaps> => {
      const found = await compare(shop, from, to);
      if (found === null) return { unseen: [], orphans: [], isCut: false };
      const newest = found.unseen.sort((a, b) => b.order.at - a.order.at);
      return {
        unseen: newest.slice(0, LISTED).map(({ order, cause }) => ({
          orderId: order.id,
          name: order.name,
          shop: order.shop,
          at: toIso(order.at),
          cause,
        })),
        orphans: found.orphans.slice(0, LISTED).map((row) => ({
          sessionId: String(row.id),
          orderId: row.order_id,
          shop: row.shop,
          at: toIso(row.last_at),
          source: row.source,
        })),
        isCut: newest.length > LISTED || found.orphans.length > LISTED,
      };
    },
  };
};
