import type { Clock } from '../../clock.ts';
import type { TaskContext } from '../queue.ts';
import type { Running } from './running.ts';

/** Progress and log lines are written together, at most so often. */
const WRITE_EVERY_MS = 1000;
const MAX_LINES = 200;
const MAX_LINE_CHARS = 2000;

/** What running tasks say about themselves, collected for the next write. */
export interface Notes {
  contextOf(run: Running): TaskContext;
  /** The attempt has ended: what it said last is due now. */
  ended(run: Running): void;
  isDue(): boolean;
  take(): { logs: unknown[]; progress: unknown[] };
  close(): void;
}

export const createNotes = (options: { clock: Clock; redact: (text: string) => string; onDue: () => void }): Notes => {
  const { clock, redact } = options;
  const stop = new AbortController();
  const changed = new Set<Running>();
  let logs: unknown[] = [];
  let due = false;
  let timer = false;
  const later = (): void => {
    if (timer) return;
    timer = true;
    const fire = (): void => {
      timer = false;
      due = true;
      options.onDue();
    };
    clock.delay(WRITE_EVERY_MS, stop.signal).then(fire, () => undefined);
  };
  const write = (run: Running, message: string, fields: object | null): void => {
    const shown = redact(message).slice(0, MAX_LINE_CHARS);
    const extra = fields === null ? null : redact(JSON.stringify(fields)).slice(0, MAX_LINE_CHARS);
    logs.push([run.seq, run.shop, run.attempt, clock.now(), shown, extra]);
  };
  return {
    contextOf: (run) => ({
      id: String(run.seq),
      shop: run.shop === '' ? null : run.shop,
      attempt: run.attempt,
      signal: run.controller.signal,
      progress: (done, total, phase) => {
        run.progress = { done, total, ...(phase === undefined ? {} : { phase }) };
        changed.add(run);
        later();
      },
      log: (message, fields) => {
        run.lines += 1;
        if (run.lines > MAX_LINES + 1) return;
        if (run.lines > MAX_LINES) write(run, 'More lines were left out.', null);
        else write(run, message, fields ?? null);
        later();
      },
    }),
    ended: (run) => {
      if (changed.has(run) || run.lines > 0) due = true;
    },
    isDue: () => due,
    take: () => {
      const progress = [...changed].map((run) => [run.seq, JSON.stringify(run.progress)]);
      const taken = { logs, progress };
      changed.clear();
      logs = [];
      due = false;
      return taken;
    },
    close: () => stop.abort(),
  };
};
