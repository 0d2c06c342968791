import type { EntityManager } from 'typeorm';
import type { SqlValue } from '../../db/database.ts';
import type { StatementConnection } from '../../db/statement-connection.ts';
import type { AttemptError } from '../outcome.ts';
import type { EnqueueOptions, QueueTransaction, TaskDefinition } from '../queue.ts';

/** Statements inside a transaction, whoever opened it. */
export interface TaskStatements {
  all<Row>(sql: string, ...params: SqlValue[]): Promise<Row[]>;
}

const isConnection = (tx: QueueTransaction): tx is StatementConnection => 'all' in tx;

/** TypeORM's driver answers rows only for statements that do not begin with INSERT, UPDATE or DELETE: all of these begin on a new line. */
const fromManager = (tx: EntityManager): TaskStatements => ({
  all: <Row>(sql: string, ...params: SqlValue[]) => tx.query<Row[]>(`\n${sql}`, params),
});
export const statementsOf = (tx: QueueTransaction): TaskStatements => (isConnection(tx) ? tx : fromManager(tx));

export type StoredState = 'waiting' | 'active' | 'done' | 'failed' | 'cancelled';

export interface NewTask {
  readonly queue: string;
  readonly name: string;
  readonly shop: string;
  readonly priority: number;
  readonly dueMs: number;
  readonly createdMs: number;
  readonly uniqueKey: string | null;
  readonly parentKind: string | null;
  readonly parentId: string | null;
  readonly input: string;
}

/** @throws ZodError when the input does not fit */
export const toNewTask = (task: TaskDefinition, input: unknown, given: EnqueueOptions, nowMs: number): NewTask => ({
  queue: task.queue,
  name: task.name,
  shop: given.shop ?? '',
  priority: given.priority ?? 0,
  dueMs: nowMs + Math.max(0, given.delayMs ?? 0),
  createdMs: nowMs,
  uniqueKey: given.uniqueKey ?? null,
  parentKind: given.parent?.kind ?? null,
  parentId: given.parent?.id ?? null,
  input: JSON.stringify(task.input.parse(input)),
});

export interface ClaimedTask {
  readonly seq: number;
  readonly name: string;
  readonly shop: string;
  readonly priority: number;
  readonly attempts: number;
  readonly input: string;
}

/** How an attempt ended, as it is written. */
export interface EndedAttempt {
  readonly seq: number;
  readonly attempt: number;
  readonly queue: string;
  readonly shop: string;
  readonly state: Exclude<StoredState, 'active'>;
  /** Attempts made, from now on: one less when this one does not count. */
  readonly attempts: number;
  readonly startedMs: number;
  readonly finishedMs: number;
  readonly dueMs: number | null;
  readonly problem: string | null;
  readonly result: string | null;
  readonly record: { readonly outcome: 'retry' | 'failed' | 'cancelled' | 'lost'; readonly error: AttemptError } | null;
}

/** Changes of the running counts by queue and state. */
export interface CountChanges {
  add(queue: string, state: StoredState, by: number): void;
  rows(): [queue: string, ...byState: number[]][];
}

const STATES: readonly StoredState[] = ['waiting', 'active', 'done', 'failed', 'cancelled'];

export const createCountChanges = (): CountChanges => {
  const queues = new Map<string, Map<StoredState, number>>();
  return {
    add: (queue, state, by) => {
      const states = queues.get(queue) ?? new Map<StoredState, number>();
      states.set(state, (states.get(state) ?? 0) + by);
      queues.set(queue, states);
    },
    rows: () =>
      [...queues]
        .map(([queue, states]): [string, ...number[]] => [queue, ...STATES.map((state) => states.get(state) ?? 0)])
        .filter(([, ...changes]) => changes.some((change) => change !== 0)),
  };
};
