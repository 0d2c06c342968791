import { assertOutsideOfTransaction, asTransaction } from './nested-writes.ts';

/**
 * Who waits for a write. `awaited`: a sender outside, for whom the answer means "stored", e.g. Shopify with a webhook. `background`: all else.
 */
export type Turn = 'awaited' | 'background';

/** One write at a time, in order, except that what a sender waits for goes before the rest. */
export interface WriteQueue {
  /** @throws Error after `end` */
  enqueue<T>(work: () => Promise<T>, turn: Turn): Promise<T>;
  /** How many wait for the one that runs, of each kind. */
  waiting(): Readonly<Record<Turn, number>>;
  /** Takes no more, and runs `work` after all that was asked for. */
  end<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * In a plain queue a webhook's receipt waits behind every effect of the webhooks before it and behind an import's batch: the more work there is,
 * the later the answer. Here it waits for the one that runs. The two kinds take turns while both wait, so that receipts without end
 * don't hold up the work they bring.
 */
export const createWriteQueue = (): WriteQueue => {
  const lines: Record<Turn, (() => Promise<void>)[]> = { awaited: [], background: [] };
  const ending: (() => Promise<void>)[] = [];
  let isRunning = false;
  let isEnded = false;
  let last: Turn = 'background';

  const next = (): (() => Promise<void>) | undefined => {
    const other: Turn = last === 'awaited' ? 'background' : 'awaited';
    if (lines[other].length > 0) last = other;
    return lines[last].shift() ?? ending.shift();
  };
  const drain = async (): Promise<void> => {
    for (let run = next(); run !== undefined; run = next()) await run();
    isRunning = false;
  };
  const add = <T>(line: (() => Promise<void>)[], work: () => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      line.push(() => asTransaction(work)().then(resolve, reject));
      if (isRunning) return;
      isRunning = true;
      // Not in the caller's turn: who asks for several writes at once has them all waiting before the first begins.
      void Promise.resolve().then(drain);
    });

  return {
    enqueue: async (work, turn) => {
      assertOutsideOfTransaction();
      if (isEnded) throw new Error('The database is closed.');
      return add(lines[turn], work);
    },
    waiting: () => ({ awaited: lines.awaited.length, background: lines.background.length }),
    end: async (work) => {
      isEnded = true;
      return add(ending, work);
    },
  };
};
