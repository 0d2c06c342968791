const EVERY = /^\*\/(\d+)$/;
const NUMBER = /^\d+$/;

/** A recurring time in words, e.g. `each day at 02:41`; null for a pattern that these few forms don't say. */
export const cronWords = (cron: string): string | null => {
  const [minute = '', hour = '', ...days] = cron.split(' ');
  if (days.join(' ') !== '* * *') return null;
  const [, step] = EVERY.exec(minute) ?? [];
  if (step !== undefined) return hour === '*' ? `every ${step} minutes` : null;
  if (!NUMBER.test(minute)) return null;
  const past = minute.padStart(2, '0');
  if (hour === '*') return `each hour at :${past}`;
  return NUMBER.test(hour) ? `each day at ${hour.padStart(2, '0')}:${past}` : null;
};
