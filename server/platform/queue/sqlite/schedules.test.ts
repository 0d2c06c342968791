import { expect, it } from 'vitest';
import { createSchedules } from './schedules.ts';
import type { TaskStatements } from './task-rows.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-24T00:07:00Z');
const declared = {
  key: 'reconcile',
  queue: 'sync',
  name: 'sync.reconcile',
  shop: '',
  cron: '*/15 * * * *',
  timeZone: 'UTC',
  input: '{}',
};

/** What the table remembers of the one schedule. */
const remembering = (row: Record<string, unknown> | null): TaskStatements => ({
  all: async <Row>(sql: string) => (sql.startsWith('SELECT') && row !== null ? [row as Row] : []),
});
const stored = (next_ms: number) => ({
  ...declared,
  time_zone: 'UTC',
  enabled: 1,
  next_ms,
  last_ms: null,
  last_task: null,
});
const loaded = async (row: Record<string, unknown> | null, nowMs: number) => {
  const schedules = createSchedules();
  schedules.declare(declared);
  await schedules.load(remembering(row), nowMs);
  return schedules;
};

it('what was missed while closed is due at once, and once', async () => {
  const schedules = await loaded(stored(NOW - 5 * DAY), NOW);
  expect(schedules.takeDue(NOW)).toHaveLength(1);
  expect(schedules.takeDue(NOW)).toHaveLength(0);
  expect(schedules.nextMs(NOW)).toBe(Date.parse('2026-11-24T00:15:00Z'));
});

it('a next run that was reckoned while the clock was a year ahead is not waited for', async () => {
  const schedules = await loaded(stored(NOW + 365 * DAY), NOW);
  expect(schedules.nextMs(NOW)).toBe(Date.parse('2026-11-24T00:15:00Z'));
});

it('a clock that is set back while the program runs puts nothing off', async () => {
  const schedules = await loaded(null, NOW);
  expect(schedules.takeDue(NOW + 8 * HOUR)).toHaveLength(1);
  expect(schedules.nextMs(NOW + HOUR)).toBe(Date.parse('2026-11-24T01:15:00Z'));
  expect(schedules.hasUnsaved()).toBe(true);
});
