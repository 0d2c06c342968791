import type { TaskAttempt, TaskDetail } from '../../../shared/api.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { StatusBadge, type StatusLook, TASK_STATE } from '../../components/status-badge.tsx';
import { formatMs } from '../../lib/time.ts';

const LOOK: Record<TaskAttempt['outcome'], StatusLook> = {
  done: TASK_STATE.done,
  running: TASK_STATE.active,
  failed: TASK_STATE.failed,
  cancelled: TASK_STATE.cancelled,
  retry: { ...TASK_STATE.failed, word: 'Failed, tried again', tone: 'warn' },
  lost: { ...TASK_STATE.failed, word: 'Lost with its process', tone: 'warn' },
};

/** Every attempt in order, with what it failed with. */
export const AttemptTimeline = ({ task }: { readonly task: TaskDetail }) => {
  if (task.attemptsMade.length === 0)
    return (
      <p className="br-pane-note">
        Nothing was tried yet. It starts when {task.isHeld ? 'it is resumed' : 'a place in its queue is free'}.
      </p>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section className="br-scroll" tabIndex={0} aria-label="Attempts">
      <ol className="br-task-attempts">
        {task.attemptsMade.map((attempt) => (
          <Attempt key={attempt.attempt} attempt={attempt} />
        ))}
      </ol>
    </section>
  );
};

const Attempt = ({ attempt }: { readonly attempt: TaskAttempt }) => (
  <li data-testid="task-attempt">
    <p className="br-task-attempt-head">
      <strong className="br-num">{attempt.attempt}.</strong>
      <StatusBadge look={LOOK[attempt.outcome]} />
      <span className="br-dim">
        <RelativeTime iso={attempt.startedAt} />
        {attempt.ranMs !== null && `, ran ${formatMs(attempt.ranMs)}`}
      </span>
    </p>
    {attempt.error !== null && (
      <>
        <p>
          <span className="br-mono">{attempt.error.code ?? attempt.error.class}</span>: {attempt.error.message}
        </p>
        {attempt.error.hint !== null && <p className="br-dim">{attempt.error.hint}</p>}
        {attempt.error.stack !== null && (
          <details>
            <summary>Stack</summary>
            <pre className="br-raw">{attempt.error.stack}</pre>
          </details>
        )}
      </>
    )}
    {attempt.retryAt !== null && attempt.outcome === 'retry' && (
      <p className="br-dim">
        Next attempt <RelativeTime iso={attempt.retryAt} />
      </p>
    )}
  </li>
);
