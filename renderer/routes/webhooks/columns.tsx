import type { WebhookRow } from '../../../shared/api.ts';
import { gridColumnHelper } from '../../components/grid-columns.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { StatusBadge, WEBHOOK_STATE } from '../../components/status-badge.tsx';
import { formatBytes, formatCount, plural, shortShop } from '../../lib/format.ts';

const Duplicates = ({ count }: { readonly count: number }) => (
  <span
    className="br-chip"
    title={`The same webhook came ${plural(count, 'more time', 'more times')} and had no second effect`}
  >
    +{formatCount(count)}
    <span className="br-visually-hidden"> {count === 1 ? 'duplicate' : 'duplicates'}</span>
  </span>
);

const helper = gridColumnHelper<WebhookRow>();

export const webhookColumns = helper.columns([
  helper.accessor('state', {
    id: 'state',
    header: 'State',
    enableSorting: false,
    meta: { track: '104px' },
    cell: ({ getValue }) => <StatusBadge look={WEBHOOK_STATE[getValue()]} />,
  }),
  helper.accessor('topic', {
    id: 'topic',
    header: 'Topic',
    enableSorting: false,
    meta: { track: 'minmax(140px, 2fr)' },
    cell: ({ row }) => (
      <span className="br-topic">
        <span className="br-mono br-ellipsis">{row.original.topic}</span>
        {row.original.duplicates > 0 && <Duplicates count={row.original.duplicates} />}
      </span>
    ),
  }),
  helper.accessor('problem', {
    id: 'problem',
    header: 'Problem',
    enableSorting: false,
    meta: { track: 'minmax(120px, 3fr)', from: 760 },
    cell: ({ getValue }) => <span className="br-dim">{getValue()?.message}</span>,
  }),
  helper.accessor('shop', {
    id: 'shop',
    header: 'Store',
    enableSorting: false,
    meta: { track: 'minmax(96px, 1.5fr)', from: 520 },
    cell: ({ getValue }) => {
      const shop = getValue();
      return shop === null ? <span className="br-dim">unknown</span> : <span title={shop}>{shortShop(shop)}</span>;
    },
  }),
  helper.accessor('attempts', {
    id: 'attempts',
    header: 'Attempts',
    enableSorting: false,
    meta: { track: '64px', align: 'end', from: 820 },
    cell: ({ getValue }) => formatCount(getValue()),
  }),
  helper.accessor('bytes', {
    id: 'bytes',
    header: 'Size',
    enableSorting: false,
    meta: { track: '64px', align: 'end', from: 640 },
    cell: ({ getValue }) => formatBytes(getValue()),
  }),
  helper.accessor('receivedAt', {
    id: 'receivedAt',
    header: 'Received',
    enableSorting: false,
    meta: { track: '88px', align: 'end' },
    cell: ({ getValue }) => <RelativeTime iso={getValue()} />,
  }),
]);
