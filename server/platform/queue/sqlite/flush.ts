import type { Enqueued } from '../queue.ts';
import { beat, heldTasks, recoverLost, type Worker } from './leases.ts';
import type { Schedules } from './schedules.ts';
import type { Switches } from './switches.ts';
import {
  type ClaimedTask,
  createCountChanges,
  type EndedAttempt,
  type NewTask,
  type TaskStatements,
} from './task-rows.ts';
import { claimTasks, endAttempts, insertTasks, writeCounts, writeNotes } from './task-writes.ts';

/** Places to fill in one queue. */
export interface ClaimPlan {
  readonly queue: string;
  readonly places: number;
  readonly perShop: number;
  readonly lastShop: string;
  readonly isProbe: boolean;
  runningByShop(): Readonly<Record<string, number>>;
}

/** All that is to be written at this moment. It goes in one transaction: the cost of a durable commit is shared by everything in it. */
export interface Work {
  readonly nowMs: number;
  readonly beat: boolean;
  readonly recover: boolean;
  readonly inserts: readonly NewTask[];
  readonly ends: readonly EndedAttempt[];
  readonly rates: readonly unknown[];
  readonly logs: readonly unknown[];
  readonly progress: readonly unknown[];
  readonly claims: readonly ClaimPlan[];
}

export interface Written {
  readonly inserted: readonly Enqueued[];
  readonly ended: readonly EndedAttempt[];
  readonly recovered: readonly EndedAttempt[];
  readonly nextLeaseMs: number | null;
  /** What this worker holds according to the table, when a heartbeat looked. */
  readonly held: readonly { seq: number; cancelling: number }[] | null;
  readonly claimed: readonly { readonly plan: ClaimPlan; readonly tasks: readonly ClaimedTask[] }[];
}

export const writeWork = async (
  tx: TaskStatements,
  work: Work,
  parts: {
    worker: Worker;
    startedMs: number;
    schedules: Schedules;
    switches: Switches;
    isAlive: (pid: number) => boolean;
    attemptsOf: (name: string) => number;
    undo: (back: () => void) => void;
  },
): Promise<Written> => {
  const { worker, schedules, switches } = parts;
  const { nowMs } = work;
  const counts = createCountChanges();
  if (work.beat) await beat(tx, worker, parts.startedMs, nowMs);
  const lost = work.recover
    ? await recoverLost(tx, { self: worker, nowMs, isAlive: parts.isAlive, attemptsOf: parts.attemptsOf, counts })
    : { recovered: [], nextLeaseMs: null };
  const inserted = work.inserts.length > 0 ? await insertTasks(tx, work.inserts, counts) : [];
  const due = schedules.takeDue(nowMs);
  const scheduled =
    due.length > 0
      ? await insertTasks(
          tx,
          due.map(({ task }) => task),
          counts,
        )
      : [];
  due.forEach(({ schedule }, index) => {
    schedules.ran(schedule.key, nowMs, scheduled[index]?.id ?? '');
  });
  await writeNotes(tx, work);
  const ended = work.ends.length > 0 ? await endAttempts(tx, worker.id, work.ends, counts) : [];
  const held = work.beat ? await heldTasks(tx, worker.id) : null;
  if (schedules.hasUnsaved()) parts.undo(await schedules.save(tx));
  if (switches.hasUnsaved()) parts.undo(await switches.save(tx));
  const claimed: { plan: ClaimPlan; tasks: ClaimedTask[] }[] = [];
  for (const plan of work.claims) {
    const { queue, places, perShop, lastShop } = plan;
    const claim = { queue, nowMs, places, perShop, lastShop, runningByShop: plan.runningByShop(), worker: worker.id };
    claimed.push({ plan, tasks: await claimTasks(tx, claim, counts) });
  }
  await writeCounts(tx, counts);
  return { inserted, ended, recovered: lost.recovered, nextLeaseMs: lost.nextLeaseMs, held, claimed };
};
