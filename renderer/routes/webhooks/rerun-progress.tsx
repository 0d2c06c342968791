import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TaskState } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { ProgressLine } from '../../components/progress-line.tsx';
import { formatCount } from '../../lib/format.ts';

const WORDS: Readonly<Record<TaskState, string>> = {
  waiting: 'It waits for its turn',
  delayed: 'It is tried again by itself',
  active: 'It runs',
  done: 'It is done',
  failed: 'It failed',
  cancelled: 'It was stopped',
};

/** How far the task is that runs many again: live, as the monitor tells it. */
export const RerunProgress = ({ taskId }: { readonly taskId: string }) => {
  const { data } = useQuery(trpc.tasks.get.queryOptions({ id: taskId }));
  if (data === undefined) return null;
  const { state, progress, problem } = data;
  return (
    <div className="br-note" role="status" data-testid="rerun-progress">
      <p>
        {WORDS[state]}
        {progress !== null &&
          `: ${formatCount(progress.done)}${progress.total === null ? '' : ` of ${formatCount(progress.total)}`}`}
        . {problem?.message}{' '}
        <Link to="/tasks" search={{ id: taskId }}>
          Open the task
        </Link>
      </p>
      {state === 'active' && (
        <ProgressLine done={progress?.done ?? 0} total={progress?.total ?? null} label="Run again" />
      )}
    </div>
  );
};
