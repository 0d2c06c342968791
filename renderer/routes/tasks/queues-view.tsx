import { Button, Modal, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { QueueView, TaskOverview, TaskState } from '../../../shared/api.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { IconPlayerPause, IconPlayerPlay } from '../../components/icons.ts';
import { PageBody } from '../../components/page-body.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { formatCount, plural } from '../../lib/format.ts';
import { usePauseQueue, useResumeQueue } from './task-actions.ts';

const STATES: readonly { state: TaskState; label: string }[] = [
  { state: 'waiting', label: 'Waiting' },
  { state: 'active', label: 'Running' },
  { state: 'delayed', label: 'Delayed' },
  { state: 'failed', label: 'Failed' },
  { state: 'done', label: 'Done' },
  { state: 'cancelled', label: 'Cancelled' },
];

/** Queues with their counts and pause switch; workers with what they run. Undefined: not here yet. */
export const QueuesView = ({ overview }: { readonly overview: TaskOverview | undefined }) => {
  const [pausing, setPausing] = useState<string | null>(null);
  return (
    <>
      <PageBody label="Queues and workers" width="wide">
        <section className="br-section" aria-labelledby="task-queues">
          <div className="br-section-head">
            <h2 id="task-queues">Queues</h2>
          </div>
          <table className="br-table" data-testid="queues">
            <thead>
              <tr>
                <th scope="col">Queue</th>
                {STATES.map(({ state, label }) => (
                  <th key={state} scope="col" data-align="end">
                    {label}
                  </th>
                ))}
                <th scope="col" data-align="end">
                  At a time
                </th>
                <th scope="col">
                  <span className="br-visually-hidden">Pause or resume</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {overview === undefined ? (
                <SkeletonRows
                  columns={STATES.length + 3}
                  rows={4}
                  height={39}
                  align="end"
                  label="Queues are being loaded"
                />
              ) : (
                overview.queues.map((queue) => (
                  <QueueRow key={queue.queue} queue={queue} onPause={() => setPausing(queue.queue)} />
                ))
              )}
            </tbody>
          </table>
        </section>
        {overview !== undefined && <Workers workers={overview.workers} />}
      </PageBody>
      <Modal opened={pausing !== null} onClose={() => setPausing(null)} title={`Pause ${pausing ?? ''}`}>
        {pausing !== null && <PauseForm queue={pausing} onClose={() => setPausing(null)} />}
      </Modal>
    </>
  );
};

const QueueRow = ({ queue, onPause }: { readonly queue: QueueView; readonly onPause: () => void }) => {
  const resume = useResumeQueue();
  return (
    <tr data-queue={queue.queue}>
      <th scope="row">
        <Link to="/tasks" search={{ queue: queue.queue }}>
          {queue.queue}
        </Link>
        {queue.pause !== null && (
          <p className="br-queue-pause">
            {queue.pause.by === 'breaker' ? 'Paused by itself' : 'Paused'} <RelativeTime iso={queue.pause.since} />:{' '}
            {queue.pause.reason}
            {queue.pause.probeAt !== null && (
              <>
                {' '}
                One task is tried <RelativeTime iso={queue.pause.probeAt} />.
              </>
            )}
          </p>
        )}
      </th>
      {STATES.map(({ state }) => (
        <td
          key={state}
          data-align="end"
          className="br-num"
          data-tone={state === 'failed' && queue.failed > 0 ? 'bad' : undefined}
        >
          {queue[state] === 0 ? (
            <span className="br-dim">0</span>
          ) : (
            <Link to="/tasks" search={{ queue: queue.queue, state }}>
              {formatCount(queue[state])}
            </Link>
          )}
        </td>
      ))}
      <td data-align="end" className="br-num">
        {queue.concurrency}
      </td>
      <td data-align="end">
        {queue.pause === null ? (
          <Button
            leftSection={<IconPlayerPause size={14} aria-hidden />}
            aria-label={`Pause ${queue.queue}`}
            onClick={onPause}
          >
            Pause
          </Button>
        ) : (
          <Button
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            aria-label={`Resume ${queue.queue}`}
            loading={resume.isPending}
            onClick={() => resume.mutate({ queue: queue.queue })}
          >
            Resume
          </Button>
        )}
      </td>
    </tr>
  );
};

const PauseForm = ({ queue, onClose }: { readonly queue: string; readonly onClose: () => void }) => {
  const [reason, setReason] = useState('');
  const pause = usePauseQueue(onClose);
  return (
    <form
      className="br-form"
      onSubmit={(event) => {
        event.preventDefault();
        pause.mutate({ queue, reason });
      }}
    >
      <TextInput
        label="Why"
        description="Shown beside the queue, so that nobody wonders. What runs already goes on."
        data-autofocus
        required
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="br-form-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={reason.trim() === ''} loading={pause.isPending}>
          Pause the queue
        </Button>
      </div>
    </form>
  );
};

const Workers = ({ workers }: { readonly workers: TaskOverview['workers'] }) => (
  <section className="br-section" aria-labelledby="task-workers">
    <div className="br-section-head">
      <h2 id="task-workers">Workers</h2>
    </div>
    {workers.length === 0 ? (
      <p className="br-dim">
        No process has run a task yet. Backroom’s own backend is the worker; it shows with its first task.
      </p>
    ) : (
      <table className="br-table" data-testid="workers">
        <thead>
          <tr>
            <th scope="col">Process</th>
            <th scope="col">Since</th>
            <th scope="col">Runs</th>
          </tr>
        </thead>
        <tbody>
          {workers.map((worker) => (
            <tr key={worker.id}>
              <th scope="row">
                {worker.host}, process {worker.pid} <CopyText value={worker.id} label="worker id" />
              </th>
              <td>
                <RelativeTime iso={worker.startedAt} />
              </td>
              <td>
                {worker.running.length === 0 ? (
                  <span className="br-dim">nothing at the moment</span>
                ) : (
                  <>
                    {worker.running.slice(0, 5).map((task) => (
                      <Link key={task.id} to="/tasks" search={{ id: task.id }} className="br-mono br-worker-task">
                        {task.name}
                      </Link>
                    ))}
                    {worker.running.length > 5 && plural(worker.running.length - 5, 'more', 'more')}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);
