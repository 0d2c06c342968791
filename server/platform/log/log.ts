import { type Logger, pino } from 'pino';
import type { Redactor } from './redact.ts';

export type Log = Logger;

/** JSON lines through the redactor; `write` gets each whole line, e.g. `process.stdout.write`. */
export const createLog = (options: { level: string; redactor: Redactor; write: (line: string) => void }): Log =>
  pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => options.write(options.redactor.redact(line)) },
  );
