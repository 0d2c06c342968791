import type { PixelRow } from '../../../shared/api.ts';
import { gridColumnHelper } from '../../components/grid-columns.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { PIXEL_OUTCOME, StatusBadge } from '../../components/status-badge.tsx';
import { shortShop } from '../../lib/format.ts';

const helper = gridColumnHelper<PixelRow>();

const name = helper.accessor('name', {
  id: 'name',
  header: 'Event',
  enableSorting: false,
  meta: { track: 'minmax(200px, 2fr)' },
  cell: ({ getValue }) => <span className="br-mono">{getValue()}</span>,
});
const url = helper.accessor('url', {
  id: 'url',
  header: 'Page',
  enableSorting: false,
  meta: { track: 'minmax(140px, 3fr)', from: 560 },
  cell: ({ getValue }) => (
    <span title={getValue() ?? ''}>
      {getValue()?.replace(/^https?:\/\/[^/]+/, '') || <span className="br-dim">–</span>}
    </span>
  ),
});
const clientId = helper.accessor('clientId', {
  id: 'clientId',
  header: 'Client',
  enableSorting: false,
  meta: { track: '96px', from: 820 },
  cell: ({ getValue }) => (
    <span className="br-mono br-dim" title={getValue() ?? ''}>
      {getValue()?.slice(0, 8) ?? '–'}
    </span>
  ),
});
const reason = helper.accessor('reason', {
  id: 'reason',
  header: 'Reason',
  enableSorting: false,
  meta: { track: 'minmax(160px, 4fr)' },
  cell: ({ getValue }) => <span title={getValue() ?? ''}>{getValue() ?? <span className="br-dim">–</span>}</span>,
});
const shop = helper.accessor('shop', {
  id: 'shop',
  header: 'Store',
  enableSorting: false,
  meta: { track: 'minmax(96px, 1.5fr)', from: 640 },
  cell: ({ getValue }) => <span title={getValue()}>{shortShop(getValue())}</span>,
});
const receivedAt = helper.accessor('receivedAt', {
  id: 'receivedAt',
  header: 'Received',
  enableSorting: false,
  meta: { track: '88px', align: 'end' },
  cell: ({ getValue }) => <RelativeTime iso={getValue()} />,
});
const outcome = helper.accessor('outcome', {
  id: 'outcome',
  header: 'Outcome',
  enableSorting: false,
  // Beside open details the event's whole name matters more; the tab says the outcome.
  meta: { track: '112px', from: 640 },
  cell: ({ getValue }) => <StatusBadge look={PIXEL_OUTCOME[getValue()]} />,
});

export const acceptedColumns = helper.columns([outcome, name, url, clientId, shop, receivedAt]);
export const quarantinedColumns = helper.columns([outcome, name, reason, shop, receivedAt]);
