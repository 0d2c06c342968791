import { AppError } from '../../../../shared/errors.ts';
import { apartFromTransaction } from '../../db/nested-writes.ts';
import { runAttempt } from '../attempt.ts';
import { AttemptEnded } from '../outcome.ts';
import type { Enqueued, Queue, QueueLimits, TaskDefinition } from '../queue.ts';
import { createRateCounts } from '../rates.ts';
import { createAlarm } from './alarm.ts';
import { attemptEnd } from './attempt-end.ts';
import { planClaims } from './claim-plans.ts';
import { type ClaimPlan, type Work, type Written, writeWork } from './flush.ts';
import { HEARTBEAT_MS, signOff } from './leases.ts';
import { nextDueMs } from './next-due.ts';
import { createNotes } from './notes.ts';
import type { SqliteQueueOptions } from './options.ts';
import { pruneTasks } from './prune.ts';
import { createRunningTasks, type Running } from './running.ts';
import { createSchedules } from './schedules.ts';
import { createSwitches } from './switches.ts';
import { createTaskOperations } from './task-operations.ts';
import {
  type ClaimedTask,
  createCountChanges,
  type EndedAttempt,
  type NewTask,
  statementsOf,
  toNewTask,
} from './task-rows.ts';
import { insertTasks, writeCounts } from './task-writes.ts';

const DEFAULT_LIMITS: QueueLimits = { concurrency: 4 };
/** Tasks that wait to be written; more are turned away, so that memory stays bounded. */
const MAX_UNWRITTEN = 50_000;
/** One transaction's worth, so that receipts never wait long for the writer. */
const MAX_GROUP = 500;
const AFTER_ERROR_MS = 1000;

