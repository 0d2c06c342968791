import type { PixelRetention } from '../../../shared/api.ts';
import { formatBytes, formatCount, plural } from '../../lib/format.ts';

const DAY_MS = 86_400_000;

/** Everything that the limit by size counts. */
export const usedBytes = ({ events, quarantine, sessions }: PixelRetention): number =>
  events.bytes + quarantine.bytes + sessions.bytes;

export const limitText = ({ days, maxEvents }: PixelRetention): string =>
  `${plural(days, 'day')}, ${formatCount(maxEvents)} events at most`;

/** What would go at once if these limits were saved; null when nothing would. A draft need not be whole: a field may be empty. */
export const whatGoes = (
  kept: PixelRetention,
  draft: { readonly days: string | number; readonly megabytes: string | number },
  now: number,
): string | null => {
  const over = typeof draft.megabytes === 'number' ? usedBytes(kept) - draft.megabytes * 1_000_000 : 0;
  const isOlder =
    typeof draft.days === 'number' &&
    kept.oldestEventAt !== null &&
    Date.parse(kept.oldestEventAt) < now - draft.days * DAY_MS;
  if (over <= 0 && !isOlder) return null;
  const parts = [
    ...(isOlder ? [`single events older than ${plural(Number(draft.days), 'day')}`] : []),
    ...(over > 0 ? [`about ${formatBytes(over)} of the oldest`] : []),
  ];
  return `Saving removes ${parts.join(' and ')} for good. Funnel and counts of those days stay.`;
};
