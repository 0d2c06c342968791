import type { TaskRow } from '../../../shared/api.ts';
import { gridColumnHelper } from '../../components/grid-columns.ts';
import { ProgressLine } from '../../components/progress-line.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { StatusBadge, taskLook } from '../../components/status-badge.tsx';
import { formatCount, shortShop } from '../../lib/format.ts';
import { formatMs } from '../../lib/time.ts';

const helper = gridColumnHelper<TaskRow>();

/** Running: how far; delayed: when; failed: why. */
const Note = ({ task }: { readonly task: TaskRow }) => {
  if (task.state === 'active' && task.progress !== null)
    return (
      <span className="br-task-progress">
        <ProgressLine done={task.progress.done} total={task.progress.total} label={`Progress of ${task.name}`} />
        <span className="br-dim br-num">
          {formatCount(task.progress.done)}
          {task.progress.total !== null && ` of ${formatCount(task.progress.total)}`} {task.progress.phase}
        </span>
      </span>
    );
  return (
    <span className="br-dim br-ellipsis">
      {task.state === 'delayed' && (
        <>
          {task.isHeld ? (
            'paused until it is resumed'
          ) : (
            <>
              {task.attempts > 0 ? 'next attempt ' : ''}
              <RelativeTime iso={task.dueAt} />
            </>
          )}
          {task.problem !== null && ': '}
        </>
      )}
      {task.problem?.message}
    </span>
  );
};

export const taskColumns = helper.columns([
  helper.accessor('state', {
    id: 'state',
    header: 'State',
    enableSorting: false,
    meta: { track: '104px' },
    cell: ({ row }) => <StatusBadge look={taskLook(row.original)} />,
  }),
  helper.accessor('name', {
    id: 'name',
    header: 'Task',
    enableSorting: false,
    meta: { track: 'minmax(150px, 2fr)' },
    cell: ({ row }) => (
      <span className="br-mono br-ellipsis" title={row.original.title}>
        {row.original.name}
      </span>
    ),
  }),
  helper.display({
    id: 'note',
    header: 'Progress or error',
    meta: { track: 'minmax(120px, 3fr)', from: 700 },
    cell: ({ row }) => <Note task={row.original} />,
  }),
  helper.accessor('shop', {
    id: 'shop',
    header: 'Store',
    enableSorting: false,
    meta: { track: 'minmax(90px, 1.2fr)', from: 560 },
    cell: ({ getValue }) => {
      const shop = getValue();
      return shop === null ? <span className="br-dim">–</span> : <span title={shop}>{shortShop(shop)}</span>;
    },
  }),
  helper.accessor('attempts', {
    id: 'attempts',
    header: 'Attempts',
    enableSorting: false,
    meta: { track: '64px', align: 'end', from: 820 },
    cell: ({ row }) => (
      <>
        {formatCount(row.original.attempts)}
        {row.original.maxAttempts !== null && row.original.attempts <= row.original.maxAttempts && (
          <span className="br-dim">/{row.original.maxAttempts}</span>
        )}
      </>
    ),
  }),
  helper.accessor('ranMs', {
    id: 'ranMs',
    header: 'Run time',
    enableSorting: false,
    meta: { track: '72px', align: 'end', from: 640 },
    cell: ({ getValue }) => {
      const ran = getValue();
      return ran === null ? <span className="br-dim">–</span> : formatMs(ran);
    },
  }),
  helper.accessor('createdAt', {
    id: 'createdAt',
    header: 'Added',
    enableSorting: false,
    meta: { track: '88px', align: 'end' },
    cell: ({ getValue }) => <RelativeTime iso={getValue()} />,
  }),
]);
