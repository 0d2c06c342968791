import { expect, it } from 'vitest';
import type { PixelRetention } from '../../../shared/api.ts';
import { limitText, usedBytes, whatGoes } from './kept-text.ts';

const NOW = Date.parse('2026-11-24T10:00:00.000Z');
const kept: PixelRetention = {
  days: 90,
  megabytes: 20_000,
  maxEvents: 10_000_000,
  events: { rows: 1000, bytes: 30_000_000 },
  quarantine: { rows: 10, bytes: 2_000_000 },
  sessions: { rows: 100, bytes: 8_000_000 },
  oldestEventAt: '2026-11-04T10:00:00.000Z',
  measuredAt: '2026-11-24T10:00:00.000Z',
};

it('counts events, quarantine and sessions, and says both limits', () => {
  expect(usedBytes(kept)).toBe(40_000_000);
  expect(limitText(kept)).toBe('90 days, 10,000,000 events at most');
  expect(limitText({ ...kept, days: 1 })).toBe('1 day, 10,000,000 events at most');
});

it('says before saving what would go, and nothing while nothing would', () => {
  expect(whatGoes(kept, { days: 90, megabytes: 40 }, NOW)).toBeNull();
  expect(whatGoes(kept, { days: 20, megabytes: 40 }, NOW)).toBeNull();
  expect(whatGoes(kept, { days: 90, megabytes: 10 }, NOW)).toBe(
    'Saving removes about 30 MB of the oldest for good. Funnel and counts of those days stay.',
  );
  expect(whatGoes(kept, { days: 7, megabytes: 10 }, NOW)).toBe(
    'Saving removes single events older than 7 days and about 30 MB of the oldest for good. Funnel and counts of those days stay.',
  );
  expect(whatGoes({ ...kept, oldestEventAt: null }, { days: 1, megabytes: 40 }, NOW)).toBeNull();
  expect(whatGoes(kept, { days: '', megabytes: '' }, NOW)).toBeNull();
});
