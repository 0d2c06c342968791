import './tasks.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { trpc } from '../../api/trpc.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { SummaryStrip } from '../../components/summary-strip.tsx';
import { Tabs } from '../../components/tabs.tsx';
import type { TaskSearch } from '../../lib/search-params.ts';
import { QueuePauseNotes } from './pause-notes.tsx';
import { QueuesView } from './queues-view.tsx';
import { RatesView } from './rates-view.tsx';
import { SchedulesView } from './schedules-view.tsx';
import { TaskList } from './task-list.tsx';

type View = NonNullable<TaskSearch['view']> | 'list';

const TABS: readonly { value: View; label: string }[] = [
  { value: 'list', label: 'Tasks' },
  { value: 'queues', label: 'Queues and workers' },
  { value: 'rates', label: 'Rates' },
  { value: 'schedules', label: 'Schedules' },
];

export const TasksPage = () => {
  const search = useSearch({ from: '/tasks' });
  const navigate = useNavigate({ from: '/tasks' });
  const { data: overview, error, refetch } = useQuery(trpc.tasks.overview.queryOptions());
  const view = search.view ?? 'list';

  const change = (next: Partial<TaskSearch>, replace = false): void => {
    navigate({ search: (old) => ({ ...old, ...next }), replace }).catch((problem: unknown) =>
      console.warn('Changing the filter failed.', problem),
    );
  };
  const sum = (state: 'delayed' | 'done' | 'cancelled'): number | undefined =>
    overview?.queues.reduce((total, queue) => total + queue[state], 0);
  const paused = overview?.queues.filter((queue) => queue.pause !== null).length;

  return (
    <>
      <SummaryStrip
        label="Tasks in total"
        loading={overview === undefined}
        items={[
          { name: 'Waiting', value: overview?.queues.reduce((total, queue) => total + queue.waiting, 0) },
          { name: 'Running', value: overview?.active },
          { name: 'Delayed', value: sum('delayed') },
          { name: 'Failed', value: overview?.failed, tone: 'bad' },
          { name: 'Done', value: sum('done') },
          { name: 'Cancelled', value: sum('cancelled') },
          { name: 'Queues paused', value: paused, tone: 'warn' },
        ]}
      />
      {overview !== undefined && view !== 'queues' && (
        <QueuePauseNotes queues={overview.queues} onOpenQueues={() => change({ view: 'queues', id: undefined })} />
      )}
      <Tabs<View>
        label="Parts of the task monitor"
        value={view}
        tabs={TABS}
        onChange={(next) => change({ view: next === 'list' ? undefined : next, id: undefined })}
      >
        {view === 'list' && <TaskList search={search} overview={overview} onChange={change} />}
        {view === 'queues' &&
          (overview === undefined && error !== null ? (
            <ErrorState error={error} title="The queues could not be loaded" onRetry={refetch} />
          ) : (
            <QueuesView overview={overview} />
          ))}
        {view === 'rates' && <RatesView />}
        {view === 'schedules' && <SchedulesView />}
      </Tabs>
    </>
  );
};
