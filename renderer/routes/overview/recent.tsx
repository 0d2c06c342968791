import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useChangedAt } from '../../api/changes.ts';
import { trpc } from '../../api/trpc.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { PIXEL_OUTCOME, StatusBadge, WEBHOOK_STATE } from '../../components/status-badge.tsx';
import { shortShop } from '../../lib/format.ts';

const SHOWN = 8;
const SHOWN_ON_TALL = 20;

/** A tall window has room for more of them. */
const useShown = (): number =>
  useMediaQuery('(min-height: 1200px)', false, { getInitialValueInEffect: false }) ? SHOWN_ON_TALL : SHOWN;

/** A line that is pointed out for a moment when it is new or has changed. */
const RecentLine = ({ id, children }: { readonly id: string; readonly children: ReactNode }) => {
  const changedAt = useChangedAt(id);
  return (
    <li className="br-recent" data-fresh={changedAt > 0} data-beat={changedAt % 2}>
      {children}
    </li>
  );
};

export const RecentWebhooks = () => {
  const shown = useShown();
  const { data, error, refetch } = useQuery(trpc.webhooks.list.queryOptions({ limit: shown }));
  if (data === undefined) {
    return error === null ? (
      <SkeletonLines count={shown} label="Webhooks are being loaded" />
    ) : (
      <ErrorState error={error} title="The webhooks could not be loaded" onRetry={refetch} />
    );
  }
  if (data.items.length === 0)
    return <p className="br-none">No webhooks yet. Change a product in a store to see one.</p>;
  return (
    <ul data-testid="recent-webhooks">
      {data.items.map((row) => (
        <RecentLine key={row.id} id={row.id}>
          <StatusBadge look={WEBHOOK_STATE[row.state]} />
          <Link to="/webhooks" search={{ id: row.id }} className="br-mono br-ellipsis">
            {row.topic}
          </Link>
          <span className="br-dim br-ellipsis">{row.shop === null ? 'unknown' : shortShop(row.shop)}</span>
          <RelativeTime iso={row.receivedAt} />
        </RecentLine>
      ))}
    </ul>
  );
};

export const RecentPixel = () => {
  const shown = useShown();
  const accepted = useQuery(trpc.pixel.list.queryOptions({ outcome: 'accepted', limit: shown }));
  const quarantined = useQuery(trpc.pixel.list.queryOptions({ outcome: 'quarantined', limit: shown }));
  const error = accepted.error ?? quarantined.error;
  if (accepted.data === undefined || quarantined.data === undefined) {
    return error === null ? (
      <SkeletonLines count={shown} label="Pixel events are being loaded" />
    ) : (
      <ErrorState
        error={error}
        title="The pixel events could not be loaded"
        onRetry={() => Promise.all([accepted.refetch(), quarantined.refetch()])}
      />
    );
  }
  const rows = [...accepted.data.items, ...quarantined.data.items]
    .sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
    .slice(0, shown);
  if (rows.length === 0)
    return (
      <p className="br-none">No pixel events yet. They arrive when shoppers visit a store with an active pixel.</p>
    );
  return (
    <ul data-testid="recent-pixel">
      {rows.map((row) => (
        <RecentLine key={row.id} id={row.id}>
          <StatusBadge look={PIXEL_OUTCOME[row.outcome]} />
          <Link to="/pixel" search={{ id: row.id, outcome: row.outcome }} className="br-mono br-ellipsis">
            {row.name}
          </Link>
          <span className="br-dim br-ellipsis">{shortShop(row.shop)}</span>
          <RelativeTime iso={row.receivedAt} />
        </RecentLine>
      ))}
    </ul>
  );
};
