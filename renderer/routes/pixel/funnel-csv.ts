import type { PixelFunnel, PixelHealth, PixelOrderCause, PixelOrderGaps } from '../../../shared/api.ts';

type Row = readonly (string | number)[];

export const ORDER_CAUSES: readonly PixelOrderCause[] = ['consent', 'blocked', 'late', 'quarantined', 'off'];

/** A cell as spreadsheets read it; a formula in a product's name stays text. */
const cell = (value: string | number): string => {
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csv = (rows: readonly Row[]): string => rows.map((row) => row.map(cell).join(',')).join('\r\n');

const orderRows = (orders: NonNullable<PixelFunnel['orders']>): Row[] => [
  ['orders', 'number'],
  ['total', orders.total],
  ['seen', orders.seen],
  ...ORDER_CAUSES.map((cause) => [`not_seen_${cause}`, orders.causes[cause]]),
  ['without_browser', orders.offline],
  ['events_without_order', orders.withoutOrder],
];

export const funnelCsv = (funnel: PixelFunnel): string =>
  csv([
    ['from', 'sessions', 'viewed', 'added_to_cart', 'started_checkout', 'paid'],
    ...funnel.series.map((point) => [point.at, point.sessions, point.viewed, point.added, point.started, point.paid]),
    [],
    ['period', 'sessions', 'viewed', 'added_to_cart', 'started_checkout', 'paid'],
    ...(['current', 'previous'] as const).map((period) => [
      period,
      funnel[period].sessions,
      funnel[period].viewed,
      funnel[period].added,
      funnel[period].started,
      funnel[period].paid,
    ]),
    [],
    ['list', 'name', 'seen', 'added_to_cart', 'paid'],
    ...(['products', 'searches', 'sources'] as const).flatMap((list) =>
      funnel[list].map((row) => [list, row.label, row.seen, row.added, row.paid]),
    ),
    ...(funnel.orders === null ? [] : [[], ...orderRows(funnel.orders)]),
  ]);

/** The numbers by cause, then each missing order, then each paid session without one. */
export const ordersCsv = (orders: NonNullable<PixelFunnel['orders']>, gaps: PixelOrderGaps): string =>
  csv([
    ...orderRows(orders),
    [],
    ['order', 'order_id', 'store', 'placed_at', 'why_not_seen'],
    ...gaps.unseen.map((order) => [order.name, order.orderId, order.shop, order.at, order.cause]),
    [],
    ['session', 'order_id', 'store', 'paid_at', 'source'],
    ...gaps.orphans.map((orphan) => [orphan.sessionId, orphan.orderId ?? '', orphan.shop, orphan.at, orphan.source]),
  ]);

/** The chart's numbers, those that it leaves out included, then the counts by event and by version. */
export const healthCsv = (health: PixelHealth): string =>
  csv([
    ['from', 'accepted', 'duplicates', 'quarantined', 'over_the_limit', 'withheld'],
    ...health.series.map((point) => [
      point.at,
      point.accepted,
      point.duplicate,
      point.quarantined,
      point.limited,
      point.withheld,
    ]),
    [],
    ['event', 'accepted', 'quarantined'],
    ...health.names.map((row) => [row.name, row.accepted, row.quarantined]),
    [],
    ['version', 'accepted', 'quarantined', 'duplicates', 'withheld', 'delay_ms'],
    ...health.versions.map((row) => [
      row.version,
      row.accepted,
      row.quarantined,
      row.duplicate,
      row.withheld,
      row.lagMs === null ? '' : Math.round(row.lagMs),
    ]),
  ]);
