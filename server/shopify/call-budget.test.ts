import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../platform/testing/virtual-clock.ts';
import { type CallBudget, type CallCost, type CallPriority, createCallBudget } from './call-budget.ts';

interface Bucket {
  readonly refused: () => number;
  take(points: number): boolean;
  refund(points: number): void;
  /** Somebody else's use. */
  drain(points: number): void;
  status(): CallCost['throttleStatus'];
}

/** Shopify's side, as its documentation describes it. */
const createBucket = (clock: VirtualClock, maximum: number, restoreRate: number): Bucket => {
  let available = maximum;
  let at = clock.now();
  let refused = 0;
  const restore = (): void => {
    available = Math.min(maximum, available + ((clock.now() - at) / 1000) * restoreRate);
    at = clock.now();
  };
  return {
    refused: () => refused,
    take: (points) => {
      restore();
      if (points > available) {
        refused += 1;
        return false;
      }
      available -= points;
      return true;
    },
    refund: (points) => {
      restore();
      available = Math.min(maximum, available + points);
    },
    drain: (points) => {
      restore();
      available = Math.max(0, available - points);
    },
    status: () => {
      restore();
      return { maximumAvailable: maximum, currentlyAvailable: Math.floor(available), restoreRate };
    },
  };
};

interface Call {
  readonly askAfterMs: number;
  readonly requested: number;
  readonly actualShare: number;
  readonly priority: CallPriority;
  readonly upMs: number;
  readonly runMs: number;
  readonly downMs: number;
  readonly isLost: boolean;
}

const callArbitrary: fc.Arbitrary<Call> = fc.record({
  askAfterMs: fc.integer({ min: 0, max: 20_000 }),
  requested: fc.integer({ min: 1, max: 1000 }),
  actualShare: fc.double({ min: 0, max: 1, noNaN: true }),
  priority: fc.constantFrom<CallPriority>('interactive', 'background'),
  upMs: fc.integer({ min: 0, max: 500 }),
  runMs: fc.integer({ min: 0, max: 3000 }),
  downMs: fc.integer({ min: 0, max: 500 }),
  isLost: fc.boolean(),
});

/** One call from asking to its answer, with the network and Shopify in between. */
const run = async (clock: VirtualClock, budget: CallBudget, bucket: Bucket, call: Call): Promise<'refused' | null> => {
  await clock.delay(call.askAfterMs);
  const ticket = await budget.acquire(call.requested, call.priority);
  // Before the first answer there is nothing to go by: such a call may be refused.
  const isKnown = budget.state().maximum !== null;
  await clock.delay(call.upMs);
  const isTaken = bucket.take(call.requested);
  await clock.delay(call.runMs);
  const actual = isTaken ? Math.round(call.requested * call.actualShare) : null;
  if (actual !== null) bucket.refund(call.requested - actual);
  const cost: CallCost = {
    requestedQueryCost: call.requested,
    actualQueryCost: actual,
    throttleStatus: bucket.status(),
  };
  await clock.delay(call.downMs);
  ticket.settle(call.isLost ? null : cost);
  return isKnown && !isTaken ? 'refused' : null;
};

const plans = fc.constantFrom([2000, 100], [4000, 200], [1000, 50], [20_000, 1000]) as fc.Arbitrary<[number, number]>;

