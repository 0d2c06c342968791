import type { Clock } from '../../../platform/clock.ts';

const DAY_MS = 86_400_000;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** So many UTC days up to today, and as many before them, which they are compared with. */
export const createPeriod = (clock: Clock, days: number) => {
  const today = clock.now();
  const back = (count: number): string => dayOf(today - count * DAY_MS);
  return {
    first: back(days - 1),
    firstBefore: back(2 * days - 1),
    days: Array.from({ length: days }, (_, index) => back(days - 1 - index)),
  };
};
