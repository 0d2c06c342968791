import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EvidenceCheck, EvidenceEntry } from '../../../shared/api/privacy.ts';
import { trpc } from '../../api/trpc.ts';
import { CopyButton } from '../../components/copy-text.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { gridColumnHelper } from '../../components/grid-columns.ts';
import { IconAlertTriangle, IconShieldCheck } from '../../components/icons.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { useLiveSource } from '../../components/use-live-source.ts';
import { formatCount, plural, shortShop } from '../../lib/format.ts';
import { EntryList } from './entry-list.tsx';
import { entryWords } from './words.ts';

const helper = gridColumnHelper<EvidenceEntry>();
const columns = helper.columns([
  helper.accessor('seq', {
    id: 'seq',
    header: 'No.',
    enableSorting: false,
    meta: { track: '56px', align: 'end' },
    cell: ({ getValue }) => formatCount(getValue()),
  }),
  helper.accessor('kind', {
    id: 'what',
    header: 'What happened',
    enableSorting: false,
    meta: { track: 'minmax(200px, 4fr)' },
    cell: ({ row }) => {
      const words = entryWords(row.original);
      return (
        <span className="br-ellipsis" title={words}>
          {words}
        </span>
      );
    },
  }),
  helper.accessor('shop', {
    id: 'shop',
    header: 'Store',
    enableSorting: false,
    meta: { track: 'minmax(96px, 1.5fr)', from: 640 },
    cell: ({ getValue }) => <span className="br-dim">{shortShop(getValue() ?? '')}</span>,
  }),
  helper.accessor('requestId', {
    id: 'request',
    header: 'Request',
    enableSorting: false,
    meta: { track: '80px', from: 640 },
    cell: ({ getValue }) => {
      const id = getValue();
      return id === null ? (
        <span className="br-dim">–</span>
      ) : (
        <Link to="/privacy" search={{ id }}>
          Open
        </Link>
      );
    },
  }),
  helper.accessor('hash', {
    id: 'hash',
    header: 'Hash',
    enableSorting: false,
    meta: { track: '112px', from: 760 },
    cell: ({ getValue }) => (
      <span className="br-mono br-dim" title={getValue()}>
        {getValue().slice(0, 12)}
      </span>
    ),
  }),
  helper.accessor('at', {
    id: 'at',
    header: 'When',
    enableSorting: false,
    meta: { track: '88px', align: 'end' },
    cell: ({ getValue }) => <RelativeTime iso={getValue()} />,
  }),
]);
const rowId = (row: EvidenceEntry): string => String(row.seq);

/** The log that proves what was done, with its check and its report. */
export const EvidenceTab = () => {
  const options = trpc.privacy.evidence.infiniteQueryOptions(
    { limit: 100 },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const source = useLiveSource<EvidenceEntry>(useInfiniteQuery(options), options.queryKey, rowId);
  // Asked for by the button only: it reads the whole log.
  const check = useQuery(trpc.privacy.checkEvidence.queryOptions(undefined, { enabled: false, gcTime: 0 }));
  return (
    <>
      <div className="br-toolbar">
        <Button
          leftSection={<IconShieldCheck size={14} aria-hidden />}
          loading={check.isFetching}
          onClick={() => check.refetch()}
        >
          Check the log
        </Button>
        <Button component="a" href="/api/v1/privacy/evidence/report.html" download>
          Report as HTML
        </Button>
        <Button component="a" href="/api/v1/privacy/evidence/report.json" download>
          Report as JSON
        </Button>
        <div className="br-spacer" />
        <span className="br-dim">Holds no personal data. Each entry is chained to the one before.</span>
      </div>
      {check.error !== null && (
        <ErrorState error={check.error} title="The log could not be checked" onRetry={() => check.refetch()} />
      )}
      {check.data !== undefined && <CheckResult result={check.data} />}
      <EntryList
        label="Evidence, newest first"
        name="evidence"
        failure="The evidence could not be loaded"
        columns={columns}
        source={source}
        rowId={rowId}
        empty={
          <EmptyState icon={IconShieldCheck} title="Nothing to prove yet">
            What is done about privacy requests is written here and can’t be changed afterwards.
          </EmptyState>
        }
      />
    </>
  );
};

const CheckResult = ({ result }: { readonly result: EvidenceCheck }) => (
  <div
    className="br-note br-privacy-check"
    data-tone={result.ok ? 'ok' : 'bad'}
    role="status"
    data-testid="evidence-check"
  >
    {result.ok ? <IconShieldCheck size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}
    <div>
      {result.ok
        ? `The log is whole: ${plural(result.entries, 'entry', 'entries')}, none changed, none missing.`
        : `The log is not whole at entry ${result.problem?.seq ?? '?'}. ${result.problem?.message ?? ''}`}{' '}
      <span className="br-dim">
        Checked <RelativeTime iso={result.checkedAt} />. Last hash{' '}
        <span className="br-mono">{result.head.slice(0, 16)}…</span>
      </span>
      <CopyButton value={result.head} label="hash of the last entry" />
    </div>
  </div>
);
