import { z } from 'zod';
import type { PrivacyState } from '../../../shared/api/privacy.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import {
  defineTask,
  type QueueTransaction,
  type TaskDefinition,
  type TaskParent,
  type TaskQueue,
} from '../../platform/queue/queue.ts';
import type { EvidenceLog } from './evidence.ts';
import type { Packages } from './packages.ts';
import type { RequestRecord, Requests } from './requests.ts';
import { DEADLINE_DAYS, daysLeft, WARNING_DAYS } from './state-machine.ts';
import type { Steps } from './steps.ts';

export type StepName = 'collect' | 'erase' | 'verify';

/** A deadline that comes near; the console, the tray and the desktop say it. */
export interface DeadlineWarning {
  readonly requestId: string;
  readonly number: number;
  readonly shop: string;
  readonly daysLeft: number;
}

export interface PrivacyTasks {
  /** A step in the background; the same step of the same request runs once at a time. */
  enqueue(
    step: StepName,
    request: Pick<RequestRecord, 'id' | 'shop' | 'kind'>,
    options?: { delayMs?: number; tx?: QueueTransaction; parent?: TaskParent; urgent?: boolean },
  ): Promise<void>;
  /** What is due by the clock: erasures that begin, packages that end, deadlines that come near, steps that a crash lost. */
  housekeeping(): Promise<void>;
}

const Input = z.object({ requestId: z.string() });
const QUEUE = 'privacy';
const STEP_TIMEOUT_MS = 60 * 60_000;
const REFUSED_KEPT_MS = DEADLINE_DAYS * 86_400_000;
const HOUSEKEEPING = 'privacy.housekeeping';

const TITLES: Readonly<Record<StepName, string>> = {
  collect: 'Collect what is held on a customer',
  erase: 'Erase a customer or a store',
  verify: 'Search everything for what was erased',
};

/** The step that a request without a problem waits for; null when it waits for a person or for a date. */
const nextStep = (state: PrivacyState, startsAt: string | null, now: string): StepName | null => {
  if (state === 'received' || state === 'collecting') return 'collect';
  if (state === 'scheduled') return startsAt !== null && startsAt > now ? null : 'erase';
  if (state === 'erasing') return 'erase';
  return state === 'erased' ? 'verify' : null;
};

export const createPrivacyTasks = (options: {
  db: Database;
  clock: Clock;
  queue: Pick<TaskQueue, 'register' | 'enqueue' | 'schedule'>;
  steps: Steps;
  requests: Requests;
  packages: Packages;
  evidence: EvidenceLog;
  warn: (warning: DeadlineWarning) => void;
  onChanged: (shop: string) => void;
}): PrivacyTasks => {
  const { db, clock, queue, steps, requests, packages, evidence } = options;
  const definitions = new Map<StepName, TaskDefinition<z.output<typeof Input>>>();

  const enqueue: PrivacyTasks['enqueue'] = async (step, { id, shop, kind }, { urgent, ...rest } = {}) => {
    const definition = definitions.get(step);
    if (!definition) throw new Error(`no such step: ${step}`);
    await queue.enqueue(
      definition,
      { requestId: id },
      // What erases a store is not the store's own: it must be neither ended nor erased with it.
      {
        shop: kind === 'shop_redact' ? null : shop,
        // One that waits for its date must not stand in the way of one that is asked for now.
        uniqueKey: `privacy.${step}.${id}${(rest.delayMs ?? 0) > 0 ? '.later' : ''}`,
        priority: urgent ? 10 : 0,
        ...rest,
      },
    );
  };

  const define = (step: StepName, run: (id: string, signal: AbortSignal) => Promise<void>): void => {
    const definition = defineTask({
      name: `privacy.${step}`,
      queue: QUEUE,
      title: TITLES[step],
      input: Input,
      attempts: 3,
      timeoutMs: STEP_TIMEOUT_MS,
      run: ({ requestId }, { signal }) => run(requestId, signal),
    });
    definitions.set(step, definition);
    queue.register(definition);
  };
  define('collect', steps.collect);
  define('erase', async (id, signal) => {
    const before = await requests.find(id);
    // Held or refused while it waited for its time.
    if (before.heldAt !== null || before.closedAt !== null) return;
    await steps.erase(id, signal);
    const after = await requests.find(id);
    if (after.state === 'erased') await enqueue('verify', after);
  });
  define('verify', steps.verify);

  const expire = async (now: string): Promise<void> => {
    for (const request of await requests.withPackage()) {
      if (request.packageExpiresAt === null || request.packageExpiresAt > now) continue;
      await packages.remove(request.id);
      await db.write(async (tx) => {
        await requests.update(tx, request.id, {
          packageBytes: null,
          packageExpiresAt: null,
          ...(request.closedAt === null ? {} : { person: null }),
        });
        await evidence.append(tx, [{ kind: 'package.expired', shop: request.shop, requestId: request.id }]);
      });
      options.onChanged(request.shop);
    }
  };

  /** A refusal can be taken back while it is fresh. */
  const forgetRefused = async (): Promise<void> => {
    const before = toIso(clock.now() - REFUSED_KEPT_MS);
    await db.write((tx) =>
      tx.query(
        `UPDATE privacy_requests SET person = NULL WHERE state = 'refused' AND closed_at < ? AND person IS NOT NULL AND package_bytes IS NULL`,
        [before],
      ),
    );
  };

  const warnIfNear = async (request: RequestRecord): Promise<void> => {
    const left = daysLeft(request.dueAt, clock.now());
    const reached = WARNING_DAYS.filter((days) => left <= days).at(-1);
    if (reached === undefined || (request.warnedDays !== null && request.warnedDays <= reached)) return;
    await db.write(async (tx) => {
      await requests.update(tx, request.id, { warnedDays: reached });
      await evidence.append(tx, [
        { kind: 'deadline.warned', shop: request.shop, requestId: request.id, facts: { daysLeft: left } },
      ]);
    });
    options.warn({ requestId: request.id, number: request.number, shop: request.shop, daysLeft: left });
    options.onChanged(request.shop);
  };

  const housekeeping = async (): Promise<void> => {
    const now = toIso(clock.now());
    await expire(now);
    await forgetRefused();
    for (const request of await requests.open()) {
      await warnIfNear(request);
      const step = nextStep(request.state, request.startsAt, now);
      // A step that failed waits for a person; an erasure that waits for a data request is looked at again.
      const isFree = request.problem === null || request.state === 'scheduled';
      if (step && request.heldAt === null && isFree) await enqueue(step, request);
    }
  };
  const recurring = defineTask({
    name: HOUSEKEEPING,
    queue: QUEUE,
    title: 'Look after privacy deadlines and packages',
    input: z.object({}),
    attempts: 1,
    run: housekeeping,
  });
  queue.register(recurring);
  queue.schedule(recurring, { cron: '*/15 * * * *', input: {}, uniqueKey: HOUSEKEEPING });

  return { enqueue, housekeeping };
};
