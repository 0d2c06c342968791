import { z } from 'zod';
import type { Backup, BackupList } from '../../../shared/api.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { defineTask, type TaskDefinition, type TaskQueue } from '../../platform/queue/queue.ts';
import { assertRestorable, backupsFolder, listBackups, pruneBackups, writeBackup } from './backup-files.ts';
import { askForRestore } from './restore.ts';

export interface BackupService {
  list(): Promise<BackupList>;
  create(): Promise<Backup>;
  /** Checks the backup, backs up what is there now, and starts the backend anew on it. @throws AppError */
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
  /** One at a time: two would take the same name, and twice the disk. */
  const make = (reason: Backup['reason']): Promise<Backup> => {
    const made = tail.then(async () => {
      const backup = await writeBackup({ dataDir, createdAt: toIso(clock.now()), reason, version });
      await pruneBackups(dataDir, keep);
      options.onChanged();
      return backup;
    });
    tail = made.catch(() => undefined);
    return made;
  };
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
    restore: async (name) => {
      await assertRestorable(dataDir, name);
      // Not pruned before the restore: the one that is to be restored may be the oldest.
      await writeBackup({ dataDir, createdAt: toIso(clock.now()), reason: 'before-restore', version });
      await askForRestore(dataDir, name);
      options.restart();
      return { restarting: true };
    },
  };
};
