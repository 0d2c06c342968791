import { describeAttempts } from './contract/attempts.ts';
import { describeControl } from './contract/control.ts';
import { createContractKit, type QueueFixture } from './contract/kit.ts';
import { describeLife } from './contract/life.ts';
import { describeOrder } from './contract/order.ts';

/** What every implementation of the queue promises. */
export const describeQueueContract = (createFixture: () => Promise<QueueFixture>): void => {
  const kit = createContractKit(createFixture);
  describeAttempts(kit);
  describeOrder(kit);
  describeControl(kit);
  describeLife(kit);
};
