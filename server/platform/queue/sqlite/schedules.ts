import { checkCron, nextRunMs } from '../schedule-times.ts';
import type { NewTask, TaskStatements } from './task-rows.ts';

export interface DeclaredSchedule {
  readonly key: string;
  readonly queue: string;
  readonly name: string;
  readonly shop: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly input: string;
}

/** Recurring tasks: what the code declares, with what the table remembers (switched off, next run). */
export interface Schedules {
  declare(schedule: DeclaredSchedule): void;
  /** Brings the table in line with what is declared; keeps the next run of a schedule that did not change. */
  load(tx: TaskStatements, nowMs: number): Promise<void>;
  nextMs(nowMs: number): number | null;
  /** The tasks to add now; each schedule that was due moves on to its next run after now, however many it missed. */
  takeDue(nowMs: number): { schedule: DeclaredSchedule; task: NewTask }[];
  /** The task that a schedule would add. */
  taskOf(key: string, nowMs: number): NewTask | null;
  setEnabled(key: string, enabled: boolean, nowMs: number): boolean;
  ran(key: string, nowMs: number, taskId: string): void;
  hasUnsaved(): boolean;
  /** Answers how to take it back when the transaction fails. */
  save(tx: TaskStatements): Promise<() => void>;
}

interface Entry {
  readonly schedule: DeclaredSchedule;
  enabled: boolean;
  nextMs: number | null;
  lastMs: number | null;
  lastTask: string | null;
}

const SAVE = `INSERT INTO task_schedules (key, name, shop, cron, time_zone, input, enabled, next_ms, last_ms, last_task)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET name = excluded.name, shop = excluded.shop, cron = excluded.cron, time_zone = excluded.time_zone,
  input = excluded.input, enabled = excluded.enabled, next_ms = excluded.next_ms, last_ms = excluded.last_ms, last_task = excluded.last_task`;

const toTask = (schedule: DeclaredSchedule, nowMs: number): NewTask => ({
  queue: schedule.queue,
  name: schedule.name,
  shop: schedule.shop,
  priority: 0,
  dueMs: nowMs,
  createdMs: nowMs,
  uniqueKey: schedule.key,
  parentKind: null,
  parentId: null,
  input: schedule.input,
});

export const createSchedules = (): Schedules => {
  const entries = new Map<string, Entry>();
  const unsaved = new Set<string>();
  let seenMs = Number.NEGATIVE_INFINITY;
  const nextOf = ({ schedule }: Entry, nowMs: number): number | null =>
    nextRunMs(schedule.cron, schedule.timeZone, nowMs);
  /** No next run lies behind the first one from now, unless the clock has been set back since it was reckoned: nobody waits until it is there again. */
  const heedClock = (nowMs: number): void => {
    if (nowMs >= seenMs) {
      seenMs = nowMs;
      return;
    }
    seenMs = nowMs;
    for (const [key, entry] of entries) {
      if (entry.nextMs === null) continue;
      const first = nextOf(entry, nowMs);
      if (first === null || first >= entry.nextMs) continue;
      entry.nextMs = first;
      unsaved.add(key);
    }
  };
  return {
    declare: (schedule) => {
      if (entries.has(schedule.key)) throw new Error(`The schedule ${schedule.key} is declared twice`);
      checkCron(schedule.cron, schedule.timeZone);
      entries.set(schedule.key, { schedule, enabled: true, nextMs: null, lastMs: null, lastTask: null });
    },
    load: async (tx, nowMs) => {
      const stored = await tx.all<{
        key: string;
        cron: string;
        time_zone: string;
        enabled: number;
        next_ms: number | null;
        last_ms: number | null;
        last_task: number | null;
      }>('SELECT key, cron, time_zone, enabled, next_ms, last_ms, last_task FROM task_schedules');
      for (const row of stored) {
        const entry = entries.get(row.key);
        if (!entry) {
          await tx.all('DELETE FROM task_schedules WHERE key = ?', row.key);
          continue;
        }
        const isSame = row.cron === entry.schedule.cron && row.time_zone === entry.schedule.timeZone;
        entry.enabled = row.enabled === 1;
        entry.nextMs = isSame && entry.enabled ? row.next_ms : null;
        entry.lastMs = row.last_ms;
        entry.lastTask = row.last_task === null ? null : String(row.last_task);
      }
      for (const [key, entry] of entries) {
        if (entry.enabled) entry.nextMs ??= nextOf(entry, nowMs);
        unsaved.add(key);
      }
      // Whatever time it was when the table was written.
      seenMs = Number.POSITIVE_INFINITY;
      heedClock(nowMs);
    },
    nextMs: (nowMs) => {
      heedClock(nowMs);
      const times = [...entries.values()].map(({ nextMs }) => nextMs).filter((time) => time !== null);
      return times.length > 0 ? Math.min(...times) : null;
    },
    takeDue: (nowMs) => {
      heedClock(nowMs);
      const due = [...entries.values()].filter(({ nextMs }) => nextMs !== null && nextMs <= nowMs);
      return due.map((entry) => {
        entry.nextMs = nextOf(entry, nowMs);
        unsaved.add(entry.schedule.key);
        return { schedule: entry.schedule, task: toTask(entry.schedule, nowMs) };
      });
    },
    taskOf: (key, nowMs) => {
      const entry = entries.get(key);
      return entry ? toTask(entry.schedule, nowMs) : null;
    },
    setEnabled: (key, enabled, nowMs) => {
      const entry = entries.get(key);
      if (!entry) return false;
      entry.enabled = enabled;
      entry.nextMs = enabled ? nextOf(entry, nowMs) : null;
      unsaved.add(key);
      return true;
    },
    ran: (key, nowMs, taskId) => {
      const entry = entries.get(key);
      if (!entry) return;
      entry.lastMs = nowMs;
      entry.lastTask = taskId;
      unsaved.add(key);
    },
    hasUnsaved: () => unsaved.size > 0,
    save: async (tx) => {
      const taken = [...unsaved];
      unsaved.clear();
      for (const key of taken) {
        const entry = entries.get(key);
        if (!entry) continue;
        const { schedule } = entry;
        await tx.all(
          SAVE,
          key,
          schedule.name,
          schedule.shop,
          schedule.cron,
          schedule.timeZone,
          schedule.input,
          entry.enabled ? 1 : 0,
          entry.nextMs,
          entry.lastMs,
          entry.lastTask,
        );
      }
      return () => {
        for (const each of taken) unsaved.add(each);
      };
    },
  };
};
