import { expect, it } from 'vitest';
import { funnelCsv, healthCsv, ordersCsv } from './funnel-csv.ts';

it('lists the numbers by cause, the orders and the sessions; a formula stays text', () => {
  const text = ordersCsv(
    {
      total: 5,
      seen: 2,
      offline: 1,
      withoutOrder: 1,
      causes: { consent: 1, blocked: 1, late: 0, quarantined: 0, off: 0 },
    },
    {
      unseen: [
        { orderId: '7', name: '=1+1', shop: 'a.myshopify.com', at: '2026-11-24T10:00:00.000Z', cause: 'blocked' },
      ],
      orphans: [
        { sessionId: '3', orderId: null, shop: 'a.myshopify.com', at: '2026-11-24T11:00:00.000Z', source: 'a, "b"' },
      ],
      isCut: false,
    },
  );
  expect(text.split('\r\n')).toEqual([
    'orders,number',
    'total,5',
    'seen,2',
    'not_seen_consent,1',
    'not_seen_blocked,1',
    'not_seen_late,0',
    'not_seen_quarantined,0',
    'not_seen_off,0',
    'without_browser,1',
    'events_without_order,1',
    '',
    'order,order_id,store,placed_at,why_not_seen',
    "'=1+1,7,a.myshopify.com,2026-11-24T10:00:00.000Z,blocked",
    '',
    'session,order_id,store,paid_at,source',
    '3,,a.myshopify.com,2026-11-24T11:00:00.000Z,"a, ""b"""',
  ]);
});

it('has every number of the funnel: by time, of both periods, and the lists', () => {
  const steps = { sessions: 9, viewed: 7, added: 4, started: 2, paid: 1 };
  const text = funnelCsv({
    from: '2026-11-24T00:00:00.000Z',
    to: '2026-11-25T00:00:00.000Z',
    current: steps,
    previous: { ...steps, sessions: 12 },
    series: [{ ...steps, at: '2026-11-24T10:00:00.000Z' }],
    products: [{ label: 'Mug, blue', seen: 3, added: 2, paid: 1 }],
    searches: [],
    sources: [{ label: 'direct', seen: 9, added: 4, paid: 1 }],
    orders: null,
    waiting: 0,
  });
  expect(text.split('\r\n')).toEqual([
    'from,sessions,viewed,added_to_cart,started_checkout,paid',
    '2026-11-24T10:00:00.000Z,9,7,4,2,1',
    '',
    'period,sessions,viewed,added_to_cart,started_checkout,paid',
    'current,9,7,4,2,1',
    'previous,12,7,4,2,1',
    '',
    'list,name,seen,added_to_cart,paid',
    'products,"Mug, blue",3,2,1',
    'sources,direct,9,4,1',
  ]);
});

it('has every number of the health chart and of the tables beside it', () => {
  const counts = { accepted: 8, quarantined: 2, duplicate: 1, limited: 4, withheld: 3 };
  const text = healthCsv({
    counts,
    received: 18,
    lagMs: 12.6,
    series: [{ ...counts, at: '2026-11-24T10:00:00.000Z' }],
    names: [{ name: 'page_viewed', accepted: 8, quarantined: 2 }],
    versions: [{ version: '', accepted: 8, quarantined: 2, duplicate: 1, withheld: 3, lagMs: 12.6 }],
    waiting: 0,
  });
  expect(text.split('\r\n')).toEqual([
    'from,accepted,duplicates,quarantined,over_the_limit,withheld',
    '2026-11-24T10:00:00.000Z,8,1,2,4,3',
    '',
    'event,accepted,quarantined',
    'page_viewed,8,2',
    '',
    'version,accepted,quarantined,duplicates,withheld,delay_ms',
    ',8,2,1,3,13',
  ]);
});