interface Unwritten {
  readonly task: NewTask;
  readonly resolve: (added: Enqueued) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The queue on SQLite. One loop (`pump`) writes everything: additions, ends, progress, heartbeat and the claims of the next tasks share a
 * transaction. It runs only when something happened; between that one alarm waits for whatever is due next.
 */
export const createSqliteQueue = (options: SqliteQueueOptions): Queue => {
  const { db, clock, log, worker, redact, random } = options;
  const definitions = new Map<string, TaskDefinition>();
  const running = createRunningTasks();
  const switches = createSwitches();
  const schedules = createSchedules();
  const rates = createRateCounts();
  const startedMs = clock.now();

  let state: 'new' | 'started' | 'stopping' | 'stopped' = 'new';
  const inserts: Unwritten[] = [];
  let ends: EndedAttempt[] = [];
  let changed: string[] = [];
  /** Queues where something may be due. */
  const awake = new Set<string>();
  const asked = new Map<string, number>();
  const lastShop = new Map<string, string>();
  let beatMs = 0;
  let recoverMs: number | null = null;
  let pumping: Promise<void> | null = null;
  let again = false;
  const onQuiet: (() => void)[] = [];

  const limitsOf = (queue: string): QueueLimits => options.limits?.[queue] ?? DEFAULT_LIMITS;
  const queues = (): Set<string> => new Set([...definitions.values()].map(({ queue }) => queue));
  const wake = (queue: string): void => {
    awake.add(queue);
    pump();
  };
  const alarm = createAlarm(clock, () => {
    for (const queue of queues()) awake.add(queue);
    pump();
  });
  const notes = createNotes({ clock, redact, onDue: () => pump() });

  // ---- running
  const finish = (run: Running, end: EndedAttempt | null): void => {
    running.remove(run);
    if (end) {
      ends.push(end);
      notes.ended(run);
    }
    wake(run.queue);
  };

  const launch = (task: ClaimedTask, plan: ClaimPlan): void => {
    const definition = definitions.get(task.name);
    const now = clock.now();
    const run: Running = {
      seq: task.seq,
      attempt: task.attempts,
      queue: plan.queue,
      name: task.name,
      shop: task.shop,
      startedMs: now,
      deadlineMs: now + (definition?.timeoutMs ?? 0),
      isProbe: plan.isProbe,
      controller: new AbortController(),
      lines: 0,
      progress: null,
    };
    running.add(run);
    lastShop.set(plan.queue, task.shop);
    const attempt = runAttempt({ definition, input: task.input, context: notes.contextOf(run), clock, random, redact });
    attempt.then(
      (outcome) =>
        finish(run, attemptEnd(run, outcome, { nowMs: clock.now(), switches, rates, onFailed: options.onFailed })),
      (error: unknown) => {
        log.error({ task: run.name, id: run.seq, err: error }, 'a task’s end could not be noted; its lease ends');
        finish(run, null);
      },
    );
  };

  // ---- writing
  const takeWork = (): { work: Work; waiting: Unwritten[] } | null => {
    const nowMs = clock.now();
    running.endOverdue(nowMs);
    const waiting = inserts.splice(0, MAX_GROUP);
    const taken = ends.splice(0, MAX_GROUP);
    const claims =
      state === 'started' ? planClaims({ nowMs, awake, switches, running, limitsOf, lastShop, most: MAX_GROUP }) : [];
    awake.clear();
    const said = notes.isDue() ? notes.take() : { logs: [], progress: [] };
    const isStarted = state === 'started' || state === 'stopping';
    const work: Work = {
      nowMs,
      beat: isStarted && (running.size > 0 || claims.length > 0) && beatMs + HEARTBEAT_MS <= nowMs,
      recover: state === 'started' && recoverMs !== null && recoverMs <= nowMs,
      inserts: waiting.map(({ task }) => task),
      ends: taken,
      rates: rates.take(),
      ...said,
      claims,
    };
    const isScheduleDue = state === 'started' && (schedules.nextMs(nowMs) ?? Number.POSITIVE_INFINITY) <= nowMs;
    const isNothing =
      work.inserts.length + work.ends.length + work.logs.length + work.progress.length + work.claims.length === 0;
    if (isNothing && !work.beat && !work.recover && !isScheduleDue && !switches.hasUnsaved() && !schedules.hasUnsaved())
      return null;
    return { work, waiting };
  };

  const settle = (work: Work, written: Written, waiting: readonly Unwritten[]): void => {
    waiting.forEach((each, index) => {
      const added = written.inserted[index];
      if (added) {
        each.resolve(added);
        changed.push(added.id);
      } else each.reject(new Error('the new task has no id'));
    });
    for (const { seq, queue } of [...written.ended, ...written.recovered]) {
      changed.push(String(seq));
      awake.add(queue);
    }
    for (const { queue } of work.inserts) awake.add(queue);
    if (work.beat) beatMs = work.nowMs;
    if (work.recover) recoverMs = written.nextLeaseMs === null ? null : written.nextLeaseMs + 1;
    if (written.held) {
      const held = new Map(written.held.map(({ seq, cancelling }) => [seq, cancelling]));
      for (const run of running.all()) {
        const cancelling = held.get(run.seq);
        if (cancelling === undefined)
          run.controller.abort(new AttemptEnded('lost', 'Another worker took this task over.'));
        else if (cancelling === 1) run.controller.abort(new AttemptEnded('cancel', 'It was cancelled.'));
      }
    }
    for (const { plan, tasks } of written.claimed) {
      asked.set(plan.queue, work.nowMs);
      if (plan.isProbe) switches.probeBegan(plan.queue, tasks.length > 0, work.nowMs);
      if (tasks.length === plan.places) awake.add(plan.queue);
      for (const task of tasks) {
        changed.push(String(task.seq));
        launch(task, plan);
      }
    }
  };

  const flush = async (): Promise<void> => {
    const taken = takeWork();
    if (!taken) return;
    const { work, waiting } = taken;
    const undo: (() => void)[] = [];
    try {
      const written = await db.writeStatements((tx) =>
        writeWork(tx, work, {
          worker,
          startedMs,
          schedules,
          switches,
          isAlive: options.isAlive,
          attemptsOf: (name) => definitions.get(name)?.attempts ?? 1,
          undo: (back) => undo.push(back),
        }),
      );
      settle(work, written, waiting);
    } catch (error) {
      log.error({ err: error }, 'the task queue could not write; it tries again in a moment');
      for (const back of undo) back();
      for (const each of waiting) each.reject(error);
      ends = [...work.ends, ...ends];
      for (const { queue } of work.claims) awake.add(queue);
      await clock.delay(AFTER_ERROR_MS);
    }
    if (changed.length > 0) options.onChange(changed.length <= 50 ? changed : []);
    changed = [];
  };

  const hasWork = (): boolean =>
    again ||
    inserts.length > 0 ||
    ends.length > 0 ||
    (state === 'started' &&
      [...awake].some((queue) => !switches.isPaused(queue) && running.inQueue(queue) < limitsOf(queue).concurrency));

  const armAlarm = async (): Promise<void> => {
    if (state !== 'started') return;
    const open = [...queues()].filter(
      (queue) => !switches.isPaused(queue) && running.inQueue(queue) < limitsOf(queue).concurrency,
    );
    const times = [
      await nextDueMs(
        db,
        open.map((queue) => [queue, asked.get(queue) ?? 0]),
      ),
      schedules.nextMs(clock.now()),
      switches.nextProbeMs(),
      recoverMs,
      running.nextDeadlineMs(),
      running.size > 0 ? beatMs + HEARTBEAT_MS : null,
    ].filter((time) => time !== null);
    alarm.set(times.length > 0 ? Math.min(...times) : null);
  };

  const loop = async (): Promise<void> => {
    try {
      do {
        again = false;
        // One turn of the event loop lets what happens together be written together.
        await new Promise<void>((resolve) => setImmediate(resolve));
        await flush();
      } while (hasWork());
      await armAlarm();
    } catch (error) {
      log.error({ err: error }, 'the task queue stopped on an error; it goes on in a moment');
      alarm.set(clock.now() + AFTER_ERROR_MS);
    } finally {
      pumping = null;
      if (again) pump();
      else if (running.size === 0) for (const tell of onQuiet.splice(0)) tell();
    }
  };
  const pump = (): void => {
    again = true;
    pumping ??= apartFromTransaction(loop);
  };

  const quiet = async (): Promise<void> => {
    while (pumping || running.size > 0) await new Promise<void>((resolve) => onQuiet.push(resolve));
  };

  const submit = (task: NewTask): Promise<Enqueued> =>
    new Promise((resolve, reject) => {
      if (state === 'stopped' || inserts.length >= MAX_UNWRITTEN) {
        const message = state === 'stopped' ? 'Backroom is closing.' : 'Too many tasks wait to be stored.';
        reject(new AppError('BACKEND_RESTARTING', message, { hint: 'Try again in a few seconds.' }));
        return;
      }
      inserts.push({ task, resolve, reject });
      pump();
    });
  /** A change of switches, written with the next group; resolves when it is. */
  const saved = async (): Promise<void> => {
    pump();
    while (switches.hasUnsaved() || schedules.hasUnsaved()) {
      if (!pumping) pump();
      await pumping;
    }
  };

  return {
    ...createTaskOperations({ db, clock, running, wake, submit, onChange: options.onChange }),
    register: (task) => {
      if (definitions.has(task.name)) throw new Error(`The task ${task.name} is registered twice`);
      definitions.set(task.name, task as TaskDefinition);
    },
    enqueue: async (task, input, given = {}) => {
      if (definitions.get(task.name) !== task) throw new Error(`The task ${task.name} is not registered`);
      const added = toNewTask(task as TaskDefinition, input, given, clock.now());
      if (!given.tx) return submit(added);
      const counts = createCountChanges();
      const statements = statementsOf(given.tx);
      const [answer] = await insertTasks(statements, [added], counts);
      await writeCounts(statements, counts);
      // The claim waits its turn behind the caller's transaction, so it sees the task if that commits.
      wake(task.queue);
      if (!answer) throw new Error('the new task has no id');
      return answer;
    },
    schedule: (task, { cron, timeZone, input, shop, uniqueKey }) =>
      schedules.declare({
        key: uniqueKey,
        queue: task.queue,
        name: task.name,
        shop: shop ?? '',
        cron,
        timeZone: timeZone ?? 'UTC',
        input: JSON.stringify(task.input.parse(input)),
      }),
    start: async () => {
      if (state !== 'new') return;
      await db.writeStatements(async (tx) => {
        await switches.load(tx);
        await schedules.load(tx, clock.now());
      });
      state = 'started';
      recoverMs = clock.now();
      for (const queue of queues()) awake.add(queue);
      pump();
      await pumping;
    },
    stop: async (waitMs = 10_000) => {
      if (state === 'stopped' || state === 'stopping') return quiet();
      state = 'stopping';
      alarm.set(null);
      const enough = new AbortController();
      const waited = await Promise.race([
        quiet().then(() => true),
        clock.delay(waitMs, enough.signal).then(
          () => false,
          () => true,
        ),
      ]);
      enough.abort();
      if (!waited) {
        for (const run of running.all()) run.controller.abort(new AttemptEnded('stop', 'Backroom is closing.'));
        // What heeds its signal goes back at once; the rest is left to its lease.
        await Promise.race([quiet(), clock.delay(AFTER_ERROR_MS)]);
      }
      state = 'stopped';
      notes.close();
      while (pumping) await pumping;
      await db.writeStatements((tx) => signOff(tx, worker.id));
    },
    pause: async (queue, given) => {
      switches.pause(queue, given, clock.now());
      await saved();
      options.onChange([]);
    },
    resume: async (queue) => {
      switches.resume(queue);
      await saved();
      options.onChange([]);
      wake(queue);
    },
    runSchedule: async (key) => {
      const task = schedules.taskOf(key, clock.now());
      if (!task) return null;
      const added = await submit(task);
      schedules.ran(key, clock.now(), added.id);
      await saved();
      return added;
    },
    setScheduleEnabled: async (key, enabled) => {
      const isKnown = schedules.setEnabled(key, enabled, clock.now());
      await saved();
      options.onChange([]);
      return isKnown;
    },
    prune: (rules, signal) => pruneTasks(db, rules, signal),
    definitions: () => definitions,
    idle: quiet,
  };
};
