import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { WebhookFilter, WebhookRow } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { GapNotes } from '../../components/gap-notes.tsx';
import { IconWebhook } from '../../components/icons.ts';
import { LiveList } from '../../components/live-list.tsx';
import { NoStore } from '../../components/no-store.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { ScopeNotes } from '../../components/scope-notes.tsx';
import { SummaryStrip } from '../../components/summary-strip.tsx';
import { useLiveSource } from '../../components/use-live-source.ts';
import type { WebhookSearch } from '../../lib/search-params.ts';
import { webhookColumns } from './columns.tsx';
import { PauseNotes } from './pause-notes.tsx';
import { WebhookDetailPane } from './webhook-detail-pane.tsx';
import { WebhookToolbar } from './webhook-toolbar.tsx';
import './webhooks.css';

const RerunDialog = lazy(() => import('./rerun-dialog.tsx').then((module) => ({ default: module.RerunDialog })));
const SendDialog = lazy(() => import('./send-dialog.tsx').then((module) => ({ default: module.SendDialog })));
const SubscriptionsDialog = lazy(() =>
  import('./subscriptions-dialog.tsx').then((module) => ({ default: module.SubscriptionsDialog })),
);

const rowId = (row: WebhookRow): string => row.id;
const rowAttributes = (row: WebhookRow) => ({ 'data-state': row.state, 'data-topic': row.topic });

const SINCE_MS: Readonly<Record<NonNullable<WebhookSearch['since']>, number>> = {
  '15m': 15 * 60_000,
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
};
/** A search that finds little goes on by itself until so many rows are there or everything was looked at. */
const ENOUGH_FOUND = 60;

const filterOf = (search: WebhookSearch): WebhookFilter => ({
  state: search.state,
  shop: search.shop,
  topic: search.topic,
  text: search.text,
  bookmarked: search.bookmarked === 'yes' ? true : undefined,
  // Whole minutes, so that the list keeps its key for a while.
  from:
    search.since === undefined
      ? undefined
      : new Date(Math.floor((Date.now() - SINCE_MS[search.since]) / 60_000) * 60_000).toISOString(),
});

export const WebhooksPage = () => {
  const search = useSearch({ from: '/webhooks' });
  const navigate = useNavigate({ from: '/webhooks' });
  const { data: summary } = useQuery(trpc.webhooks.summary.queryOptions());
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const [dialog, setDialog] = useState<'rerun' | 'sample' | 'subscriptions' | null>(null);
  const { state, shop, topic, text, since, bookmarked } = search;
  const filter = useMemo(
    () => filterOf({ state, shop, topic, text, since, bookmarked }),
    [state, shop, topic, text, since, bookmarked],
  );
  const options = trpc.webhooks.list.infiniteQueryOptions(
    { ...filter, limit: 100 },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const query = useInfiniteQuery(options);
  const source = useLiveSource<WebhookRow>(query, options.queryKey, rowId);
  const searchedTo = query.data?.pages.at(-1)?.searchedTo ?? null;
  const { hasMore, loadingMore, loadMore } = source;
  const goesOn = text !== undefined && hasMore && source.rows.length < ENOUGH_FOUND;
  useEffect(() => {
    if (goesOn && !loadingMore) loadMore();
  }, [goesOn, loadingMore, loadMore]);

  const change = (next: Partial<WebhookSearch>, replace = false): void => {
    navigate({ search: (old) => ({ ...old, ...next }), replace }).catch((error: unknown) =>
      console.warn('Changing the filter failed.', error),
    );
  };
  const filtered = Object.values(filter).some((value) => value !== undefined);
  const clear = {
    state: undefined,
    topic: undefined,
    shop: undefined,
    text: undefined,
    since: undefined,
    bookmarked: undefined,
  };
  const firstShop = search.shop ?? stores?.items[0]?.shop;

  return (
    <>
      <SummaryStrip
        label="Webhooks in total"
        loading={summary === undefined}
        items={[
          { name: 'Received', value: summary?.received },
          { name: 'Processed', value: summary?.processed },
          { name: 'Failed attempts', value: summary?.failed, tone: 'bad' },
          { name: 'Given up', value: summary?.dead, tone: 'bad' },
          { name: 'Refused', value: summary?.refused, tone: 'bad' },
          { name: 'Duplicates', value: summary?.duplicates },
        ]}
      />
      <PauseNotes />
      <GapNotes />
      <ScopeNotes area="webhooks" shop={search.shop} />
      {goesOn && (
        <p className="br-searching" role="status">
          Searching
          {searchedTo === null ? (
            ''
          ) : (
            <>
              , back to <FullTime iso={searchedTo} /> so far
            </>
          )}
          …
        </p>
      )}
      <LiveList
        label="Webhooks, newest first"
        errorTitle="The webhooks could not be loaded"
        testId="webhooks-table"
        rowTestId="webhook-row"
        source={source}
        listKey={JSON.stringify(filter)}
        columns={webhookColumns}
        rowId={rowId}
        rowAttributes={rowAttributes}
        selectedId={search.id}
        onSelect={(id) => change({ id }, search.id !== undefined)}
        toolbar={
          <WebhookToolbar
            search={search}
            summary={summary}
            rows={source.rows}
            storeTopics={(stores?.items ?? []).flatMap((store) => store.webhookTopics)}
            onChange={change}
            onRerun={() => setDialog('rerun')}
            onSample={() => setDialog('sample')}
            onSubscriptions={() => setDialog('subscriptions')}
          />
        }
        empty={
          filtered ? (
            <EmptyState
              icon={IconWebhook}
              title="No webhooks with these filters"
              action={<Button onClick={() => change(clear)}>Clear the filters</Button>}
            >
              New ones appear here as they arrive.
            </EmptyState>
          ) : stores?.items.length === 0 ? (
            <NoStore>Webhooks of connected stores appear here the moment they arrive.</NoStore>
          ) : (
            <EmptyState
              icon={IconWebhook}
              title="No webhooks yet"
              action={<Button onClick={() => setDialog('subscriptions')}>Check the subscriptions</Button>}
            >
              Webhooks of connected stores appear here the moment they arrive. Change a product in a store to see one.
            </EmptyState>
          )
        }
        one="webhook"
        many="webhooks"
        isFiltered={filtered}
        detail={
          search.id !== undefined && (
            <WebhookDetailPane
              id={search.id}
              onClose={() => change({ id: undefined }, true)}
              onOpen={(id) => change({ id })}
            />
          )
        }
      />
      <Suspense fallback={null}>
        {dialog === 'rerun' && <RerunDialog filter={filter} shop={firstShop} onClose={() => setDialog(null)} />}
        {dialog === 'subscriptions' && <SubscriptionsDialog onClose={() => setDialog(null)} />}
        {dialog === 'sample' && firstShop !== undefined && (
          <SendDialog
            start={{ shop: firstShop, topic: search.topic ?? 'products/update', payload: '' }}
            onClose={() => setDialog(null)}
            onSent={(id) => {
              setDialog(null);
              change({ id });
            }}
          />
        )}
      </Suspense>
    </>
  );
};
