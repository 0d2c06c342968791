import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { trpc } from '../../api/trpc.ts';
import { ScopeNotes } from '../../components/scope-notes.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { formatCount } from '../../lib/format.ts';
import { EventList } from './event-list.tsx';
import { FunnelView } from './funnel-view.tsx';
import { HealthView } from './health-view.tsx';
import { RulesView } from './rules-view.tsx';
import { StatusView } from './status-view.tsx';

const TabLabel = ({ word, count }: { readonly word: string; readonly count: number | undefined }) => (
  <>
    {word} <span className="br-dim">{count === undefined ? '' : formatCount(count)}</span>
  </>
);

export const PixelPage = () => {
  const search = useSearch({ from: '/pixel' });
  const navigate = useNavigate({ from: '/pixel' });
  const { data: summary } = useQuery(trpc.pixel.summary.queryOptions());
  const value = search.view ?? search.outcome ?? 'accepted';
  const choose = (next: typeof value): void => {
    const isList = next === 'accepted' || next === 'quarantined';
    navigate({
      search: (old) => ({
        shop: old.shop,
        ...(isList ? { outcome: next, name: old.name } : { view: next }),
      }),
    }).catch((error: unknown) => console.warn('Changing the tab failed.', error));
  };
  return (
    <Tabs
      label="Web pixel"
      value={value}
      onChange={choose}
      tabs={[
        { value: 'accepted', label: <TabLabel word="Accepted" count={summary?.accepted} /> },
        { value: 'quarantined', label: <TabLabel word="Quarantined" count={summary?.quarantined} /> },
        { value: 'funnel', label: 'Funnel' },
        { value: 'health', label: 'Health' },
        { value: 'rules', label: 'Rules' },
        { value: 'status', label: 'Stores' },
      ]}
      extra={
        summary !== undefined && (
          <span className="br-dim br-num">
            {formatCount(summary.duplicates)} duplicates left out · {formatCount(summary.limited)} over the rate limit
          </span>
        )
      }
    >
      <ScopeNotes area="pixel" shop={search.shop} />
      {value === 'funnel' ? (
        <FunnelView />
      ) : value === 'health' ? (
        <HealthView />
      ) : value === 'rules' ? (
        <RulesView />
      ) : value === 'status' ? (
        <StatusView />
      ) : (
        <EventList outcome={value} />
      )}
    </Tabs>
  );
};
