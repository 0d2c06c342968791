import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** The environment with what a `.env` file adds; what is set in the environment wins. A missing file is no error. */
export const withDotEnv = (env: NodeJS.ProcessEnv, file: string): NodeJS.ProcessEnv => {
  try {
    return { ...parseEnv(readFileSync(file, 'utf8')), ...env };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { ...env };
    throw error;
  }
};
