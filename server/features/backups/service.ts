import { z } from 'zod';
import type { Backup, BackupList } from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { defineTask, type TaskDefinition, type TaskQueue } from '../../platform/queue/queue.ts';
import { assertRestorable, backupsFolder, listBackups, pruneBackups, writeBackup } from './backup-files.ts';
import { askForRestore } from './restore.ts';

export interface BackupService {
  list(): Promise<BackupList>;
  create(): Promise<Backup>;
  /** Checks the backup and starts the backend anew on it; what is there now is backed up before. @throws AppError */
  restore(name: string): Promise<{ restarting: true }>;
}

/** Backups in the data folder: each night, and when the operator asks. */
export const createBackups = (options: {
  dataDir: string;
  version: string;
  clock: Clock;
  keep: number;
  queue: Pick<TaskQueue, 'register' | 'schedule'>;
  onChanged: () => void;
  restart: () => void;
}): BackupService => {
  const { dataDir, version, clock, keep } = options;
  let tail: Promise<unknown> = Promise.resolve();
  let isRestoring = false;
  /** One after the other: two would take the same name, and the ageing out of one must not take what the other is about to restore. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = tail.then(() => {
      if (isRestoring)
        throw new AppError('CONFLICT', 'A backup is being restored: the backend is about to start anew.', {
          hint: 'Try again in a few seconds.',
        });
      return work();
    });
    tail = done.catch(() => undefined);
    return done;
  };
  const make = (reason: Backup['reason']): Promise<Backup> =>
    inTurn(async () => {
      const backup = await writeBackup({ dataDir, createdAt: toIso(clock.now()), reason, version });
      await pruneBackups(dataDir, keep);
      options.onChanged();
      return backup;
    });
  const nightly: TaskDefinition<Record<string, never>> = defineTask({
    name: 'maintenance.backup',
    queue: 'maintenance',
    title: 'Back up the database',
    input: z.object({}),
    attempts: 3,
    run: async () => {
      const { name, bytes } = await make('schedule');
      return { name, bytes };
    },
  });
  options.queue.register(nightly);
  options.queue.schedule(nightly, { cron: '41 2 * * *', input: {}, uniqueKey: 'maintenance.backup' });

  return {
    list: async () => ({ items: await listBackups(dataDir), keep, folder: backupsFolder(dataDir) }),
    create: () => make('operator'),
    // What is there now is backed up by the start that follows, when nothing comes in any more: until then shops go on sending.
    restore: (name) =>
      inTurn(async () => {
        await assertRestorable(dataDir, name);
        await askForRestore(dataDir, name);
        isRestoring = true;
        options.restart();
        return { restarting: true };
      }),
  };
};
