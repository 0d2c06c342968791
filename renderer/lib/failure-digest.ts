/** What a desktop notification says. */
export interface Digest {
  readonly title: string;
  readonly body: string;
  readonly taskId: string | null;
}

export interface Failure {
  readonly id: string;
  readonly name: string;
  readonly message: string;
}

export interface FailureDigest {
  /** The newest failed task, as often as it is looked at; null while there is none. */
  seen(newest: Failure | null): void;
  stop(): void;
}

/** After a notification it is quiet for so long; what fails meanwhile becomes one summary. */
const QUIET_MS = 60_000;

/**
 * One notification for the first failure, then summaries: a broken store must not flood the desktop. What had failed before the window
 * opened is not news. `countSince` says how many failed after that task.
 */
export const createFailureDigest = (options: {
  show: (digest: Digest) => void;
  countSince: (id: string) => Promise<number>;
  schedule: (work: () => void, ms: number) => () => void;
  onError: (error: unknown) => void;
}): FailureDigest => {
  let newestId: number | null = null;
  let shownId = 0;
  let cancel: (() => void) | null = null;

  const endQuiet = async (): Promise<void> => {
    cancel = null;
    if (newestId === null || newestId <= shownId) return;
    const since = shownId;
    shownId = newestId;
    beQuiet();
    const count = await options.countSince(String(since));
    const title = count === 1 ? 'Another task failed' : `${count} more tasks failed`;
    options.show({ title, body: 'Open Tasks to see why, and to run them again.', taskId: null });
  };
  const beQuiet = (): void => {
    cancel = options.schedule(() => {
      endQuiet().catch(options.onError);
    }, QUIET_MS);
  };
  return {
    seen: (newest) => {
      const id = newest === null ? 0 : Number(newest.id);
      if (newestId === null) {
        newestId = id;
        shownId = id;
        return;
      }
      newestId = Math.max(newestId, id);
      if (newest === null || id <= shownId || cancel !== null) return;
      shownId = id;
      options.show({ title: `${newest.name} failed`, body: newest.message, taskId: newest.id });
      beQuiet();
    },
    stop: () => cancel?.(),
  };
};