describe('a store’s API budget', () => {
  it('never spends more than the bucket holds, whatever the order of answers, and comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(
        plans,
        fc.array(callArbitrary, { minLength: 1, maxLength: 25 }),
        async ([maximum, rate], calls) => {
          const clock = createVirtualClock();
          const bucket = createBucket(clock, maximum, rate);
          const budget = createCallBudget(clock);
          const outcomes = await clock.until(Promise.all(calls.map((call) => run(clock, budget, bucket, call))));
          expect(outcomes).not.toContain('refused');
          expect(budget.state()).toMatchObject({ inFlight: 0, waiting: { interactive: 0, background: 0 } });
          // Progress: no more time than asking, running and restoring every point one after the other takes.
          const longest = calls.reduce(
            (sum, call) => sum + call.upMs + call.runMs + call.downMs + (call.requested / rate) * 1000 + 1000,
            20_000,
          );
          expect(clock.now() - Date.parse('2026-11-24T00:00:00Z')).toBeLessThan(longest);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('goes on when something else uses the same bucket, and leaves that its share', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 50, max: 900 }),
        async (foreign, requested) => {
          const clock = createVirtualClock();
          const bucket = createBucket(clock, 2000, 100);
          const budget = createCallBudget(clock);
          const end = clock.now() + 120_000;
          let calls = 0;
          let lateRefusals = 0;
          const others = async (): Promise<void> => {
            while (clock.now() < end) {
              bucket.drain(foreign / 4);
              await clock.delay(250);
            }
          };
          const own = async (): Promise<void> => {
            while (clock.now() < end) {
              const before = bucket.refused();
              await run(clock, budget, bucket, {
                askAfterMs: 0,
                requested,
                actualShare: 1,
                priority: 'background',
                upMs: 0,
                runMs: 100,
                downMs: 0,
                isLost: false,
              });
              calls += 1;
              if (clock.now() > end - 60_000) lateRefusals += bucket.refused() - before;
            }
          };
          await clock.until(Promise.all([others(), own()]));
          expect(calls).toBeGreaterThan(1);
          // Once it has learnt, being refused is the exception.
          expect(lateRefusals).toBeLessThanOrEqual(Math.ceil(calls / 4));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('lets one call go first, since nothing is known before its answer', async () => {
    const clock = createVirtualClock();
    const budget = createCallBudget(clock);
    const first = await budget.acquire(10, 'background');
    let isSecondSent = false;
    const second = budget.acquire(10, 'background').then((ticket) => {
      isSecondSent = true;
      return ticket;
    });
    await clock.advance(60_000);
    expect(isSecondSent).toBe(false);
    first.settle(null);
    (await second).settle(null);
  });

  it('sends what a person waits for before background work that asked earlier', async () => {
    const clock = createVirtualClock();
    const budget = createCallBudget(clock);
    const full = { maximumAvailable: 1000, currentlyAvailable: 0, restoreRate: 50 };
    (await budget.acquire(1000, 'background')).settle({
      requestedQueryCost: 1000,
      actualQueryCost: 1000,
      throttleStatus: full,
    });
    const order: string[] = [];
    const ask = async (name: string, priority: CallPriority): Promise<void> => {
      const ticket = await budget.acquire(100, priority);
      order.push(name);
      ticket.settle(null);
    };
    const all = [
      ask('import 1', 'background'),
      ask('import 2', 'background'),
      ask('person 1', 'interactive'),
      ask('person 2', 'interactive'),
    ];
    expect(budget.state()).toMatchObject({ available: 0, waiting: { interactive: 2, background: 2 } });
    await clock.until(Promise.all(all));
    expect(order).toEqual(['person 1', 'person 2', 'import 1', 'import 2']);
  });

  it('lets a caller give up while waiting, and lets the next one go', async () => {
    const clock = createVirtualClock();
    const budget = createCallBudget(clock);
    const first = await budget.acquire(1, 'background');
    const gaveUp = new AbortController();
    const second = budget.acquire(1, 'background', gaveUp.signal);
    const third = budget.acquire(1, 'background');
    gaveUp.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    first.settle(null);
    (await third).settle(null);
    expect(budget.state().waiting).toEqual({ interactive: 0, background: 0 });
  });

  it('sends a call dearer than the bucket once the bucket is full, so that Shopify can say so', async () => {
    const clock = createVirtualClock();
    const budget = createCallBudget(clock);
    const status = { maximumAvailable: 500, currentlyAvailable: 0, restoreRate: 50 };
    (await budget.acquire(1, 'background')).settle({
      requestedQueryCost: 1,
      actualQueryCost: 1,
      throttleStatus: status,
    });
    const started = clock.now();
    (await clock.until(budget.acquire(900, 'background'))).settle(null);
    expect(clock.now() - started).toBe(10_000);
  });
});
