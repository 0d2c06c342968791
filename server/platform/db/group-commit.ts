import { AppError } from '../../../shared/errors.ts';
import { apartFromTransaction } from './nested-writes.ts';

/**
 * Collects items while one group is being committed and commits them together next: the cost of one durable commit is shared by all
 * that wait, with no timer. Each `submit` settles with its own item's result after the commit.
 */
export interface GroupCommit<Item, Result> {
  submit(item: Item): Promise<Result>;
  /** Resolves when nothing waits or runs. */
  idle(): Promise<void>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

export const createGroupCommit = <Item, Result>(options: {
  /** Must commit all or none, and answer one result an item, in order. */
  commit: (items: readonly Item[]) => Promise<readonly Result[]>;
  maxGroup: number;
  /** Together with `maxWeight`: what an item adds to the length of a commit, e.g. its rows. A heavier item still goes alone. */
  weightOf?: (item: Item) => number;
  /** A commit holds the one writer while it runs, and whatever else is to be acknowledged waits for it. */
  maxWeight?: number;
  /** More waiting items than this are turned away (HTTP 503), so that memory stays bounded. */
  maxWaiting: number;
}): GroupCommit<Item, Result> => {
  let waiting: Waiting<Item, Result>[] = [];
  let running: Promise<void> | null = null;
  const { weightOf = () => 0, maxWeight = 0 } = options;

  const takeGroup = (): Waiting<Item, Result>[] => {
    let weight = 0;
    let size = 0;
    for (const { item } of waiting) {
      weight += weightOf(item);
      if (size === options.maxGroup || (size > 0 && weight > maxWeight)) break;
      size += 1;
    }
    const group = waiting.slice(0, size);
    waiting = waiting.slice(size);
    return group;
  };

  const drain = async (): Promise<void> => {
    // One turn of the event loop lets requests that arrived in the same read join the first group.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const group = takeGroup();
      try {
        const results = await options.commit(group.map((entry) => entry.item));
        group.forEach((entry, index) => {
          entry.resolve(results[index] as Result);
        });
      } catch (error) {
        for (const entry of group) entry.reject(error);
      }
    }
    running = null;
  };

  return {
    submit: (item) =>
      new Promise<Result>((resolve, reject) => {
        if (waiting.length >= options.maxWaiting) {
          reject(
            new AppError('RATE_LIMITED', 'Too many requests wait to be stored.', {
              hint: 'Send it again in a few seconds.',
            }),
          );
          return;
        }
        waiting.push({ item, resolve, reject });
        running ??= apartFromTransaction(drain);
      }),
    idle: async () => {
      while (running) await running;
    },
  };
};
