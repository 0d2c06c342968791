import { expect, it } from 'vitest';
import { ordersCsv } from './funnel-csv.ts';

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
