import { expect, it } from 'vitest';
import { systemClock } from './clock.ts';
import { createIds } from './ids.ts';

it('makes UUIDs of version 7 that sort by time', () => {
  let now = 1_700_000_000_000;
  const ids = createIds({ ...systemClock, now: () => now });
  const made = Array.from({ length: 50 }, () => {
    now += 1;
    return ids.uuid();
  });
  for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([...made].sort()).toEqual(made);
  expect(Number.parseInt((made[0] ?? '').replace('-', '').slice(0, 12), 16)).toBe(1_700_000_000_001);
});
it('makes secrets fit for an address', () => {
  const ids = createIds(systemClock);
  expect(ids.secret(32)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(ids.secret(32)).not.toBe(ids.secret(32));
});
