import '../../api/zod-without-eval.ts';
import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { WebhookGap, WebhookSubscription, WebhookSubscriptionCheck } from '../../../shared/api.ts';
import { notifyError } from '../../api/notify.ts';
import { trpc } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { GAP_CAUSES, GapSource } from '../../components/gap-notes.tsx';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconSettings,
} from '../../components/icons.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { FullTime, RelativeTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { StatusBadge, type StatusLook } from '../../components/status-badge.tsx';
import { formatCount, shortShop } from '../../lib/format.ts';

const LOOKS: Readonly<Record<WebhookSubscription['state'], StatusLook>> = {
  ok: { word: 'In place', tone: 'ok', icon: IconCircleCheck },
  missing: { word: 'Missing', tone: 'bad', icon: IconCircleX },
  wrong_address: { word: 'Other address', tone: 'bad', icon: IconAlertTriangle },
  wrong_version: { word: 'Other version', tone: 'warn', icon: IconAlertTriangle },
  extra: { word: 'Twice', tone: 'warn', icon: IconAlertTriangle },
  foreign: { word: 'Not ours', tone: 'idle', icon: IconCircleMinus },
  no_scope: { word: 'No scope', tone: 'idle', icon: IconCircleDashed },
  app_config: { word: 'App configuration', tone: 'idle', icon: IconSettings },
};

/** Wanted beside registered for each store, and the periods in which deliveries may have been missed. */
export const SubscriptionsDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { data, error, refetch } = useQuery(trpc.webhooks.subscriptions.queryOptions());
  const { data: gaps } = useQuery(trpc.webhooks.gaps.queryOptions());
  return (
    <Modal opened onClose={onClose} title="Subscriptions and gaps" size={880} data-testid="subscriptions-dialog">
      {error !== null ? (
        <ErrorState error={error} title="The subscriptions could not be loaded" onRetry={refetch} />
      ) : data === undefined ? (
        <SkeletonLines count={6} label="The subscriptions are being loaded" />
      ) : (
        <>
          {data.items.length === 0 && <p className="br-dim">No store is connected yet.</p>}
          {data.items.map((check) => (
            <StoreSubscriptions key={check.shop} check={check} />
          ))}
          <Gaps gaps={gaps?.items ?? []} />
        </>
      )}
    </Modal>
  );
};

const StoreSubscriptions = ({ check }: { readonly check: WebhookSubscriptionCheck }) => {
  const repair = useMutation(
    trpc.webhooks.repairSubscriptions.mutationOptions({
      onError: (error) => notifyError('The subscriptions could not be put right', error),
    }),
  );
  return (
    <section className="br-section" aria-label={`Subscriptions of ${check.shop}`}>
      <div className="br-attempt-head">
        <h3>{shortShop(check.shop)}</h3>
        <span className="br-dim">
          {check.checkedAt === null ? (
            'not compared yet'
          ) : (
            <>
              compared <RelativeTime iso={check.checkedAt} />
            </>
          )}
        </span>
        <span className="br-spacer" />
        <Button loading={repair.isPending} onClick={() => repair.mutate({ shop: check.shop })}>
          Compare and put right
        </Button>
      </div>
      <p className="br-dim">
        Wanted address: <CopyText value={check.wantedUri} label="address" />
      </p>
      {check.problem !== null && <ProblemNote problem={check.problem} />}
      <table className="br-table">
        <thead>
          <tr>
            <th scope="col">Topic</th>
            <th scope="col">State</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {check.subscriptions.map((line) => (
            <tr key={`${line.topic} ${line.state} ${line.uri}`}>
              <th scope="row" className="br-mono br-table-key">
                {line.topic}
              </th>
              <td>
                <StatusBadge look={LOOKS[line.state]} />
              </td>
              <td className="br-wrap br-dim" title={line.uri ?? undefined}>
                {line.state === 'ok' ? '' : line.why}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const changesByResource = (gap: WebhookGap): string =>
  gap.fills
    .map(({ resource, changes, missing }) => `${resource}: ${changes} changed, ${missing} never arrived`)
    .join('; ');

const Gaps = ({ gaps }: { readonly gaps: readonly WebhookGap[] }) => (
  <section className="br-section" aria-label="Gaps">
    <h3>Periods that were filled</h3>
    {gaps.length === 0 ? (
      <p className="br-dim">None yet: no period without deliveries had to be filled from Shopify’s data.</p>
    ) : (
      <table className="br-table">
        <thead>
          <tr>
            <th scope="col">Store</th>
            <th scope="col">Period</th>
            <th scope="col">Cause</th>
            <th scope="col" data-align="end">
              Changes
            </th>
            <th scope="col" data-align="end">
              Never arrived
            </th>
            <th scope="col">Filled by</th>
          </tr>
        </thead>
        <tbody>
          {gaps.map((gap) => (
            <tr key={gap.id}>
              <td>{shortShop(gap.shop)}</td>
              <td>
                <FullTime iso={gap.from} /> – <FullTime iso={gap.to} />
              </td>
              <td>{GAP_CAUSES[gap.cause] ?? gap.cause}</td>
              <td data-align="end" title={changesByResource(gap)}>
                {gap.changes === null ? '–' : formatCount(gap.changes)}
              </td>
              <td data-align="end">{gap.missing === null ? '–' : formatCount(gap.missing)}</td>
              <td>
                {gap.filledAt === null && (
                  <span className="br-dim">{gap.cause === 'person' ? 'not finished ' : 'being filled '}</span>
                )}
                {gap.fills.length > 0 && <GapSource gap={gap} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);
