import { Button, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ScheduleView } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { IconClock } from '../../components/icons.ts';
import { PageBody } from '../../components/page-body.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { cronWords } from '../../lib/cron-words.ts';
import { shortShop } from '../../lib/format.ts';
import { useRunSchedule, useSetScheduleEnabled } from './task-actions.ts';

/** Recurring tasks: when next, when last, run now, on or off. */
export const SchedulesView = () => {
  const { data, error, refetch } = useQuery(trpc.tasks.schedules.queryOptions());
  if (data === undefined && error !== null)
    return <ErrorState error={error} title="The schedules could not be loaded" onRetry={refetch} />;
  if (data?.items.length === 0)
    return (
      <EmptyState icon={IconClock} title="Nothing is scheduled">
        Recurring tasks appear here with their next run.
      </EmptyState>
    );
  return (
    <PageBody label="Schedules" width="wide">
      <table className="br-table" data-testid="schedules">
        <thead>
          <tr>
            <th scope="col">Task</th>
            <th scope="col">Runs</th>
            <th scope="col">Next run</th>
            <th scope="col">Last run</th>
            <th scope="col">On</th>
            <th scope="col">
              <span className="br-visually-hidden">Run now</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data === undefined ? (
            <SkeletonRows columns={6} rows={5} height={49} label="Schedules are being loaded" />
          ) : (
            data.items.map((schedule) => <ScheduleRow key={schedule.key} schedule={schedule} />)
          )}
        </tbody>
      </table>
    </PageBody>
  );
};

const ScheduleRow = ({ schedule }: { readonly schedule: ScheduleView }) => {
  const run = useRunSchedule();
  const enable = useSetScheduleEnabled();
  const { key } = schedule;
  const words = cronWords(schedule.cron);
  return (
    <tr data-key={key}>
      <th scope="row">
        {schedule.title}
        <p className="br-dim br-mono">
          {schedule.name}
          {schedule.shop !== null && `, ${shortShop(schedule.shop)}`}
        </p>
      </th>
      <td>
        {words === null ? <span className="br-mono">{schedule.cron}</span> : words}{' '}
        <span className="br-dim">{schedule.timeZone}</span>
        {words !== null && <p className="br-dim br-mono">{schedule.cron}</p>}
      </td>
      <td>
        {schedule.nextAt === null ? (
          <span className="br-dim">switched off</span>
        ) : (
          <RelativeTime iso={schedule.nextAt} />
        )}
      </td>
      <td>
        {schedule.lastAt === null || schedule.lastTask === null ? (
          <span className="br-dim">never</span>
        ) : (
          <Link to="/tasks" search={{ id: schedule.lastTask }}>
            <RelativeTime iso={schedule.lastAt} />
          </Link>
        )}
      </td>
      <td>
        <Switch
          aria-label={`${schedule.title}: on`}
          checked={schedule.enabled}
          disabled={enable.isPending}
          onChange={(event) => enable.mutate({ key, enabled: event.currentTarget.checked })}
        />
      </td>
      <td data-align="end">
        <Button loading={run.isPending} aria-label={`Run now: ${schedule.title}`} onClick={() => run.mutate({ key })}>
          Run now
        </Button>
      </td>
    </tr>
  );
};
