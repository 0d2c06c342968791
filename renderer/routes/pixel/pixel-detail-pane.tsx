import { useQuery } from '@tanstack/react-query';
import { type Outputs, trpc } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { DetailPane } from '../../components/detail-pane.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { IconAlertTriangle } from '../../components/icons.ts';
import { JsonView } from '../../components/json-view.tsx';
import { MaskedPart } from '../../components/masked.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { PIXEL_OUTCOME, StatusBadge } from '../../components/status-badge.tsx';

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

const Body = ({ event }: { readonly event: Detail }) => (
  <>
    <div className="br-pane-facts">
      {event.outcome === 'quarantined' && (
        <div className="br-problem" data-testid="problem">
          <IconAlertTriangle size={16} aria-hidden />
          <div>
            <p>
              <strong>Not accepted:</strong> <span className="br-mono">{event.reason ?? 'no reason was kept'}</span>
            </p>
            <p>
              The event does not have the form that the pixel sends. It is kept here as it came and counts nowhere else.
            </p>
          </div>
        </div>
      )}
      <Facts>
        <Fact name="Store">
          <CopyText value={event.shop} label="store domain" />
        </Fact>
        <Fact name="Occurred">
          <FullTime iso={event.occurredAt} />
        </Fact>
        <Fact name="Received">
          <FullTime iso={event.receivedAt} />
        </Fact>
        <Fact name="Page">
          {event.url === null ? <span className="br-dim">–</span> : <CopyText value={event.url} label="page address" />}
        </Fact>
        <Fact name="Client id">
          {event.clientId === null ? (
            <span className="br-dim">–</span>
          ) : (
            <CopyText value={event.clientId} label="client id" />
          )}
        </Fact>
        <Fact name="Event id">
          {event.eventId === null ? (
            <span className="br-dim">–</span>
          ) : (
            <CopyText value={event.eventId} label="event id" />
          )}
        </Fact>
      </Facts>
    </div>
    <h3 className="br-pane-subhead">Payload</h3>
    <MaskedPart label="whole payload" value={event.raw} source={{ record: 'pixel_event', id: event.id, field: 'raw' }}>
      {(raw) => <JsonView value={raw} label="payload" openDepth={3} />}
    </MaskedPart>
  </>
);
