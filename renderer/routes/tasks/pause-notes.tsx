import { Button } from '@mantine/core';
import type { QueueView } from '../../../shared/api.ts';
import { IconPlayerPause } from '../../components/icons.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { formatCount } from '../../lib/format.ts';

interface Props {
  readonly queues: readonly QueueView[];
  readonly onOpenQueues: () => void;
}

/** Why tasks wait: which queues are paused, and since when and until when. The table of the queues says the same in its rows. */
export const QueuePauseNotes = ({ queues, onOpenQueues }: Props) => {
  const paused = queues.filter((queue) => queue.pause !== null);
  if (paused.length === 0) return null;
  return (
    <div data-testid="queue-pauses">
      {paused.map(({ queue, waiting, pause }) =>
        pause === null ? null : (
          <div key={queue} className="br-problem" role={pause.by === 'breaker' ? 'alert' : 'status'}>
            <IconPlayerPause size={16} aria-hidden />
            <div>
              <p>
                <strong>
                  The queue {queue} is paused{pause.by === 'breaker' && ' by itself'}. {pause.reason}
                </strong>{' '}
                <span className="br-problem-time">
                  <RelativeTime iso={pause.since} />
                </span>
              </p>
              <p>
                {pause.by === 'breaker' ? 'Its tasks wait instead of being given up' : 'Its tasks wait'} (
                {formatCount(waiting)}).{' '}
                {pause.probeAt === null ? (
                  'They go on when the queue is resumed.'
                ) : (
                  <>
                    One is tried <RelativeTime iso={pause.probeAt} />; when it works, all go on by themselves.
                  </>
                )}{' '}
                <Button variant="subtle" size="compact-xs" onClick={onOpenQueues}>
                  Queues and workers
                </Button>
              </p>
            </div>
          </div>
        ),
      )}
    </div>
  );
};
