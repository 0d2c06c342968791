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

const createFixture = async (): Promise<QueueFixture> => {
  const clock = createVirtualClock();
  const dataDir = mkdtempSync(join(tmpdir(), 'backroom-queue-'));
  const db = await openDatabase({ dataDir, entities: [], migrations });
  let instances = 0;
  const kills: (() => void)[] = [];
  /** What a killed instance still reads must come back before the connections close. */
  const reads = new Set<Promise<unknown>>();
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
        writeStatements: (work) => (isDead ? never() : db.writeStatements(work)),
        read: <Row>(sql: string, params?: readonly SqlValue[]) => {
          if (isDead) return never<Row[]>();
          const read = db.read<Row>(sql, params);
          reads.add(read);
          return read.finally(() => reads.delete(read));
        },
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
    close: async () => {
      for (const kill of kills) kill();
      await Promise.allSettled(reads);
      await db.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

describe('the queue on SQLite', () => {
  describeQueueContract(createFixture);
});
