import { describe, expect, it } from 'vitest';
import { cronWords } from './cron-words.ts';

describe('cronWords', () => {
  it.each([
    ['41 2 * * *', 'each day at 02:41'],
    ['5 * * * *', 'each hour at :05'],
    ['*/15 * * * *', 'every 15 minutes'],
  ])('says %s', (cron, words) => {
    expect(cronWords(cron)).toBe(words);
  });

  it.each(['0 9 * * 1', '*/15 9 * * *', '0,30 * * * *', '0 0 1 * *', '* * * * *', ''])(
    'leaves "%s" as it is',
    (cron) => {
      expect(cronWords(cron)).toBeNull();
    },
  );
});
