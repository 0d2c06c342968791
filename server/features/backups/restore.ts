import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Log } from '../../platform/log/log.ts';
import { assertRestorable, backupsFolder, DATABASE_FILE } from './backup-files.ts';

const Marker = z.object({ name: z.string().regex(/^[\dT-]+$/) });
const markerOf = (dataDir: string): string => join(dataDir, 'restore.json');

/** The next start puts this backup in the place of the database. */
export const askForRestore = (dataDir: string, name: string): Promise<void> =>
  writeFile(markerOf(dataDir), JSON.stringify({ name }), { mode: 0o600 });

const copyInPlace = async (from: string, to: string): Promise<void> => {
  const part = `${to}.part`;
  await copyFile(from, part);
  const handle = await open(part, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, to);
};

/**
 * Before the database is opened: puts a backup that was asked for in its place. The list of erasures beside the database stays, since it is
 * newer: the start that follows erases again whoever was erased since the backup. A crash in between leaves the request, and it is done again.
 */
export const restoreIfAsked = async (dataDir: string, log: Log): Promise<void> => {
  const marker = markerOf(dataDir);
  if (!existsSync(marker)) return;
  try {
    const { name } = Marker.parse(JSON.parse(await readFile(marker, 'utf8')));
    await assertRestorable(dataDir, name);
    const folder = join(backupsFolder(dataDir), name);
    const database = join(dataDir, DATABASE_FILE);
    // The write-ahead log belongs to the database that goes.
    for (const end of ['-wal', '-shm']) await rm(`${database}${end}`, { force: true });
    await copyInPlace(join(folder, DATABASE_FILE), database);
    const list = join(dataDir, 'privacy', 'erasures.json');
    const kept = join(folder, 'erasures.json');
    if (!existsSync(list) && existsSync(kept)) {
      await mkdir(join(dataDir, 'privacy'), { recursive: true, mode: 0o700 });
      await copyInPlace(kept, list);
    }
    log.warn({ backup: name }, 'a backup was put in the place of the database');
  } catch (error) {
    log.error({ err: error }, 'the backup could not be restored; the database stays as it was');
  }
  await rm(marker);
};
