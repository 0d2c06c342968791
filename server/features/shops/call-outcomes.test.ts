import { expect, it } from 'vitest';
import { createEventBus } from '../../platform/events/bus.ts';
import { createVirtualClock } from '../../platform/testing/virtual-clock.ts';
import type { BackgroundWork } from './background-work.ts';
import { createCallOutcomes } from './call-outcomes.ts';
import type { ShopRecord } from './entities.ts';
import type { ShopStore } from './shop-store.ts';

const SHOP = 'one.myshopify.com';

const start = () => {
  const clock = createVirtualClock();
  const bus = createEventBus((error) => {
    throw error;
  });
  let told = 0;
  bus.subscribe(({ topic, shop }) => {
    if (topic === 'stores' && shop === SHOP) told += 1;
  });
  let record = { shop: SHOP, state: 'connected', lastCallAt: new Date(clock.now()).toISOString() } as ShopRecord;
  const store: Pick<ShopStore, 'find' | 'update'> = {
    find: () => record,
    update: async (_shop, changes) => {
      record = { ...record, ...changes };
    },
  };
  const background: BackgroundWork = {
    run: (_shop, work) => void work(),
    isClosed: false,
    close: async () => undefined,
  };
  const outcomes = createCallOutcomes({ store: store as ShopStore, clock, bus, background });
  return { clock, outcomes, told: () => told, record: () => record };
};

it('tells the console a second after calls, once for many, though nothing is worth a commit', async () => {
  const { clock, outcomes, told, record } = start();
  const before = record().lastCallAt;
  for (let calls = 0; calls < 20; calls += 1) outcomes.note(SHOP, null);
  await clock.advance(999);
  expect(told()).toBe(0);
  await clock.advance(1);
  expect(told()).toBe(1);
  outcomes.note(SHOP, null);
  await clock.advance(1000);
  expect(told()).toBe(2);
  expect(record().lastCallAt).toBe(before);
  expect(outcomes.lastSuccessAt(SHOP)).toBe(new Date(clock.now() - 1000).toISOString());
});

it('notes the time of a call after 15 seconds', async () => {
  const { clock, outcomes, record } = start();
  await clock.advance(15_000);
  outcomes.note(SHOP, null);
  await clock.advance(0);
  expect(record().lastCallAt).toBe(new Date(clock.now()).toISOString());
});

it('tells nobody once it is closed', async () => {
  const { clock, outcomes, told } = start();
  outcomes.note(SHOP, null);
  outcomes.close();
  await clock.advance(5000);
  expect(told()).toBe(0);
});
