import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { Log } from '../../log/log.ts';
import type { FailedTask } from '../outcome.ts';
import type { QueueLimits } from '../queue.ts';
import type { Worker } from './leases.ts';

export interface SqliteQueueOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly worker: Worker;
  /** Queues that are not named run four tasks at a time. */
  readonly limits?: Readonly<Record<string, QueueLimits>>;
  /** In [0, 1); for the jitter. */
  readonly random: () => number;
  readonly redact: (text: string) => string;
  /** Whether another process of this computer still runs. */
  readonly isAlive: (pid: number) => boolean;
  /** Something changed that a monitor shows; at most 50 ids, none when more changed. */
  readonly onChange: (ids: readonly string[]) => void;
  /** For good: permanent, or the last attempt. */
  readonly onFailed?: (task: FailedTask) => void;
}
