import { expect, it } from 'vitest';
import { createFailureDigest, type Digest } from './failure-digest.ts';

it('tells of the first failure, then of the rest together, and never of old ones', async () => {
  const shown: Digest[] = [];
  const asked: string[] = [];
  let ring: () => void = () => undefined;
  const digest = createFailureDigest({
    show: (next) => shown.push(next),
    countSince: async (id) => {
      asked.push(id);
      return 41;
    },
    schedule: (work) => {
      ring = work;
      return () => undefined;
    },
    onError: (error) => {
      throw error;
    },
  });
  const failure = (id: string) => ({ id, name: 'sync.products', message: 'Shopify is down.' });
  digest.seen(failure('7'));
  digest.seen(failure('7'));
  expect(shown).toEqual([]);
  digest.seen(failure('9'));
  expect(shown).toEqual([{ title: 'sync.products failed', body: 'Shopify is down.', taskId: '9' }]);
  for (let id = 10; id <= 50; id += 1) digest.seen(failure(String(id)));
  expect(shown).toHaveLength(1);
  ring();
  await Promise.resolve();
  await Promise.resolve();
  expect(shown[1]).toMatchObject({ title: '41 more tasks failed', taskId: null });
  expect(asked).toEqual(['9']);
  ring();
  await Promise.resolve();
  expect(shown).toHaveLength(2);
});
