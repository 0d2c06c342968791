import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import type { WebhookDetail } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { CopyButton, CopyText } from '../../components/copy-text.tsx';
import { DetailPane } from '../../components/detail-pane.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { MaskedPart } from '../../components/masked.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { StatusBadge, WEBHOOK_STATE } from '../../components/status-badge.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { formatBytes, formatCount, plural } from '../../lib/format.ts';
import { parsePayload } from '../../lib/json-tree.ts';
import { formatDuration } from '../../lib/time.ts';
import { Attempts, Changes } from './detail-tabs.tsx';
import { WebhookActions } from './webhook-actions.tsx';

type Detail = z.infer<typeof WebhookDetail>;

const STATE_HELP: Record<Detail['state'], string> = {
  received: 'Stored and acknowledged; it waits to be processed.',
  processed: 'Stored, acknowledged and processed.',
  ignored: 'Stored and acknowledged; nothing handles this topic.',
  failed: 'Stored and acknowledged; processing it failed and is tried again by itself.',
  dead: 'Stored and acknowledged, but processing it failed for good. It can be run again.',
  refused: 'Not accepted, so its body was not kept.',
};

/** These are still to be processed; of the others nothing more comes. */
const WAITING: ReadonlySet<Detail['state']> = new Set<Detail['state']>(['received', 'failed']);

interface Props {
  readonly id: string;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}

export const WebhookDetailPane = ({ id, onClose, onOpen }: Props) => {
  const { data, error, refetch } = useQuery(trpc.webhooks.get.queryOptions({ id }));
  return (
    <DetailPane
      label="Webhook"
      testId="webhook-detail"
      title={data === undefined ? 'Webhook' : <span className="br-mono">{data.topic}</span>}
      extra={data !== undefined && <StatusBadge soft look={WEBHOOK_STATE[data.state]} />}
      onClose={onClose}
    >
      {data !== undefined ? (
        <Body key={data.id} webhook={data} onOpen={onOpen} />
      ) : error !== null ? (
        <ErrorState error={error} title="The webhook could not be loaded" onRetry={refetch} />
      ) : (
        <SkeletonLines count={8} label="The webhook is being loaded" />
      )}
    </DetailPane>
  );
};

const Body = ({ webhook, onOpen }: { readonly webhook: Detail; readonly onOpen: (id: string) => void }) => {
  const headers = Object.entries(webhook.headers);
  const [tab, setTab] = useState<'payload' | 'changes' | 'attempts' | 'headers'>(
    webhook.payload === null && headers.length > 0 ? 'headers' : 'payload',
  );
  return (
    <>
      <div className="br-pane-facts">
        {webhook.problem !== null && <ProblemNote problem={webhook.problem} />}
        <p className="br-dim">{STATE_HELP[webhook.state]}</p>
        <WebhookActions webhook={webhook} onOpen={onOpen} />
        <WebhookFacts webhook={webhook} onOpen={onOpen} />
      </div>
      <Tabs
        label="Parts of the webhook"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'payload', label: 'Payload' },
          { value: 'changes', label: 'Changes' },
          { value: 'attempts', label: `Attempts ${formatCount(webhook.attempts)}` },
          { value: 'headers', label: `Headers ${formatCount(headers.length)}` },
        ]}
        extra={
          tab === 'headers' && (
            <CopyButton value={headers.map(([name, value]) => `${name}: ${value}`).join('\n')} label="headers" />
          )
        }
      >
        {tab === 'payload' &&
          (webhook.payload === null ? (
            <p className="br-pane-note">
              {webhook.state === 'refused'
                ? 'The body of a refused webhook is not kept: nobody knows who sent it.'
                : 'The body is not kept any more.'}
            </p>
          ) : (
            <MaskedPart
              label="whole payload"
              value={webhook.payload}
              source={{ record: 'webhook', id: webhook.id, field: 'payload' }}
            >
              {(payload) => <Payload payload={String(payload)} />}
            </MaskedPart>
          ))}
        {tab === 'changes' && <Changes id={webhook.id} onOpen={onOpen} />}
        {tab === 'attempts' && <Attempts attempts={webhook.attemptLog} retryAt={webhook.retryAt} />}
        {tab === 'headers' && <Headers headers={headers} />}
      </Tabs>
    </>
  );
};

