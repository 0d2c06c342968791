import type { Clock } from '../../platform/clock.ts';
import { storageError } from '../../platform/db/storage-errors.ts';
import type { StorageTrouble } from '../../platform/db/storage-health.ts';

export interface StorageNotice {
  readonly title: string;
  readonly body: string;
  /** The console's path behind it. */
  readonly open: string;
}

/** A disk that is full, has a little room and is full again is one story. */
const QUIET_MS = 60 * 60_000;

/**
 * One notice when nothing can be stored any more: on screen a note says so, and nobody may be looking. What begins again within an hour after
 * it is not told again.
 */
export const createStorageNotice = (options: {
  clock: Pick<Clock, 'now'>;
  show: (notice: StorageNotice) => void;
}): ((trouble: StorageTrouble | null) => void) => {
  let shownMs = Number.NEGATIVE_INFINITY;
  return (trouble) => {
    if (trouble === null || options.clock.now() - shownMs < QUIET_MS) return;
    shownMs = options.clock.now();
    const { message, hint = '' } = storageError(trouble.code).toBody();
    options.show({ title: message, body: hint, open: '/' });
  };
};
