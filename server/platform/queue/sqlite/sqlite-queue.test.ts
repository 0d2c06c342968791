import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe } from 'vitest';
import { migrations } from '../../../migrations.ts';
import type { Clock } from '../../clock.ts';
import { type Database, openDatabase, type SqlValue } from '../../db/database.ts';
import type { QueueFixture } from '../contract/kit.ts';
import { describeQueueContract } from '../contract.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { createSqliteQueue } from './sqlite-queue.ts';
import { createSqliteQueueReader } from './sqlite-reader.ts';

/** A loop's turn, and what follows from an end of I/O, take two at most. */
const QUIET_TURNS = 4;

const createFixture = async (): Promise<QueueFixture> => {
  const clock = createVirtualClock();
  const dataDir = mkdtempSync(join(tmpdir(), 'backroom-queue-'));
  const db = await openDatabase({ dataDir, entities: [], migrations });
  let instances = 0;
  const kills: (() => void)[] = [];
  const inFlight = new Set<Promise<unknown>>();
  const tracked = <T>(work: Promise<T>): Promise<T> => {
    inFlight.add(work);
    return work.finally(() => inFlight.delete(work));
  };
  const never = <T>(): Promise<T> => new Promise(() => undefined);
  return {
    clock,
    open: async (limits = {}) => {
      instances += 1;
      let isDead = false;
      const itsClock: Clock = {
        now: clock.now,
        delay: (ms, signal) => clock.delay(ms, signal).then(() => (isDead ? never() : undefined)),
      };
      const itsDb: Database = {
        ...db,
        writeStatements: (work) => (isDead ? never() : tracked(db.writeStatements(work))),
        read: <Row>(sql: string, params?: readonly SqlValue[]) =>
          isDead ? never<Row[]>() : tracked(db.read<Row>(sql, params)),
      };
      const queue = createSqliteQueue({
        db: itsDb,
        clock: itsClock,
        log: pino({ level: process.env.QUEUE_TEST_LOG ?? 'silent' }),
        worker: { id: `worker-${instances}`, host: 'test', pid: instances },
        limits,
        random: () => 0.5,
        redact: (text) => text,
        isAlive: () => true,
        onChange: () => undefined,
      });
      const kill = (): void => {
        isDead = true;
      };
      kills.push(kill);
      return { queue, reader: createSqliteQueueReader(db, clock), kill };
    },
    rollBack: async (work) => {
      const undo = new Error('undo');
      for (const write of [
        db.write(async (tx) => {
          await work({ tx });
          throw undo;
        }),
        db.writeStatements(async (tx) => {
          await work({ tx });
          throw undo;
        }),
      ])
        await write.catch((error: unknown) => {
          if (error !== undo) throw error;
        });
    },
    settled: async () => {
      for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
        await new Promise<void>((resolve) => setImmediate(resolve));
        if (inFlight.size === 0) continue;
        await Promise.allSettled(inFlight);
        quiet = -1;
      }
    },
    close: async () => {
      for (const kill of kills) kill();
      // What a killed instance still reads must come back before the connections close.
      await Promise.allSettled(inFlight);
      await db.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

describe('the queue on SQLite', () => {
  describeQueueContract(createFixture);
});
