import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_BYTES = 5 * 1024 * 1024;
const KEPT = 4;

export interface LogFile {
  /**
   * Appends text as it is; whoever writes has removed secrets already. Never throws: a full disk must not end the program that writes about
   * it. What is lost meanwhile is counted, and said in the file once it can be written again.
   */
  readonly write: (text: string) => void;
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

/**
 * A log file that is rotated by size: `backend.log`, `backend.log.1`, … `.4`.
 * Written synchronously, because the last lines before a crash are the ones that matter.
 */
export const openLogFile = (file: string, maxBytes = MAX_BYTES): LogFile => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let bytes = sizeOf(file);
  /** What is to be said of the file itself, before the next text. */
  let notes = '';
  let lost = 0;
  const note = (event: string, facts: Record<string, unknown>): void => {
    notes += `${JSON.stringify({ level: 'error', time: new Date().toISOString(), process: 'main', event, ...facts })}\n`;
  };

  const rotate = (): void => {
    bytes = 0;
    try {
      rmSync(`${file}.${KEPT}`, { force: true });
      for (let index = KEPT - 1; index >= 0; index -= 1) {
        const from = index === 0 ? file : `${file}.${index}`;
        if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${file}.${index + 1}`);
      }
    } catch (error) {
      // On Windows a program that reads a file keeps it from being renamed: it grows by as much again before the next try.
      note('log-not-rotated', { code: codeOf(error) });
    }
  };
  const append = (text: string): void => {
    appendFileSync(file, text, { mode: 0o600 });
    bytes += Buffer.byteLength(text);
  };

  return {
    write: (text) => {
      if (bytes > 0 && bytes + Buffer.byteLength(text) > maxBytes) rotate();
      try {
        append(notes + text);
        notes = '';
        lost = 0;
      } catch (error) {
        lost += 1;
        notes = '';
        note('log-lost', { writes: lost, code: codeOf(error) });
      }
    },
  };
};
