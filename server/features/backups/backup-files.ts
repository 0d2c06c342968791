import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Backup } from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { copyDatabase, databaseProblem } from '../../platform/db/copy-database.ts';

export const DATABASE_FILE = 'backroom.sqlite';
const ABOUT_FILE = 'about.json';
const ERASURES_FILE = 'erasures.json';
/** A folder that is still being written, or was left by a crash. */
const PART = '.part';

const About = Backup.omit({ name: true }).extend({ sha256: z.string() });
type About = z.infer<typeof About>;

export const backupsFolder = (dataDir: string): string => join(dataDir, 'backups');
const erasuresOf = (dataDir: string): string => join(dataDir, 'privacy', ERASURES_FILE);
const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const sha256 = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

const readAbout = async (folder: string): Promise<About | null> => {
  try {
    return About.parse(JSON.parse(await readFile(join(folder, ABOUT_FILE), 'utf8')));
  } catch (error) {
    // Not one of ours, or one that somebody changed: it is neither listed nor restored.
    if (isMissing(error) || error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
};

/** Newest first. */
export const listBackups = async (dataDir: string): Promise<Backup[]> => {
  const root = backupsFolder(dataDir);
  const entries = await readdir(root, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && !entry.name.endsWith(PART))
      .map(async ({ name }): Promise<Backup | null> => {
        const about = await readAbout(join(root, name));
        if (about === null) return null;
        const { sha256: _digest, ...facts } = about;
        return { name, ...facts };
      }),
  );
  return found.filter((backup) => backup !== null).sort((one, other) => other.name.localeCompare(one.name));
};

/** A copy of the database with the erasure list of that moment, checked whole before it counts as one. */
export const writeBackup = async (options: {
  dataDir: string;
  createdAt: string;
  reason: Backup['reason'];
  version: string;
}): Promise<Backup> => {
  const { dataDir, createdAt, reason, version } = options;
  const root = backupsFolder(dataDir);
  await mkdir(root, { recursive: true, mode: 0o700 });
  const taken = new Set(await readdir(root));
  const stem = createdAt.slice(0, 19).replaceAll(':', '-');
  let name = stem;
  for (let count = 2; taken.has(name); count += 1) name = `${stem}-${count}`;
  const part = join(root, `${name}${PART}`);
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { mode: 0o700 });
  const copy = join(part, DATABASE_FILE);
  await copyDatabase(join(dataDir, DATABASE_FILE), copy);
  const problem = await databaseProblem(copy);
  if (problem !== null) throw new Error(`the copy of the database is not whole: ${problem}`);
  await copyFile(erasuresOf(dataDir), join(part, ERASURES_FILE)).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
  const facts = { createdAt, reason, version, bytes: (await stat(copy)).size };
  await writeFile(join(part, ABOUT_FILE), JSON.stringify({ ...facts, sha256: await sha256(copy) }), { mode: 0o600 });
  await rename(part, join(root, name));
  return { name, ...facts };
};

/** Deletes what is more than `keep`, oldest first, and what a crash left half written. */
export const pruneBackups = async (dataDir: string, keep: number): Promise<void> => {
  const root = backupsFolder(dataDir);
  const old = (await listBackups(dataDir)).slice(keep).map(({ name }) => name);
  const parts = (await readdir(root)).filter((name) => name.endsWith(PART));
  for (const name of [...old, ...parts]) await rm(join(root, name), { recursive: true, force: true });
};

/** @throws AppError when it is not there, or is not as it was written. */
export const assertRestorable = async (dataDir: string, name: string): Promise<void> => {
  const folder = join(backupsFolder(dataDir), name);
  const about = await readAbout(folder);
  if (about === null)
    throw new AppError('NOT_FOUND', 'This backup is not there any more.', { hint: 'Load the list again.' });
  const copy = join(folder, DATABASE_FILE);
  const problem = (await sha256(copy)) === about.sha256 ? await databaseProblem(copy) : 'its digest differs';
  if (problem !== null)
    throw new AppError('CONFLICT', 'This backup is not as it was written, so it is not restored.', {
      hint: `Choose another one. What is wrong: ${problem}.`,
    });
};
