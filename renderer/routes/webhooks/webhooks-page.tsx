import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { z } from 'zod';
import type { WebhookRow, WebhookState, WebhookSummary } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { Choice } from '../../components/choice.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { IconWebhook } from '../../components/icons.ts';
import { LiveList } from '../../components/live-list.tsx';
import { WEBHOOK_STATE } from '../../components/status-badge.tsx';
import { StoreChoice } from '../../components/store-choice.tsx';
import { SummaryStrip } from '../../components/summary-strip.tsx';
import { useLiveSource } from '../../components/use-live-source.ts';
import { formatCount } from '../../lib/format.ts';
import type { WebhookSearch } from '../../lib/search-params.ts';
import { webhookColumns } from './columns.tsx';
import { WebhookDetailPane } from './webhook-detail-pane.tsx';

type State = z.infer<typeof WebhookState>;
type Summary = z.infer<typeof WebhookSummary>;

const rowId = (row: WebhookRow): string => row.id;
const rowAttributes = (row: WebhookRow) => ({ 'data-state': row.state, 'data-topic': row.topic });

/** Which part of the summary belongs to which state; not every state is counted. */
const STATES: readonly { state: State; count?: keyof Summary }[] = [
  { state: 'received' },
  { state: 'processed', count: 'processed' },
  { state: 'ignored' },
  { state: 'failed' },
  { state: 'dead', count: 'dead' },
  { state: 'refused', count: 'refused' },
];

const topicsOf = (rows: readonly WebhookRow[], stores: readonly string[], chosen: string | undefined) =>
  [...new Set([...stores, ...rows.map((row) => row.topic), ...(chosen === undefined ? [] : [chosen])])]
    .sort()
    .map((topic) => ({ value: topic, label: topic }));

export const WebhooksPage = () => {
  const search = useSearch({ from: '/webhooks' });
  const navigate = useNavigate({ from: '/webhooks' });
  const { data: summary } = useQuery(trpc.webhooks.summary.queryOptions());
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const options = trpc.webhooks.list.infiniteQueryOptions(
    { state: search.state, shop: search.shop, topic: search.topic, limit: 100 },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const source = useLiveSource<WebhookRow>(useInfiniteQuery(options), options.queryKey, rowId);

  const change = (next: Partial<WebhookSearch>, replace = false): void => {
    navigate({ search: (old) => ({ ...old, ...next }), replace }).catch((error: unknown) =>
      console.warn('Changing the filter failed.', error),
    );
  };
  const filtered = search.state !== undefined || search.shop !== undefined || search.topic !== undefined;

  return (
    <>
      <SummaryStrip
        label="Webhooks in total"
        loading={summary === undefined}
        items={[
          { name: 'Received', value: summary?.received },
          { name: 'Processed', value: summary?.processed },
          { name: 'Failed', value: summary?.failed, tone: 'bad' },
          { name: 'Given up', value: summary?.dead, tone: 'bad' },
          { name: 'Refused', value: summary?.refused, tone: 'bad' },
          { name: 'Duplicates', value: summary?.duplicates },
        ]}
      />
      <LiveList
        label="Webhooks, newest first"
        errorTitle="Webhooks could not be loaded"
        testId="webhooks-table"
        rowTestId="webhook-row"
        source={source}
        listKey={JSON.stringify([search.state, search.shop, search.topic])}
        columns={webhookColumns}
        rowId={rowId}
        rowAttributes={rowAttributes}
        selectedId={search.id}
        onSelect={(id) => change({ id }, search.id !== undefined)}
        toolbar={
          <>
            <Choice
              label="State"
              all="all"
              value={search.state}
              options={STATES.map(({ state, count }) => ({
                value: state,
                label: WEBHOOK_STATE[state].word,
                ...(count === undefined || summary === undefined ? {} : { note: formatCount(summary[count]) }),
              }))}
              onChange={(state) => change({ state, id: undefined })}
            />
            <Choice
              label="Topic"
              all="all"
              value={search.topic}
              options={topicsOf(
                source.rows,
                (stores?.items ?? []).flatMap((store) => store.webhookTopics),
                search.topic,
              )}
              onChange={(topic) => change({ topic, id: undefined })}
            />
            <StoreChoice value={search.shop} onChange={(shop) => change({ shop, id: undefined })} />
          </>
        }
        empty={
          filtered ? (
            <EmptyState
              icon={IconWebhook}
              title="No webhooks with these filters"
              action={
                <Button onClick={() => change({ state: undefined, topic: undefined, shop: undefined })}>
                  Clear the filters
                </Button>
              }
            >
              New ones appear here as they arrive.
            </EmptyState>
          ) : (
            <EmptyState icon={IconWebhook} title="No webhooks yet">
              Webhooks of connected stores appear here the moment they arrive. Change a product in a store to see one.
            </EmptyState>
          )
        }
        detail={
          search.id !== undefined && (
            <WebhookDetailPane id={search.id} onClose={() => change({ id: undefined }, true)} />
          )
        }
      />
    </>
  );
};
