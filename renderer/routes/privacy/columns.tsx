import type { PrivacyRow } from '../../../shared/api/privacy.ts';
import { gridColumnHelper } from '../../components/grid-columns.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { shortShop } from '../../lib/format.ts';
import { formatExact } from '../../lib/time.ts';
import { deadlineLook, stateLook } from './looks.ts';
import { KIND_WORDS } from './words.ts';

export const Deadline = ({ row }: { readonly row: PrivacyRow }) => {
  const look = deadlineLook(row);
  if (look === null)
    return row.closedAt === null ? null : (
      <span className="br-dim">
        closed <RelativeTime iso={row.closedAt} />
      </span>
    );
  return (
    <span title={`Due ${formatExact(row.dueAt)}`}>
      <StatusBadge look={look} />
    </span>
  );
};

const helper = gridColumnHelper<PrivacyRow>();

export const privacyColumns = helper.columns([
  helper.accessor('number', {
    id: 'number',
    header: 'No.',
    enableSorting: false,
    meta: { track: '48px', align: 'end' },
    cell: ({ getValue }) => getValue(),
  }),
  helper.accessor('state', {
    id: 'state',
    header: 'State',
    enableSorting: false,
    meta: { track: '112px' },
    cell: ({ row }) => <StatusBadge look={stateLook(row.original)} />,
  }),
  helper.accessor('kind', {
    id: 'kind',
    header: 'What',
    enableSorting: false,
    meta: { track: 'minmax(116px, 1fr)' },
    cell: ({ getValue }) => KIND_WORDS[getValue()],
  }),
  helper.accessor('label', {
    id: 'label',
    header: 'About',
    enableSorting: false,
    meta: { track: 'minmax(104px, 1.5fr)', from: 560 },
    cell: ({ getValue }) => <span className="br-ellipsis">{getValue()}</span>,
  }),
  helper.accessor('shop', {
    id: 'shop',
    header: 'Store',
    enableSorting: false,
    meta: { track: 'minmax(96px, 1.5fr)', from: 760 },
    cell: ({ getValue }) => <span title={getValue()}>{shortShop(getValue())}</span>,
  }),
  helper.accessor('source', {
    id: 'source',
    header: 'From',
    enableSorting: false,
    meta: { track: '80px', from: 860 },
    cell: ({ getValue }) => <span className="br-dim">{getValue() === 'shopify' ? 'Shopify' : 'By hand'}</span>,
  }),
  helper.accessor('receivedAt', {
    id: 'receivedAt',
    header: 'Received',
    enableSorting: false,
    meta: { track: '88px', align: 'end', from: 720 },
    cell: ({ getValue }) => <RelativeTime iso={getValue()} />,
  }),
  helper.accessor('dueAt', {
    id: 'dueAt',
    header: 'Deadline',
    enableSorting: false,
    meta: { track: '128px' },
    cell: ({ row }) => <Deadline row={row.original} />,
  }),
]);
