/** The stand-in's own time: the computer's, until someone moves it on to see what four hours or two days later looks like. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Moves time on, and runs what falls due, in order. */
  advance(ms: number): void;
  /** Runs `task` once that time has come; the answer takes it back. */
  at(time: number, task: () => void): () => void;
  /** Tasks that wait. */
  readonly waiting: number;
  close(): void;
}

/** setTimeout takes 31 bits. */
const LONGEST_TIMER_MS = 2_000_000_000;

export const createClock = (base: () => number): Clock => {
  let offset = 0;
  let timer: NodeJS.Timeout | null = null;
  let tasks: { readonly time: number; readonly run: () => void }[] = [];
  const now = (): number => base() + offset;

  const arm = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    const next = tasks[0];
    if (next) timer = setTimeout(runDue, Math.min(LONGEST_TIMER_MS, Math.max(0, next.time - now())));
  };
  const runDue = (): void => {
    for (let next = tasks[0]; next && next.time <= now(); next = tasks[0]) {
      tasks.shift();
      next.run();
    }
    arm();
  };

  return {
    now,
    advance: (ms) => {
      offset += ms;
      runDue();
    },
    at: (time, run) => {
      const task = { time, run };
      let low = 0;
      let high = tasks.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((tasks[middle]?.time ?? 0) <= time) low = middle + 1;
        else high = middle;
      }
      tasks.splice(low, 0, task);
      if (low === 0) arm();
      return () => {
        tasks = tasks.filter((entry) => entry !== task);
      };
    },
    get waiting() {
      return tasks.length;
    },
    close: () => {
      if (timer) clearTimeout(timer);
      tasks = [];
    },
  };
};
