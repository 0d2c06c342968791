import './pixel.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Outputs, trpc } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { DetailPane } from '../../components/detail-pane.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { IconAlertTriangle, IconCircleCheck } from '../../components/icons.ts';
import { JsonView } from '../../components/json-view.tsx';
import { MaskedPart } from '../../components/masked.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { PIXEL_OUTCOME, StatusBadge } from '../../components/status-badge.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { typedEvent } from './typed-event.ts';
import { TypedView } from './typed-view.tsx';

type Detail = Outputs['pixel']['get'];

interface Props {
  readonly id: string;
  readonly onClose: () => void;
}

export const PixelDetailPane = ({ id, onClose }: Props) => {
  const { data, error, refetch } = useQuery(trpc.pixel.get.queryOptions({ id }));
  return (
    <DetailPane
      label="Pixel event"
      testId="pixel-detail"
      title={data === undefined ? 'Pixel event' : <span className="br-mono">{data.name}</span>}
      extra={data !== undefined && <StatusBadge soft look={PIXEL_OUTCOME[data.outcome]} />}
      onClose={onClose}
    >
      {data !== undefined ? (
        <Body key={data.id} event={data} />
      ) : error !== null ? (
        <ErrorState error={error} title="The event could not be loaded" onRetry={refetch} />
      ) : (
        <SkeletonLines count={8} label="The event is being loaded" />
      )}
    </DetailPane>
  );
};

type View = 'details' | 'raw';

/** `data.items[].price: must be number` taken apart; a reason without a path is all message. */
const splitReason = (reason: string): { path: string | null; message: string } => {
  const match = /^([^\s:]{1,300}): (.+)$/s.exec(reason);
  return match ? { path: match[1] ?? null, message: match[2] ?? '' } : { path: null, message: reason };
};

const Validation = ({ event }: { readonly event: Detail }) => {
  if (event.outcome === 'accepted')
    return (
      <div className="br-note" data-tone="ok" data-testid="validation">
        <IconCircleCheck size={16} aria-hidden />
        <p>Its form was checked when it came, and it fits.</p>
      </div>
    );
  const { path, message } = splitReason(event.reason ?? 'no reason was kept');
  return (
    <div className="br-problem" data-testid="problem">
      <IconAlertTriangle size={16} aria-hidden />
      <div>
        <p>
          <strong>Not accepted:</strong> {path !== null && <span className="br-chip">{path}</span>}{' '}
          <span className="br-mono">{message}</span>
        </p>
        <p>
          {path === 'backroom.schema'
            ? 'It comes from a newer extension than this Backroom knows. Update Backroom, then check the events of this reason again.'
            : 'The event does not have the form that the pixel sends, or that a rule of the store wants.'}{' '}
          It is kept here as it came and counts nowhere else.
        </p>
      </div>
    </div>
  );
};

const Body = ({ event }: { readonly event: Detail }) => {
  const [view, setView] = useState<View>('details');
  return (
    <Tabs<View>
      label="Views of the event"
      value={view}
      onChange={setView}
      tabs={[
        { value: 'details', label: 'Details' },
        { value: 'raw', label: 'Raw JSON' },
      ]}
    >
      {view === 'raw' ? (
        <MaskedPart
          label="whole payload"
          value={event.raw}
          source={{ record: 'pixel_event', id: event.id, field: 'raw' }}
        >
          {(raw) => <JsonView value={raw} label="payload" openDepth={3} />}
        </MaskedPart>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
        <section className="br-scroll br-pixel-details" tabIndex={0} aria-label="Details of the event">
          <Validation event={event} />
          <Facts>
            <Fact name="Store">
              <CopyText value={event.shop} label="store domain" />
            </Fact>
            <Fact name="Occurred">
              <FullTime precise iso={event.occurredAt} />
            </Fact>
            <Fact name="Received">
              <FullTime precise iso={event.receivedAt} />
            </Fact>
            <CopyFact name="Page" value={event.url} />
            <CopyFact name="Client id" value={event.clientId} />
            <CopyFact name="Event id" value={event.eventId} />
          </Facts>
          <TypedView event={typedEvent(event.raw, event.receivedAt)} />
        </section>
      )}
    </Tabs>
  );
};

const CopyFact = ({ name, value }: { readonly name: string; readonly value: string | null }) => (
  <Fact name={name}>
    {value === null ? <span className="br-dim">–</span> : <CopyText value={value} label={name.toLowerCase()} />}
  </Fact>
);
