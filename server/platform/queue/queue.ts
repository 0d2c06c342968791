import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { StatementConnection } from '../db/statement-connection.ts';
import { isPermanent } from './permanent.ts';

/**
 * The task queue as features see it. Tasks run at least once: after a crash a task may run again, so `run` must be able to. Nothing here
 * says where tasks are kept; `contract.ts` is the suite that every implementation passes.
 */

/** What a running task gets. */
export interface TaskContext {
  readonly id: string;
  /** Null: the task is about no store in particular. */
  readonly shop: string | null;
  /** 1 at the first try. */
  readonly attempt: number;
  /** Aborted on cancel, on timeout, when the process stops and when another process took the task over. Pass it on to whatever waits. */
  readonly signal: AbortSignal;
  /** Where the task stands, for the monitor. Cheap to call for each row: it is written at most once a second. */
  progress(done: number, total: number | null, phase?: string): void;
  /** A line of the task's own log, kept with the task (the first 200). No secrets and no personal data. */
  log(message: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void;
}

/** Exponential with full jitter: a random wait between 0 and `firstMs` · 2^(attempt − 1), at most `maxMs`. */
export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

export interface TaskDefinition<Input = unknown> {
  /** Kept with each task, so it is a name for good: `sync.products`. */
  readonly name: string;
  /** Concurrency, pause and circuit breaker are the queue's. */
  readonly queue: string;
  /** What the monitor says this task does. */
  readonly title: string;
  /** Checked when the task is added and again when it runs (another version may have added it). Must survive JSON. */
  readonly input: z.ZodType<Input>;
  /** All attempts together. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** One attempt is aborted after this. */
  readonly timeoutMs: number;
  /** Whether more tries can't mend this error. Usually `permanent.ts` decides, by the error's code. */
  isPermanent(error: unknown): boolean;
  /**
   * What it returns is kept as the result (JSON, bounded). A permanent error fails the task at once; everything else that is thrown is
   * tried again.
   */
  run(input: Input, context: TaskContext): Promise<unknown>;
}

/** A definition with its usual values filled in: 5 attempts, waits from 1 s up to 5 min, 10 min for one attempt. */
export const defineTask = <Input>(
  task: Pick<TaskDefinition<Input>, 'name' | 'queue' | 'input' | 'run'> & Partial<TaskDefinition<Input>>,
): TaskDefinition<Input> => ({
  title: task.name,
  attempts: 5,
  backoff: { firstMs: 1000, maxMs: 300_000 },
  timeoutMs: 600_000,
  isPermanent,
  ...task,
});

/** Where a task came from; the monitor draws the chain from it. */
export interface TaskParent {
  readonly kind: 'webhook' | 'task' | 'sync';
  readonly id: string;
}

/**
 * The transaction of `Database.write` or `Database.writeStatements` that the task is to be added in: it exists if and only if that commits.
 * (An implementation on another server puts an outbox row there and moves it on after the commit.)
 */
export type QueueTransaction = EntityManager | StatementConnection;

export interface EnqueueOptions {
  /** Stores take turns inside a priority. */
  readonly shop?: string | null;
  /** Not before so many ms from now. */
  readonly delayMs?: number;
  /** Higher runs first: -10 background, 0 usual, 10 somebody waits for it. */
  readonly priority?: number;
  /** While a task of this name with this key waits or runs, another is not added: the answer names the one that is there. */
  readonly uniqueKey?: string;
  readonly parent?: TaskParent;
  readonly tx?: QueueTransaction;
}

export interface Enqueued {
  readonly id: string;
  /** False: a task with the same unique key was there. */
  readonly isNew: boolean;
}

export interface ScheduleOptions<Input> {
  /** Five or six fields, or `@daily` and the like (croner). */
  readonly cron: string;
  /** IANA name; UTC when absent. */
  readonly timeZone?: string;
  readonly input: Input;
  readonly shop?: string | null;
  /** Names the schedule, and is the unique key of its tasks: a run that is still going is not overtaken. */
  readonly uniqueKey: string;
}

/** The side that features see. */
export interface TaskQueue {
  /** Makes the code of a task known; at composition, before `start()`. @throws Error when the name is taken */
  register<Input>(task: TaskDefinition<Input>): void;
  /** Resolves when the task is durable (with `tx`: when it is part of that transaction). @throws ZodError */
  enqueue<Input>(task: TaskDefinition<Input>, input: Input, options?: EnqueueOptions): Promise<Enqueued>;
  /**
   * Declares a recurring task. Kept across restarts (the operator may have switched it off); runs missed while the program was closed
   * become one. At composition, before `start()`; a schedule that is no longer declared is removed by `start()`.
   */
  schedule<Input>(task: TaskDefinition<Input>, options: ScheduleOptions<Input>): void;
  /** Ends a waiting task, or aborts a running one. False: there is no such task, or it has ended. */
  cancel(id: string): Promise<boolean>;
}

/** Concurrency of one queue in one process. */
export interface QueueLimits {
  readonly concurrency: number;
  /** So that one store can't hold all places. */
  readonly perShop?: number;
}

export interface PauseOptions {
  /** A sentence for the operator. */
  readonly reason: string;
  readonly by: 'operator' | 'breaker';
  /** When to let one task through to see whether the cause is gone; null: only a person resumes. */
  readonly probeInMs?: number | null;
}

/** What is kept of tasks that ended. */
export interface PruneRules {
  /** Done and cancelled tasks that ended before this go. */
  readonly endedBeforeMs: number;
  /** Failed ones are kept longer: somebody may still have to look. */
  readonly failedBeforeMs: number;
  /** Of done and cancelled tasks, at most so many stay. */
  readonly keepEnded: number;
  readonly ratesBeforeMs: number;
}

/** Start, stop and the switches; for the composition root and the monitor. */
export interface QueueControl {
  /** Takes over what a crash left behind and begins to run tasks. Idempotent. */
  start(): Promise<void>;
  /** Takes no new tasks, waits for running ones up to `waitMs` (10 s), then aborts them; their lease ends and another start runs them again. */
  stop(waitMs?: number): Promise<void>;
  /** Kept across restarts. Running tasks go on. */
  pause(queue: string, options: PauseOptions): Promise<void>;
  resume(queue: string): Promise<void>;
  /** A delayed, retrying or held task becomes due. False: it does not wait. */
  runNow(id: string): Promise<boolean>;
  /** A waiting or delayed task waits until it is let go on, across restarts; its unique key stays taken. False: it does not wait, or is held. */
  hold(id: string): Promise<boolean>;
  /** A held task is due when it would have been. False: it is not held. */
  release(id: string): Promise<boolean>;
  /** A new task with the full input of one that ended, and with it as the parent; null: there is no such task, or it has not ended. */
  retry(id: string): Promise<Enqueued | null>;
  /** Adds the schedule's task now; null: there is no such schedule. */
  runSchedule(key: string): Promise<Enqueued | null>;
  setScheduleEnabled(key: string, enabled: boolean): Promise<boolean>;
  /** Resolves with the number of tasks that went. */
  prune(rules: PruneRules, signal: AbortSignal): Promise<number>;
  /** What is registered, by name. */
  definitions(): ReadonlyMap<string, TaskDefinition>;
  /** Resolves when nothing that is due waits or runs. */
  idle(): Promise<void>;
}

export type Queue = TaskQueue & QueueControl;
