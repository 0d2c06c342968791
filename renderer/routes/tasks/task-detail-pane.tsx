import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { TaskDetail } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { DetailPane } from '../../components/detail-pane.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { IconAlertTriangle } from '../../components/icons.ts';
import { JsonView } from '../../components/json-view.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { StatusBadge, taskLook } from '../../components/status-badge.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { formatCount } from '../../lib/format.ts';
import { parsePayload } from '../../lib/json-tree.ts';
import { formatMs } from '../../lib/time.ts';
import { wantsSingleKey } from '../../shell/shortcuts.ts';
import { AttemptTimeline } from './attempt-timeline.tsx';
import { ChainPicture } from './chain-picture.tsx';
import { useCancelTask, useHoldTask, useReleaseTask, useRetryTask, useRunTaskNow } from './task-actions.ts';
import { TaskLog } from './task-log.tsx';

interface Props {
  readonly id: string;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}

export const TaskDetailPane = ({ id, onClose, onOpen }: Props) => {
  const { data, error, refetch } = useQuery(trpc.tasks.get.queryOptions({ id }));
  return (
    <DetailPane
      label="Task"
      testId="task-detail"
      title={data === undefined ? 'Task' : <span className="br-mono">{data.name}</span>}
      extra={data !== undefined && <StatusBadge soft look={taskLook(data)} />}
      onClose={onClose}
    >
      {data !== undefined ? (
        <Body key={data.id} task={data} onOpen={onOpen} />
      ) : error !== null ? (
        <ErrorState error={error} title="The task could not be loaded" onRetry={refetch} />
      ) : (
        <SkeletonLines count={8} label="The task is being loaded" />
      )}
    </DetailPane>
  );
};

type Part = 'attempts' | 'arguments' | 'result' | 'log' | 'chain';

const Body = ({ task, onOpen }: { readonly task: TaskDetail; readonly onOpen: (id: string) => void }) => {
  const [part, setPart] = useState<Part>('attempts');
  return (
    <>
      <div className="br-pane-facts">
        <Actions task={task} onOpen={onOpen} />
        {task.problem !== null && task.state !== 'done' && (
          <div className="br-problem" data-testid="problem">
            <IconAlertTriangle size={16} aria-hidden />
            <div>
              <p>
                <strong>{task.problem.message}</strong>
              </p>
              {task.problem.hint !== null && <p>{task.problem.hint}</p>}
              <p className="br-dim">{WHY[task.problem.kind]}</p>
            </div>
          </div>
        )}
        {task.progress !== null && (
          <div>
            <ProgressLine done={task.progress.done} total={task.progress.total} label="Progress" />
            <span className="br-dim br-num">
              {formatCount(task.progress.done)}
              {task.progress.total !== null && ` of ${formatCount(task.progress.total)}`} {task.progress.phase}
            </span>
          </div>
        )}
        <TaskFacts task={task} />
      </div>
      <Tabs<Part>
        label="Parts of the task"
        value={part}
        onChange={setPart}
        tabs={[
          { value: 'attempts', label: `Attempts ${formatCount(task.attemptsMade.length)}` },
          { value: 'arguments', label: 'Arguments' },
          ...(task.result === null ? [] : [{ value: 'result' as const, label: 'Result' }]),
          { value: 'log', label: `Log ${formatCount(task.logs.length)}` },
          { value: 'chain', label: `Chain ${formatCount(task.chain.length)}` },
        ]}
      >
        {part === 'attempts' && <AttemptTimeline task={task} />}
        {part === 'arguments' && <JsonText text={task.input} label="arguments" />}
        {part === 'result' && task.result !== null && <JsonText text={task.result} label="result" />}
        {part === 'log' && <TaskLog lines={task.logs} />}
        {part === 'chain' && <ChainPicture links={task.chain} onOpen={onOpen} />}
      </Tabs>
    </>
  );
};

const WHY = {
  retry: 'It is tried again by itself.',
  permanent: 'Another attempt would fail the same way, so none follows.',
  exhausted: 'That was the last attempt.',
  lost: 'The program ended while it ran.',
} as const;

const HAS_ENDED: ReadonlySet<TaskDetail['state']> = new Set<TaskDetail['state']>(['done', 'failed', 'cancelled']);

const Actions = ({ task, onOpen }: { readonly task: TaskDetail; readonly onOpen: (id: string) => void }) => {
  const retry = useRetryTask(onOpen);
  const cancel = useCancelTask();
  const runNow = useRunTaskNow();
  const hold = useHoldTask();
  const release = useReleaseTask();
  const hasEnded = HAS_ENDED.has(task.state);
  const { id } = task;
  const { mutate: doRetry } = retry;
  const { mutate: doCancel } = cancel;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!wantsSingleKey(event)) return;
      if (event.key === 'r' && hasEnded) doRetry({ id });
      else if (event.key === 'c' && !hasEnded) doCancel({ id });
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [id, hasEnded, doRetry, doCancel]);
  return (
    <div className="br-task-actions">
      {hasEnded ? (
        <Button
          rightSection={<Kbd>r</Kbd>}
          title="Run again as a new task (r)"
          loading={retry.isPending}
          onClick={() => doRetry({ id })}
        >
          Run again
        </Button>
      ) : (
        <Button
          rightSection={<Kbd>c</Kbd>}
          title="Cancel this task (c)"
          loading={cancel.isPending || task.isCancelling}
          onClick={() => doCancel({ id })}
        >
          Cancel
        </Button>
      )}
      {task.state === 'delayed' && (
        <Button loading={runNow.isPending} onClick={() => runNow.mutate({ id })}>
          Run now
        </Button>
      )}
      {task.isHeld ? (
        <Button loading={release.isPending} onClick={() => release.mutate({ id })}>
          Resume
        </Button>
      ) : (
        (task.state === 'waiting' || task.state === 'delayed') && (
          <Button title="It waits until it is resumed" loading={hold.isPending} onClick={() => hold.mutate({ id })}>
            Pause
          </Button>
        )
      )}
    </div>
  );
};

const TaskFacts = ({ task }: { readonly task: TaskDetail }) => (
  <Facts>
    <Fact name="Does">{task.title}</Fact>
    <Fact name="Queue">
      <Link to="/tasks" search={{ queue: task.queue }}>
        {task.queue}
      </Link>
      {task.priority !== 0 && <span className="br-dim">, priority {task.priority}</span>}
    </Fact>
    {task.shop !== null && (
      <Fact name="Store">
        <CopyText value={task.shop} label="store domain" />
      </Fact>
    )}
    <Fact name="Added">
      <FullTime precise iso={task.createdAt} />
    </Fact>
    <Fact name={task.state === 'delayed' ? 'Due' : 'Started'}>
      {task.isHeld ? (
        'when it is resumed'
      ) : (
        <FullTime precise iso={task.state === 'delayed' ? task.dueAt : task.startedAt} />
      )}
    </Fact>
    <Fact name="Ended">
      <FullTime precise iso={task.finishedAt} />
    </Fact>
    {task.ranMs !== null && <Fact name="Ran for">{formatMs(task.ranMs)}</Fact>}
    {task.uniqueKey !== null && (
      <Fact name="Unique key">
        <CopyText value={task.uniqueKey} label="unique key" />
      </Fact>
    )}
    <Fact name="Task id">
      <CopyText value={task.id} label="task id" />
    </Fact>
  </Facts>
);

const JsonText = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const parsed = parsePayload(text);
  return parsed.valid ? (
    <JsonView value={parsed.value} source={text} label={label} />
  ) : (
    <pre className="br-raw">{text}</pre>
  );
};
