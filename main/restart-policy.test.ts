import { describe, expect, it } from 'vitest';
import { createRestartPolicy } from './restart-policy.ts';

const withClock = () => {
  const clock = { now: 0 };
  return { clock, policy: createRestartPolicy(() => clock.now) };
};

describe('restart policy', () => {
  it('restarts at once after the first crash and waits longer after each further one, up to 30 s', () => {
    const { policy } = withClock();
    const delays = Array.from({ length: 10 }, () => policy.gone());
    expect(delays).toEqual([0, 250, 500, 1000, 2000, 5000, 10_000, 30_000, 30_000, 30_000]);
  });

  it('begins anew after the backend has served for ten seconds', () => {
    const { clock, policy } = withClock();
    policy.gone();
    policy.gone();
    policy.ready();
    clock.now += 10_000;
    expect(policy.gone()).toBe(0);
  });

  it('does not begin anew when the backend crashes soon after it was ready', () => {
    const { clock, policy } = withClock();
    policy.gone();
    policy.ready();
    clock.now += 9_999;
    expect(policy.gone()).toBe(250);
  });

  it('does not count the time before it was ready as health', () => {
    const { clock, policy } = withClock();
    policy.gone();
    clock.now += 60_000;
    expect(policy.gone()).toBe(250);
  });
});
