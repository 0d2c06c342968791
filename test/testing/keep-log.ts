import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `npm test` makes this folder; without it (one test file run by hand) nothing is kept. */
const FOLDER = join(import.meta.dirname, '..', '..', '.runtime', 'results', 'logs');

/** Keeps what a backend under test logged, so that the whole run's log can be searched for secrets at its end. */
export const keepLog = (text: string): void => {
  if (existsSync(FOLDER)) appendFileSync(join(FOLDER, `${process.pid}.log`), text.endsWith('\n') ? text : `${text}\n`);
};

/** As `keepLog`, of the log files that a desktop app wrote into its data folder. */
export const keepLogFiles = (dataDir: string): void => {
  const folder = join(dataDir, 'logs');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) keepLog(readFileSync(join(folder, name), 'utf8'));
};
