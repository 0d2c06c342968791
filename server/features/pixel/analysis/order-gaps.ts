import type { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import { type Clock, toIso } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { eventKey } from '../event-key.ts';
import { eachShopOf, GRAINS, shopsIn } from '../rollups.ts';
import { STEPS } from './facts.ts';

type Orders = NonNullable<z.output<typeof api.PixelFunnel>['orders']>;
type Gaps = z.output<typeof api.PixelOrderGaps>;
type Cause = z.output<typeof api.PixelOrderCause>;

/** Orders of one store, a list for each column: ten thousand of them as objects would hold the main thread several times as long. */
export interface KnownOrders {
  readonly shop: string;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** Milliseconds since the epoch. */
  readonly times: readonly number[];
  readonly checkoutTokens: readonly (string | null)[];
}

/** What is known of orders, by whoever syncs them. */
export interface OrdersPort {
  /** By store. Null while the store's orders (or, without a store, anybody's) are not here. Times are milliseconds. */
  between(shop: string | undefined, from: number, to: number): Promise<readonly KnownOrders[] | null>;
}

/** Events of a checkout that ended so recently may still be on their way. */
const ON_ITS_WAY_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
const MAX_ROWS = 20_000;
const MAX_QUARANTINED = 2000;
const LISTED = 200;

interface UnseenOrder {
  readonly id: string;
  readonly name: string;
  readonly shop: string;
  readonly at: number;
  readonly checkoutToken: string;
}

/** Paid sessions of one store, a list for each column as with orders; newest first. */
interface PaidSessions {
  readonly ids: readonly number[];
  readonly ends: readonly number[];
  readonly checkoutTokens: readonly (string | null)[];
  readonly orderIds: readonly (string | null)[];
}

/** A paid session whose order is not here. */
interface Orphan {
  readonly id: number;
  readonly shop: string;
  readonly at: number;
  readonly orderId: string | null;
}

const PAID = `SELECT json_group_array(id) AS ids, json_group_array(last_at) AS ends, json_group_array(checkout_token) AS checkoutTokens,
  json_group_array(order_id) AS orderIds FROM (
    SELECT id, last_at, checkout_token, order_id FROM pixel_sessions INDEXED BY pixel_sessions_paid
    WHERE shop = ? AND started_at >= ? AND started_at < ? AND steps & ${STEPS.paid} ORDER BY started_at DESC LIMIT ${MAX_ROWS})`;

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

  const createCauseOf = async (
    unseen: readonly UnseenOrder[],
    from: number,
  ): Promise<(order: UnseenOrder) => Cause> => {
    const checkouts = unseen.map(({ shop, checkoutToken }) => [shop, checkoutToken] as const);
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
      if (withheld.has(String(eventKey(shop, checkoutToken)))) return 'consent';
      if (quarantined.has(keyOf(shop, checkoutToken))) return 'quarantined';
      if (begun.has(keyOf(shop, checkoutToken)) || clock.now() - at < ON_ITS_WAY_MS) return 'late';
      const seconds = Math.floor(at / 1000);
      return receiving.has(keyOf(shop, String(seconds - (seconds % GRAINS.hour)))) ? 'blocked' : 'off';
    };
  };

  const paidOf = async (shop: string, from: number, to: number): Promise<PaidSessions> => {
    const [row] = await db.read<Record<keyof PaidSessions, string>>(PAID, [shop, from, to]);
    const list = <Value>(column: keyof PaidSessions) => JSON.parse(row?.[column] ?? '[]') as readonly Value[];
    return {
      ids: list('ids'),
      ends: list('ends'),
      checkoutTokens: list('checkoutTokens'),
      orderIds: list('orderIds'),
    };
  };

  /** Orders and paid sessions of one store know each other by checkout or by the order's id. */
  const compareStore = (
    shop: string,
    orders: KnownOrders | undefined,
    paid: PaidSessions,
    from: number,
  ): { total: number; offline: number; missing: UnseenOrder[]; orphans: Orphan[] } => {
    const seenCheckouts = new Set(paid.checkoutTokens);
    const seenIds = new Set(paid.orderIds);
    const knownIds = new Set(orders?.ids);
    const knownCheckouts = new Set(orders?.checkoutTokens);
    const missing: UnseenOrder[] = [];
    let offline = 0;
    orders?.ids.forEach((id, index) => {
      const checkoutToken = orders.checkoutTokens[index] ?? null;
      if (checkoutToken === null) offline += 1;
      else if (!seenCheckouts.has(checkoutToken) && !seenIds.has(id))
        missing.push({ id, name: orders.names[index] ?? '', shop, at: orders.times[index] ?? 0, checkoutToken });
    });
    const orphans: Orphan[] = [];
    paid.ids.forEach((id, index) => {
      const at = paid.ends[index] ?? 0;
      const checkoutToken = paid.checkoutTokens[index] ?? null;
      const orderId = paid.orderIds[index] ?? null;
      const isKnown =
        (checkoutToken !== null && knownCheckouts.has(checkoutToken)) || (orderId !== null && knownIds.has(orderId));
      if (at >= from && !isKnown) orphans.push({ id, shop, at, orderId });
    });
    return { total: orders?.ids.length ?? 0, offline, missing, orphans };
  };

  const compare = async (
    shop: string | undefined,
    from: number,
    to: number,
  ): Promise<{ counts: Orders; unseen: { order: UnseenOrder; cause: Cause }[]; orphans: Orphan[] } | null> => {
    const known = await options.orders.between(shop, from, to);
    if (known === null) return null;
    const sending = shop === undefined ? await db.read<{ shop: string }>(shopsIn('pixel_sessions')) : [{ shop }];
    const shops = new Set([...known, ...sending].map((each) => each.shop));
    const compared = await Promise.all(
      [...shops].map(async (each) =>
        compareStore(
          each,
          known.find((orders) => orders.shop === each),
          await paidOf(each, from - DAY_MS, to),
          from,
        ),
      ),
    );
    const missing = compared.flatMap((each) => each.missing);
    const orphans = compared.flatMap((each) => each.orphans);
    const causeOf = await createCauseOf(missing, from);
    const unseen = missing.map((order) => ({ order, cause: causeOf(order) }));
    const causes = { consent: 0, quarantined: 0, late: 0, off: 0, blocked: 0 };
    for (const { cause } of unseen) causes[cause] += 1;
    const total = compared.reduce((sum, each) => sum + each.total, 0);
    const offline = compared.reduce((sum, each) => sum + each.offline, 0);
    return {
      counts: { total, seen: total - offline - missing.length, offline, withoutOrder: orphans.length, causes },
      unseen,
      orphans,
    };
  };

  const sourcesOf = async (sessions: readonly Orphan[]): Promise<Map<number, string>> => {
    const rows = await db.read<{ id: number; source: string }>(
      'SELECT id, source FROM pixel_sessions WHERE id IN (SELECT value FROM json_each(?))',
      [JSON.stringify(sessions.map(({ id }) => id))],
    );
    return new Map(rows.map(({ id, source }) => [id, source]));
  };

  return {
    counts: async (shop: string | undefined, from: number, to: number): Promise<Orders | null> =>
      (await compare(shop, from, to))?.counts ?? null,
    list: async (shop: string | undefined, from: number, to: number): Promise<Gaps> => {
      const found = await compare(shop, from, to);
      if (found === null) return { unseen: [], orphans: [], isCut: false };
      const newest = found.unseen.sort((a, b) => b.order.at - a.order.at);
      const orphans = found.orphans.sort((a, b) => b.id - a.id).slice(0, LISTED);
      const sources = await sourcesOf(orphans);
      return {
        unseen: newest.slice(0, LISTED).map(({ order, cause }) => ({
          orderId: order.id,
          name: order.name,
          shop: order.shop,
          at: toIso(order.at),
          cause,
        })),
        orphans: orphans.map(({ id, orderId, shop: owner, at }) => ({
          sessionId: String(id),
          orderId,
          shop: owner,
          at: toIso(at),
          source: sources.get(id) ?? '',
        })),
        isCut: newest.length > LISTED || found.orphans.length > LISTED,
      };
    },
  };
};
