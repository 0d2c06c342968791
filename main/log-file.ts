import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_BYTES = 5 * 1024 * 1024;
const KEPT = 4;

export interface LogFile {
  /** Appends text as it is; whoever writes has removed secrets already. */
  readonly write: (text: string) => void;
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/**
 * A log file that is rotated by size: `backend.log`, `backend.log.1`, … `.4`.
 * Written synchronously, because the last lines before a crash are the ones that matter.
 */
export const openLogFile = (file: string, maxBytes = MAX_BYTES): LogFile => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let bytes = sizeOf(file);

  const rotate = (): void => {
    rmSync(`${file}.${KEPT}`, { force: true });
    for (let index = KEPT - 1; index >= 0; index -= 1) {
      const from = index === 0 ? file : `${file}.${index}`;
      if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${file}.${index + 1}`);
    }
    bytes = 0;
  };

  return {
    write: (text) => {
      const length = Buffer.byteLength(text);
      if (bytes > 0 && bytes + length > maxBytes) rotate();
      appendFileSync(file, text, { mode: 0o600 });
      bytes += length;
    },
  };
};
