import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TaskOverview, TaskRow, TaskState } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { Choice } from '../../components/choice.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { IconListCheck } from '../../components/icons.ts';
import { LiveList } from '../../components/live-list.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { TASK_STATE } from '../../components/status-badge.tsx';
import { StoreChoice } from '../../components/store-choice.tsx';
import { useLiveSource } from '../../components/use-live-source.ts';
import { formatCount } from '../../lib/format.ts';
import type { TaskSearch } from '../../lib/search-params.ts';
import { BulkActions } from './bulk-actions.tsx';
import { taskColumns } from './columns.tsx';
import { TaskDetailPane } from './task-detail-pane.tsx';

const rowId = (row: TaskRow): string => row.id;
const rowAttributes = (row: TaskRow) => ({ 'data-state': row.state, 'data-name': row.name });

const STATES: readonly TaskState[] = ['waiting', 'delayed', 'active', 'done', 'failed', 'cancelled'];
const SPANS = [
  { value: 'hour', label: 'last hour', ms: 3_600_000 },
  { value: 'day', label: 'last 24 hours', ms: 86_400_000 },
  { value: 'week', label: 'last 7 days', ms: 604_800_000 },
] as const;
const NO_FILTER: Partial<TaskSearch> = {
  state: undefined,
  queue: undefined,
  name: undefined,
  shop: undefined,
  text: undefined,
  since: undefined,
};

interface Props {
  readonly search: TaskSearch;
  readonly overview: TaskOverview | undefined;
  readonly onChange: (next: Partial<TaskSearch>, replace?: boolean) => void;
}

export const TaskList = ({ search, overview, onChange }: Props) => {
  const { state, queue, name, shop, text, since } = search;
  // Fixed when it is chosen: a bound that moves would be another list each time.
  const from = useMemo(() => {
    const span = SPANS.find(({ value }) => value === since);
    return span === undefined ? undefined : new Date(Date.now() - span.ms).toISOString();
  }, [since]);
  const filter = { state, queue, name, shop, text, from };
  const options = trpc.tasks.list.infiniteQueryOptions(
    { ...filter, limit: 100 },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const source = useLiveSource<TaskRow>(useInfiniteQuery(options), options.queryKey, rowId);
  const countOf = (wanted: TaskState): number | undefined =>
    overview?.queues
      .filter((row) => queue === undefined || row.queue === queue)
      .reduce((sum, row) => sum + row[wanted], 0);
  const isFiltered = [state, queue, name, shop, text, since].some((value) => value !== undefined);

  return (
    <LiveList
      label="Tasks, newest first"
      errorTitle="The tasks could not be loaded"
      testId="tasks-table"
      rowTestId="task-row"
      source={source}
      listKey={JSON.stringify(filter)}
      columns={taskColumns}
      rowId={rowId}
      rowAttributes={rowAttributes}
      selectedId={search.id}
      onSelect={(id) => onChange({ id }, search.id !== undefined)}
      toolbar={
        <>
          <SearchField
            label="Search names, arguments, errors"
            value={text ?? ''}
            onChange={(next) => onChange({ text: next === '' ? undefined : next, id: undefined }, true)}
          />
          <Choice
            label="State"
            all="all"
            value={state}
            options={STATES.map((value) => {
              const count = countOf(value);
              return {
                value,
                label: TASK_STATE[value].word,
                ...(count === undefined ? {} : { note: formatCount(count) }),
              };
            })}
            onChange={(next) => onChange({ state: next, id: undefined })}
          />
          <Choice
            label="Queue"
            all="all"
            value={queue}
            options={(overview?.queues ?? []).map((row) => ({ value: row.queue, label: row.queue }))}
            onChange={(next) => onChange({ queue: next, id: undefined })}
          />
          <Choice
            label="Task"
            all="all"
            value={name}
            options={(overview?.names ?? []).map((task) => ({ value: task.name, label: task.name }))}
            onChange={(next) => onChange({ name: next, id: undefined })}
          />
          <StoreChoice value={shop} onChange={(next) => onChange({ shop: next, id: undefined })} />
          <Choice
            label="Added"
            all="any time"
            value={since}
            options={SPANS}
            onChange={(next) => onChange({ since: next, id: undefined })}
          />
          <BulkActions filter={filter} />
        </>
      }
      empty={
        isFiltered ? (
          <EmptyState
            icon={IconListCheck}
            title="No tasks with these filters"
            action={<Button onClick={() => onChange(NO_FILTER)}>Clear the filters</Button>}
          >
            New ones appear here as they are added.
          </EmptyState>
        ) : (
          <EmptyState
            icon={IconListCheck}
            title="No tasks yet"
            action={<Button onClick={() => onChange({ view: 'schedules' })}>Start one from the schedules</Button>}
          >
            Work that runs in the background appears here: fetching data, processing, maintenance.
          </EmptyState>
        )
      }
      one="task"
      many="tasks"
      isFiltered={isFiltered}
      detail={
        search.id !== undefined && (
          <TaskDetailPane
            id={search.id}
            onClose={() => onChange({ id: undefined }, true)}
            onOpen={(id) => onChange({ id })}
          />
        )
      }
    />
  );
};
