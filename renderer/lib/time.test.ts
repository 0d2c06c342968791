import { describe, expect, it } from 'vitest';
import { formatDay, formatDuration, formatExact, formatNear, formatRelative, formatSecond } from './time.ts';

const now = Date.parse('2026-11-24T12:00:00.000Z');
const ago = (ms: number): string => new Date(now - ms).toISOString();

describe('formatRelative', () => {
  it.each([
    [0, 'now'],
    [-2000, 'now'],
    [4999, 'now'],
    [12_000, '12 s ago'],
    [59_999, '59 s ago'],
    [4 * 60_000, '4 min ago'],
    [3 * 3_600_000, '3 h ago'],
    [2 * 86_400_000, '2 d ago'],
    [-23 * 3_600_000, 'in 23 h'],
  ])('%i ms before now is %s', (distance, words) => {
    expect(formatRelative(ago(distance), now)).toBe(words);
  });

  it('gives the date from a week on, with the year when it is another', () => {
    expect(formatRelative('2026-11-02T12:00:00Z', now)).toBe('2 Nov');
    expect(formatRelative('2025-11-02T12:00:00Z', now)).toBe('2 Nov 2025');
  });

  it('says nothing beside an exact date that is far away', () => {
    expect(formatNear('2026-11-24T11:56:00Z', now)).toBe('4 min ago');
    expect(formatNear('2026-12-24T12:00:00Z', now)).toBeNull();
    expect(formatNear('soon', now)).toBeNull();
  });

  it('leaves what is no time as it is', () => {
    expect(formatRelative('soon', now)).toBe('soon');
    expect(formatExact('soon')).toBe('soon');
  });
});

describe('formatExact, formatSecond and formatDay', () => {
  it('give the year and the time zone, with and without milliseconds', () => {
    expect(formatExact('2026-11-02T12:00:07.042Z')).toMatch(/2 Nov 2026, \d\d:\d\d:07\.042 \S+/);
    expect(formatSecond('2026-11-02T12:00:07.042Z')).toMatch(/2 Nov 2026, \d\d:\d\d:07 \S+/);
    expect(formatSecond('soon')).toBe('soon');
  });

  it('keep a day that day, in whatever time zone it is read', () => {
    expect(formatDay('2026-10-30')).toBe('30 Oct');
  });
});

describe('formatDuration', () => {
  it('is in fitting units and never negative', () => {
    expect(formatDuration(ago(14), ago(0))).toBe('14 ms');
    expect(formatDuration(ago(3400), ago(0))).toBe('3.4 s');
    expect(formatDuration(ago(95_000), ago(0))).toBe('1 min');
    expect(formatDuration(ago(0), ago(10))).toBeNull();
  });
});
