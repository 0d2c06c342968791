import type { Clock } from '../../platform/clock.ts';

export interface FailureNotice {
  readonly title: string;
  readonly body: string;
  /** The console's path behind it. */
  readonly open: string;
}

/** After a notice it is quiet for so long; what fails meanwhile becomes one summary. */
const QUIET_MS = 60_000;

/**
 * One notice for the first task that fails for good, then at most one summary a minute: a broken store must not flood the desktop. A notice
 * names the kind of task, not its store or its error, which may say more than a lock screen should show.
 */
export const createFailureNotices = (options: {
  clock: Pick<Clock, 'delay'>;
  titleOf: (name: string) => string;
  show: (notice: FailureNotice) => void;
  onError: (error: unknown) => void;
}) => {
  const stopped = new AbortController();
  let quiet = false;
  let missed = 0;

  const staysQuiet = async (): Promise<void> => {
    quiet = true;
    do {
      missed = 0;
      await options.clock.delay(QUIET_MS, stopped.signal);
      if (missed > 0)
        options.show({
          title: missed === 1 ? 'Another task failed' : `${missed} more tasks failed`,
          body: 'Open Tasks to see why, and to run them again.',
          open: '/tasks?state=failed',
        });
    } while (missed > 0);
    quiet = false;
  };

  return {
    failed: ({ id, name }: { readonly id: string; readonly name: string }): void => {
      if (quiet) {
        missed += 1;
        return;
      }
      options.show({
        title: `Failed: ${options.titleOf(name)}`,
        body: 'Open Tasks to see why, and to run it again.',
        open: `/tasks?state=failed&id=${encodeURIComponent(id)}`,
      });
      staysQuiet().catch((error: unknown) => {
        if (!stopped.signal.aborted) options.onError(error);
      });
    },
    stop: (): void => stopped.abort(new Error('the backend stops')),
  };
};
