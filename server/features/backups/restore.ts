import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { settleLog } from '../../platform/db/copy-database.ts';
import type { Log } from '../../platform/log/log.ts';
import { assertRestorable, backupsFolder, DATABASE_FILE, writeBackup } from './backup-files.ts';

const Marker = z.object({ name: z.string().regex(/^[\dT-]+$/) });
const markerOf = (dataDir: string): string => join(dataDir, 'restore.json');
const partOf = (path: string): string => `${path}.part`;

/** The next start puts this backup in the place of the database. */
export const askForRestore = (dataDir: string, name: string): Promise<void> =>
  writeFile(markerOf(dataDir), JSON.stringify({ name }), { mode: 0o600 });

/** On the disk when this resolves. What needs the space is done here, while nothing has been replaced yet. */
const copyBeside = async (from: string, to: string): Promise<void> => {
  const part = partOf(to);
  await copyFile(from, part);
  const handle = await open(part, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const putInPlace = async (
  name: string,
  options: { dataDir: string; createdAt: string; version: string },
): Promise<void> => {
  const { dataDir } = options;
  await assertRestorable(dataDir, name);
  const folder = join(backupsFolder(dataDir), name);
  const database = join(dataDir, DATABASE_FILE);
  await copyBeside(join(folder, DATABASE_FILE), database);
  if (existsSync(database)) {
    // The log belongs to the database that goes. With it in the file, each side of the rename is whole by itself.
    await settleLog(database);
    await writeBackup({ ...options, reason: 'before-restore' });
  }
  await rename(partOf(database), database);
  const list = join(dataDir, 'privacy', 'erasures.json');
  const kept = join(folder, 'erasures.json');
  if (!existsSync(list) && existsSync(kept)) {
    await mkdir(join(dataDir, 'privacy'), { recursive: true, mode: 0o700 });
    await copyBeside(kept, list);
    await rename(partOf(list), list);
  }
};

/**
 * Before the database is opened: backs up what is there and puts a backup that was asked for in its place. The list of erasures beside the
 * database stays, since it is newer: the start that follows erases again whoever was erased since the backup. A crash in between leaves the
 * request, and it is done again.
 * @returns why it could not be done, in words for a person; the database is as it was then. Null: done, or nothing was asked for
 */
export const restoreIfAsked = async (options: {
  dataDir: string;
  log: Log;
  /** ISO time and version for the backup of what is there. */
  createdAt: string;
  version: string;
}): Promise<string | null> => {
  const { dataDir, log } = options;
  const marker = markerOf(dataDir);
  if (!existsSync(marker)) return null;
  let problem: string | null = null;
  try {
    const { name } = Marker.parse(JSON.parse(await readFile(marker, 'utf8')));
    await putInPlace(name, options);
    log.warn({ backup: name }, 'a backup was put in the place of the database');
  } catch (error) {
    log.error({ err: error }, 'the backup could not be restored; the database stays as it was');
    problem = error instanceof Error ? error.message : String(error);
    await rm(partOf(join(dataDir, DATABASE_FILE)), { recursive: true, force: true });
  }
  await rm(marker);
  return problem;
};
