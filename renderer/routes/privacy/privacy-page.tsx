import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { PrivacyKind, PrivacyRow } from '../../../shared/api/privacy.ts';
import { trpc } from '../../api/trpc.ts';
import { Choice } from '../../components/choice.tsx';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { IconPlus, IconShieldCheck } from '../../components/icons.ts';
import { StoreChoice } from '../../components/store-choice.tsx';
import { SummaryStrip } from '../../components/summary-strip.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { useLiveSource } from '../../components/use-live-source.ts';
import { listEnd } from '../../lib/list-words.ts';
import type { PrivacySearch } from '../../lib/search-params.ts';
import { privacyColumns } from './columns.tsx';
import { EnterDialog } from './enter-dialog.tsx';
import { EvidenceTab } from './evidence-tab.tsx';
import { RequestPane } from './request-pane.tsx';
import { SuppressionTab } from './suppression-tab.tsx';
import { KIND_WORDS } from './words.ts';

const rowId = (row: PrivacyRow): string => row.id;
const rowAttributes = (row: PrivacyRow) => ({ 'data-state': row.state, 'data-urgency': row.urgency });
const KINDS = (Object.entries(KIND_WORDS) as [PrivacyKind, string][]).map(([value, label]) => ({ value, label }));

export const PrivacyPage = () => {
  const search = useSearch({ from: '/privacy' });
  const navigate = useNavigate({ from: '/privacy' });
  const { data: summary } = useQuery(trpc.privacy.summary.queryOptions());
  const change = (next: Partial<PrivacySearch>, replace = false): void => {
    navigate({ search: (old) => ({ ...old, ...next }), replace }).catch((error: unknown) =>
      console.warn('Changing the view failed.', error),
    );
  };
  const tab = search.tab ?? 'requests';
  return (
    <>
      <SummaryStrip
        label="Privacy requests"
        loading={summary === undefined}
        items={[
          { name: 'Open', value: summary?.open },
          { name: 'Due within 7 days', value: summary?.due, tone: 'warn' },
          { name: 'Overdue', value: summary?.overdue, tone: 'bad' },
          { name: 'Need attention', value: summary?.failed, tone: 'bad' },
          { name: 'On hold', value: summary?.onHold },
          { name: 'Suppressed identifiers', value: summary?.suppressed },
        ]}
      />
      <Tabs
        label="Parts of privacy"
        value={tab}
        onChange={(value) => change({ tab: value === 'requests' ? undefined : value, id: undefined })}
        tabs={[
          { value: 'requests', label: 'Requests' },
          { value: 'suppressed', label: 'Suppression list' },
          { value: 'evidence', label: 'Evidence' },
        ]}
        extra={
          <Button
            variant="filled"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => change({ enter: true })}
          >
            Enter a request
          </Button>
        }
      >
        {tab === 'evidence' ? (
          <EvidenceTab />
        ) : tab === 'suppressed' ? (
          <SuppressionTab />
        ) : (
          <RequestsTab search={search} change={change} />
        )}
      </Tabs>
      {search.enter === true && (
        <EnterDialog
          onClose={() => change({ enter: undefined }, true)}
          onEntered={(id) =>
            change({ enter: undefined, tab: undefined, show: undefined, kind: undefined, shop: undefined, id }, true)
          }
        />
      )}
    </>
  );
};

interface TabProps {
  readonly search: PrivacySearch;
  readonly change: (next: Partial<PrivacySearch>, replace?: boolean) => void;
}

const RequestsTab = ({ search, change }: TabProps) => {
  const open = search.show !== 'closed';
  const options = trpc.privacy.list.infiniteQueryOptions(
    { show: search.show ?? 'open', kind: search.kind, shop: search.shop, limit: 100 },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const source = useLiveSource<PrivacyRow>(useInfiniteQuery(options), options.queryKey, rowId);
  const filtered = search.kind !== undefined || search.shop !== undefined;
  return (
    <>
      <div className="br-toolbar">
        <Choice
          label="Show"
          all="open"
          value={search.show}
          options={[{ value: 'closed', label: 'closed' }]}
          onChange={(show) => change({ show, id: undefined })}
        />
        <Choice
          label="Kind"
          all="all"
          value={search.kind}
          options={KINDS}
          onChange={(kind) => change({ kind, id: undefined })}
        />
        <StoreChoice value={search.shop} onChange={(shop) => change({ shop, id: undefined })} />
      </div>
      <div className="br-split">
        <div className="br-split-list">
          {source.error !== null && source.rows.length === 0 ? (
            <ErrorState error={source.error} title="The privacy requests could not be loaded" onRetry={source.retry} />
          ) : (
            <DataGrid
              label={open ? 'Open privacy requests, by deadline' : 'Closed privacy requests, newest first'}
              testId="privacy-table"
              rowTestId="privacy-row"
              columns={privacyColumns}
              rows={source.rows}
              rowId={rowId}
              rowAttributes={rowAttributes}
              rowHeight={32}
              total={source.hasMore ? null : source.rows.length}
              loading={source.loading}
              empty={
                filtered ? (
                  <EmptyState
                    icon={IconShieldCheck}
                    title="No requests with these filters"
                    action={
                      <Button onClick={() => change({ kind: undefined, shop: undefined })}>Clear the filters</Button>
                    }
                  />
                ) : !open ? (
                  <EmptyState icon={IconShieldCheck} title="No closed requests">
                    What was completed, refused or erased and verified is listed here.
                  </EmptyState>
                ) : (
                  <Nothing />
                )
              }
              end={
                source.hasMore
                  ? null
                  : listEnd({ total: source.rows.length, one: 'request', many: 'requests', isFiltered: filtered })
              }
              selectedId={search.id}
              onSelect={(id) => change({ id }, search.id !== undefined)}
              hasMore={source.hasMore && !source.loadingMore}
              onNeedMore={source.loadMore}
              resetKey={JSON.stringify([open, search.kind, search.shop])}
            />
          )}
        </div>
        {search.id !== undefined && <RequestPane id={search.id} onClose={() => change({ id: undefined }, true)} />}
      </div>
    </>
  );
};

/** What will come, and what has to be set for it: these topics can't be subscribed to from here. */
const Nothing = () => (
  <EmptyState icon={IconShieldCheck} title="No open privacy requests">
    <p>
      Requests of customers and stores appear here by themselves, with 30 days to answer each. Shopify sends them only
      when the app’s configuration names the three compliance topics:
    </p>
    <pre className="br-raw br-privacy-config">{`[[webhooks.subscriptions]]
compliance_topics = [
  "customers/data_request",
  "customers/redact",
  "shop/redact"
]
uri = "/webhooks"`}</pre>
    <p>
      Add this to shopify.app.toml and deploy the app;{' '}
      <Link to="/settings" hash="addresses">
        Settings
      </Link>{' '}
      has the whole file with your address. Or set the addresses in the Dev Dashboard.
    </p>
  </EmptyState>
);