const WebhookFacts = ({ webhook, onOpen }: { readonly webhook: Detail; readonly onOpen: (id: string) => void }) => {
  const { originId } = webhook;
  const took = webhook.processedAt === null ? null : formatDuration(webhook.receivedAt, webhook.processedAt);
  return (
    <Facts>
      <Fact name="Store">
        {webhook.shop === null ? 'unknown' : <CopyText value={webhook.shop} label="store domain" />}
      </Fact>
      <Fact name="Triggered">
        <FullTime precise iso={webhook.triggeredAt} />
      </Fact>
      <Fact name="Received">
        <FullTime precise iso={webhook.receivedAt} />
      </Fact>
      <Fact name="Processed">
        {webhook.processedAt === null ? (
          <span className="br-dim">{WAITING.has(webhook.state) ? 'not yet' : '–'}</span>
        ) : (
          <>
            <FullTime precise iso={webhook.processedAt} />
            {took !== null && <span className="br-dim br-nowrap">, {took} after receipt</span>}
          </>
        )}
      </Fact>
      <Fact name="Attempts">
        {formatCount(webhook.attempts)}
        {webhook.duplicates > 0 && (
          <span className="br-dim">, and {plural(webhook.duplicates, 'duplicate')} without effect</span>
        )}
      </Fact>
      <Fact name="Size">
        {formatBytes(webhook.bytes)}
        {webhook.apiVersion !== null && <span className="br-dim">, API version {webhook.apiVersion}</span>}
      </Fact>
      {webhook.bookmark !== null && <Fact name="Bookmark">{webhook.bookmark}</Fact>}
      {webhook.origin !== null && (
        <Fact name="Sent from here">
          {webhook.origin === 'edited' ? 'edited' : 'a sample'}
          {originId !== null && (
            <Button variant="subtle" size="compact-xs" onClick={() => onOpen(originId)}>
              Open what it was made from
            </Button>
          )}
        </Fact>
      )}
      {webhook.resource !== null && (
        <Fact name="Resource">
          <ResourceLink resource={webhook.resource} />
        </Fact>
      )}
      {webhook.webhookId !== null && (
        <Fact name="Webhook id">
          <CopyText value={webhook.webhookId} label="webhook id" />
        </Fact>
      )}
      {webhook.eventId !== null && (
        <Fact name="Event id">
          <CopyText value={webhook.eventId} label="event id" />
        </Fact>
      )}
    </Facts>
  );
};

const RECORD_PAGES = [
  { to: '/products', type: 'Product' },
  { to: '/orders', type: 'Order' },
  { to: '/customers', type: 'Customer' },
] as const;

/** `orders/123` opens that order; what has no page of its own is text. */
const ResourceLink = ({ resource }: { readonly resource: string }) => {
  const [kind, number = ''] = resource.split('/');
  const page = RECORD_PAGES.find(({ to }) => to === `/${kind}`);
  if (page === undefined || !/^\d+$/.test(number)) return <CopyText value={resource} label="resource" />;
  return (
    <Link to={page.to} search={{ id: `gid://shopify/${page.type}/${number}` }}>
      {resource}
    </Link>
  );
};

const Payload = ({ payload }: { readonly payload: string }) => {
  const parsed = useMemo(() => parsePayload(payload), [payload]);
  if (!parsed.valid) {
    return (
      <>
        <p className="br-pane-note">The body is not JSON; it is shown as it came.</p>
        <pre className="br-raw">{payload}</pre>
      </>
    );
  }
  return <JsonView value={parsed.value} source={payload} label="payload" />;
};

const Headers = ({ headers }: { readonly headers: readonly (readonly [string, string])[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
  <section className="br-scroll" tabIndex={0} aria-label="Headers">
    <table className="br-table">
      <thead>
        <tr>
          <th scope="col">Header</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {headers.map(([name, value]) => (
          <tr key={name}>
            <th scope="row" className="br-mono br-table-key">
              {name}
            </th>
            <td className="br-mono br-wrap">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
