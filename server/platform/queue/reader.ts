import type { AttemptError } from './outcome.ts';

/** `delayed` waits for its time, be it the first or a later attempt, or is held back. */
export type TaskState = 'waiting' | 'delayed' | 'active' | 'done' | 'failed' | 'cancelled';

export interface TaskFilter {
  readonly queue?: string | undefined;
  readonly state?: TaskState | undefined;
  readonly name?: string | undefined;
  readonly shop?: string | undefined;
  /** Anywhere in the name, the input or the error. */
  readonly text?: string | undefined;
  readonly createdFromMs?: number | undefined;
  readonly createdToMs?: number | undefined;
  /** Held back by a person, or not. Absent: both. */
  readonly isHeld?: boolean | undefined;
}

export interface TaskProblem {
  readonly class: string;
  readonly code: string | null;
  readonly message: string;
  readonly hint: string | null;
  readonly kind: 'retry' | 'permanent' | 'exhausted' | 'lost';
}

export interface TaskRow {
  readonly id: string;
  readonly queue: string;
  readonly name: string;
  readonly shop: string | null;
  readonly state: TaskState;
  readonly priority: number;
  readonly attempts: number;
  readonly worker: string | null;
  readonly isCancelling: boolean;
  /** It waits until a person lets it go on; `dueMs` is when it would have been due. */
  readonly isHeld: boolean;
  readonly createdMs: number;
  readonly dueMs: number;
  readonly startedMs: number | null;
  readonly finishedMs: number | null;
  readonly parent: { readonly kind: string; readonly id: string } | null;
  readonly uniqueKey: string | null;
  readonly problem: TaskProblem | null;
  readonly progress: { readonly done: number; readonly total: number | null; readonly phase?: string } | null;
}

export interface AttemptRow extends AttemptError {
  readonly attempt: number;
  readonly outcome: 'retry' | 'failed' | 'cancelled' | 'lost';
  readonly worker: string | null;
  readonly startedMs: number;
  readonly finishedMs: number;
  readonly retryMs: number | null;
}

export interface LogRow {
  readonly attempt: number;
  readonly atMs: number;
  readonly message: string;
  readonly fields: string | null;
}

export interface TaskRecord extends TaskRow {
  /** JSON texts, whole. */
  readonly input: string;
  readonly result: string | null;
  readonly failures: readonly AttemptRow[];
  readonly logs: readonly LogRow[];
}

export interface QueueRow {
  readonly queue: string;
  readonly waiting: number;
  readonly delayed: number;
  readonly active: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly pause: {
    readonly by: 'operator' | 'breaker';
    readonly reason: string;
    readonly sinceMs: number;
    readonly probeMs: number | null;
  } | null;
}

export interface WorkerRow {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly startedMs: number;
  readonly leaseMs: number;
}

export interface ScheduleRow {
  readonly key: string;
  readonly name: string;
  readonly shop: string | null;
  readonly cron: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly nextMs: number | null;
  readonly lastMs: number | null;
  readonly lastTask: string | null;
}

export type RateOutcome = 'done' | 'retry' | 'failed' | 'cancelled';

/** Attempts by time (in steps of so many minutes since the epoch), and by task and run time (bucket, see `rates.ts`). */
export interface RateRows {
  readonly points: readonly { readonly step: number; readonly outcome: RateOutcome; readonly count: number }[];
  readonly runTimes: readonly {
    readonly name: string;
    readonly outcome: RateOutcome;
    readonly bucket: number;
    readonly count: number;
  }[];
}

/** What a monitor reads. Apart from the queue itself, so that features which only add tasks do not see it. */
export interface QueueReader {
  /** Newest first; `before` is the id that the page begins after. */
  list(filter: TaskFilter, page: { before: string | null; limit: number }): Promise<TaskRow[]>;
  count(filter: TaskFilter): Promise<number>;
  get(id: string): Promise<TaskRecord | null>;
  /** Tasks whose parent this is, oldest first, at most 100. */
  childrenOf(parent: { kind: string; id: string }): Promise<TaskRow[]>;
  queues(): Promise<QueueRow[]>;
  workers(): Promise<WorkerRow[]>;
  schedules(): Promise<ScheduleRow[]>;
  rates(fromMs: number, stepMinutes: number): Promise<RateRows>;
}
