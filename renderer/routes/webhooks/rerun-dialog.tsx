import '../../api/zod-without-eval.ts';
import { Button, Modal, Radio, SegmentedControl } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { WebhookFilter } from '../../../shared/api.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { trpc } from '../../api/trpc.ts';
import { Counted } from '../../components/counted.tsx';
import { formatCount, shortShop } from '../../lib/format.ts';
import { MissedCount } from './missed-count.tsx';
import { RerunProgress } from './rerun-progress.tsx';

type Way = 'shown' | 'failed' | 'missed';
const DAY_MS = 24 * 3_600_000;
const SPANS = [
  { value: String(3_600_000), label: '1 hour' },
  { value: String(DAY_MS), label: '24 hours' },
  { value: String(7 * DAY_MS), label: '7 days' },
  { value: String(30 * DAY_MS), label: '30 days' },
];

const words = (filter: WebhookFilter): string =>
  [
    filter.state === undefined ? null : `in state “${filter.state}”`,
    filter.topic === undefined ? null : `of topic ${filter.topic}`,
    filter.shop === undefined ? null : `of ${shortShop(filter.shop)}`,
    filter.text === undefined ? null : `with “${filter.text}” in the body`,
    filter.from === undefined ? null : `since ${new Date(filter.from).toLocaleString()}`,
    filter.bookmarked === true ? 'with a bookmark' : null,
  ]
    .filter((part) => part !== null)
    .join(', ');

interface Props {
  /** What the list shows. */
  readonly filter: WebhookFilter;
  /** The store whose data is compared; undefined while none is connected. */
  readonly shop: string | undefined;
  readonly onClose: () => void;
}

/** The ways to run many again, each counted before and stopped at any time: those in the list, what failed since, and what never arrived since. */
export const RerunDialog = ({ filter, shop, onClose }: Props) => {
  const [way, setWay] = useState<Way>('shown');
  const [span, setSpan] = useState(String(DAY_MS));
  // Whole minutes, so that a count keeps its key for a while.
  const since = useMemo(
    () => new Date(Math.floor((Date.now() - Number(span)) / 60_000) * 60_000).toISOString(),
    [span],
  );
  const chosen: WebhookFilter =
    way === 'failed' ? { failing: true, from: since, ...(filter.shop ? { shop: filter.shop } : {}) } : filter;
  const counting = useQuery({ ...trpc.webhooks.count.queryOptions(chosen), enabled: way !== 'missed' });
  const counted = counting.data;
  const missed = useQuery({
    ...trpc.webhooks.missed.queryOptions({ shop: shop ?? '', since }),
    enabled: way === 'missed' && shop !== undefined,
    // Each count asks Shopify; a live update of the list is no reason to ask again.
    staleTime: 60_000,
    retry: false,
  });
  const onError = (error: unknown): void => notifyError('It could not be started', error);
  const start = useMutation(trpc.webhooks.rerun.mutationOptions({ onError }));
  const recover = useMutation(trpc.webhooks.recover.mutationOptions({ onError }));
  const cancel = useMutation(
    trpc.tasks.cancel.mutationOptions({
      onSuccess: ({ cancelled }) => {
        if (cancelled) notify('Stopped', 'What was run again already stays so.');
        else notify('It had ended already');
        onClose();
      },
    }),
  );
  const taskId = start.data?.taskId ?? recover.data?.taskId ?? null;
  const count = way === 'missed' ? missed.data?.items.reduce((sum, item) => sum + item.missing, 0) : counted?.count;
  const run = (): void => {
    if (way !== 'missed') start.mutate({ filter: chosen });
    else if (shop !== undefined) recover.mutate({ shop, since });
  };
  return (
    <Modal opened onClose={onClose} title="Run again" size={560} data-testid="rerun-dialog">
      <div className="br-form">
        <Radio.Group aria-label="What to run again" value={way} onChange={(value) => setWay(value as Way)}>
          <div className="br-form-choices">
            <Radio value="shown" label={`What the list shows: ${words(filter) || 'everything'}`} data-autofocus />
            <Radio value="failed" label="All that failed since" />
            <Radio value="missed" label="All that never arrived since" disabled={shop === undefined} />
          </div>
        </Radio.Group>
        {way !== 'shown' && <SegmentedControl aria-label="Since" data={SPANS} value={span} onChange={setSpan} />}
        {way === 'missed' ? (
          <MissedCount shop={shop ?? ''} query={missed} />
        ) : (
          <>
            <Counted query={counting} testId="rerun-count">
              {({ count: all, more }) =>
                `${formatCount(all)}${more ? ' or more' : ''} ${all === 1 ? 'delivery' : 'deliveries'}.`
              }
            </Counted>
            <p className="br-dim">
              Each goes through its handler once more. A state that is older than the stored one changes nothing. What
              waits already, or is tried by something else meanwhile, is left alone.
            </p>
          </>
        )}
        {taskId !== null && <RerunProgress taskId={taskId} />}
        <div className="br-form-actions">
          <Button onClick={onClose}>{taskId === null ? 'Cancel' : 'Close'}</Button>
          {taskId === null ? (
            <Button
              variant="filled"
              loading={start.isPending || recover.isPending}
              disabled={count === undefined || count === 0}
              onClick={run}
            >
              {way === 'missed' ? 'Fetch' : 'Run'} {count === undefined ? '' : formatCount(count)}{' '}
              {way === 'missed' ? 'now' : 'again'}
            </Button>
          ) : (
            <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate({ id: taskId })}>
              Stop it
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
};
