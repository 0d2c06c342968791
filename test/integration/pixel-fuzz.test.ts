import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../demo/data/random.ts';
import { createShops } from '../../demo/shop/shop.ts';
import { createStorefront } from '../../demo/traffic/storefront.ts';
import { type Harness, startHarness } from './harness.ts';

/** `PIXEL_FUZZ=100000 npx vitest run test/integration/pixel-fuzz.test.ts` for the long run. */
const RUNS = Number(process.env.PIXEL_FUZZ ?? 2000);
const TIMEOUT_MS = 60_000 + RUNS * 20;
/** Bodies on the way at once: the server is what should be tried, not the waiting. */
const AT_ONCE = 20;

let h: Harness;
let key = '';
beforeAll(async () => {
  h = await startHarness({ byToken: true, env: { BACKROOM_LIMITS: 'off' } });
  key = (await h.storeWhen((store) => store.pixelActive)).pixelKey;
});
afterAll(() => h.close());

type Json = Record<string, unknown>;

const realEvents = (): Record<string, unknown>[] => {
  const [shop] = createShops({
    seed: 5,
    products: 20,
    orders: 0,
    customers: 0,
    throttle: { maximum: 1, restoreRate: 1 },
    now: Date.now,
  });
  if (!shop) throw new Error('no shop');
  const storefront = createStorefront(shop, createRandom(5), Date.now);
  return Array.from({ length: 200 }, () => {
    const event = storefront.next();
    // As it is sent.
    return { ...event, backroom: { ...(event.backroom as Json), sentAt: new Date().toISOString() } };
  });
};

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Puts `value` somewhere inside a copy of an event, by a path of numbers. */
const mutate = (event: Json, path: readonly number[], value: unknown): Json => {
  const copy = structuredClone(event);
  let at: Json = copy;
  for (const [depth, step] of path.entries()) {
    const keys = Object.keys(at);
    const name = keys[step % Math.max(1, keys.length)];
    if (name === undefined) break;
    const next = at[name];
    if (depth === path.length - 1 || !isRecord(next)) {
      if (value === undefined) delete at[name];
      else at[name] = value;
      break;
    }
    at = next;
  }
  return copy;
};

const events = realEvents();
const mutated = fc
  .tuple(
    fc.nat(events.length - 1),
    fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }),
    fc.option(fc.jsonValue(), { nil: undefined }),
  )
  .map(([index, path, value]) => mutate(events[index] ?? {}, path, value));
const body = fc.oneof(
  { weight: 6, arbitrary: fc.array(mutated, { minLength: 1, maxLength: 5 }).map((list) => JSON.stringify(list)) },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }) },
  // A real body that was cut off on the way, or hit in the middle.
  {
    weight: 2,
    arbitrary: fc
      .tuple(mutated, fc.nat(2000), fc.string({ maxLength: 3 }))
      .map(([event, at, noise]) => JSON.stringify(event).slice(0, at) + noise),
  },
);

const eventsIn = (text: string): number => {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.length : 1;
  } catch {
    return 0;
  }
};

it(
  `${RUNS} generated and broken bodies: never a 5xx, and every event of an accepted body is counted once`,
  async () => {
    const bodies = fc.sample(body, { numRuns: RUNS, seed: 20261124 });
    const before = await h.app.services.pixel.summary();
    const answers = new Map<number, number>();
    let expected = 0;
    let withheld = 0;
    let next = 0;
    const work = async (): Promise<void> => {
      for (;;) {
        const text = bodies[next];
        next += 1;
        if (text === undefined) return;
        const answer = await h.pixel(text, { key });
        answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
        const count = eventsIn(text);
        expect(answer.status, text.slice(0, 300)).toBe(count >= 1 && count <= 500 ? 204 : 400);
        if (answer.status === 204) expected += count;
        withheld += Number(answer.headers.get('x-backroom-withheld') ?? 0);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const after = await h.app.services.pixel.summary();
    const counted = (['accepted', 'quarantined', 'duplicates'] as const).map((name) => after[name] - before[name]);
    expect(counted.reduce((sum, each) => sum + each, withheld)).toBe(expected);
    expect([...counted, withheld].every((each) => each > 0)).toBe(true);
    expect([...answers.keys()].sort()).toEqual([204, 400]);
    // Nothing that was stored stops the analysis.
    await expect
      .poll(async () => (await h.app.services.pixel.funnel({ period: 'day' })).waiting, { timeout: 20_000 })
      .toBe(0);
  },
  TIMEOUT_MS,
);
