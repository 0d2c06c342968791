import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SuppressionRow } from '../../../shared/api/privacy.ts';
import { trpc } from '../../api/trpc.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { gridColumnHelper } from '../../components/grid-columns.ts';
import { IconShieldCheck } from '../../components/icons.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { useLiveSource } from '../../components/use-live-source.ts';
import { shortShop } from '../../lib/format.ts';
import { EntryList } from './entry-list.tsx';
import { SuppressionCheckForm } from './suppression-check.tsx';
import { SUPPRESSED_WORDS } from './words.ts';

const SHORT_DIGEST = 10;
const helper = gridColumnHelper<SuppressionRow>();
const columns = helper.columns([
  helper.accessor('kind', {
    id: 'kind',
    header: 'Identifier',
    enableSorting: false,
    meta: { track: 'minmax(128px, 1fr)' },
    cell: ({ getValue }) => SUPPRESSED_WORDS[getValue()],
  }),
  helper.accessor('digest', {
    id: 'digest',
    header: 'Digest',
    enableSorting: false,
    meta: { track: 'minmax(112px, 1fr)' },
    cell: ({ getValue }) => (
      <span className="br-mono br-dim" title={getValue()}>
        {getValue().slice(0, SHORT_DIGEST)}
      </span>
    ),
  }),
  helper.accessor('request', {
    id: 'request',
    header: 'Erased by',
    enableSorting: false,
    meta: { track: 'minmax(104px, 1fr)' },
    cell: ({ getValue }) => {
      const request = getValue();
      return request === null ? (
        <span className="br-dim" title="Added before this was kept">
          –
        </span>
      ) : (
        <Link to="/privacy" search={{ id: request.id }}>
          Request {request.number}
        </Link>
      );
    },
  }),
  helper.accessor(({ request }) => request?.shop ?? '', {
    id: 'shop',
    header: 'Store',
    enableSorting: false,
    meta: { track: 'minmax(96px, 1.5fr)', from: 640 },
    cell: ({ getValue }) => <span title={getValue()}>{shortShop(getValue())}</span>,
  }),
  helper.accessor('erasedAt', {
    id: 'erasedAt',
    header: 'Added',
    enableSorting: false,
    meta: { track: '96px', align: 'end' },
    cell: ({ getValue }) => <RelativeTime iso={getValue()} />,
  }),
]);
const rowId = (row: SuppressionRow): string => row.digest;

/** Who is kept out, as far as it can be told without naming anybody, and a question whether somebody is. */
export const SuppressionTab = () => {
  const options = trpc.privacy.suppressions.infiniteQueryOptions(
    { limit: 100 },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const source = useLiveSource<SuppressionRow>(useInfiniteQuery(options), options.queryKey, rowId);
  return (
    <>
      <SuppressionCheckForm />
      <EntryList
        label="Suppressed identifiers, newest first"
        name="suppression"
        failure="The suppression list could not be loaded"
        columns={columns}
        source={source}
        rowId={rowId}
        empty={
          <EmptyState icon={IconShieldCheck} title="Nobody is on the list">
            An erasure puts the person’s id, e-mail addresses and phone numbers here as digests, from which nobody can
            tell who it was. A later import or webhook can’t bring them back.
          </EmptyState>
        }
      />
    </>
  );
};
