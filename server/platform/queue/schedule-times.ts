import { Cron } from 'croner';

/** Checks a pattern. @throws TypeError or RangeError, in croner's words */
export const checkCron = (cron: string, timeZone: string): void => {
  nextRunMs(cron, timeZone, 0);
};

/** The first run after `afterMs`, or null when there is none. All that was missed before is thereby one run. */
export const nextRunMs = (cron: string, timeZone: string, afterMs: number): number | null =>
  new Cron(cron, { timezone: timeZone, paused: true }).nextRun(new Date(afterMs))?.getTime() ?? null;
