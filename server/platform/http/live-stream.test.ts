import { expect, it } from 'vitest';
import { LiveMessage } from '../../../shared/live.ts';
import { createCoalescer } from './live-stream.ts';

const flushed = (...messages: LiveMessage[]): LiveMessage[] => {
  let sent: LiveMessage[] = [];
  const coalescer = createCoalescer((merged) => {
    sent = merged;
  });
  for (const message of messages) coalescer.add(message);
  coalescer.flush();
  for (const message of sent) LiveMessage.parse(message);
  return sent;
};

it('sends one message a topic, with all ids', () => {
  expect(
    flushed(
      { topic: 'products', shop: 'a', ids: ['1'] },
      { topic: 'pixel' },
      { topic: 'products', shop: 'a', ids: ['2', '1'] },
    ),
  ).toEqual([{ topic: 'products', shop: 'a', ids: ['1', '2'] }, { topic: 'pixel' }]);
});
it('drops the shop when there are several', () => {
  expect(
    flushed({ topic: 'stores', shop: 'a' }, { topic: 'stores', shop: 'b' }, { topic: 'stores', shop: 'a' }),
  ).toEqual([{ topic: 'stores' }]);
});
it('drops the ids when one message has none, or there are too many', () => {
  expect(flushed({ topic: 'products', ids: ['1'] }, { topic: 'products' }, { topic: 'products', ids: ['2'] })).toEqual([
    { topic: 'products' },
  ]);
  const many = Array.from({ length: 40 }, (_, index) => String(index));
  expect(flushed({ topic: 'products', ids: many }, { topic: 'products', ids: many.map((id) => `x${id}`) })).toEqual([
    { topic: 'products' },
  ]);
});
it('sends nothing when nothing happened, and forgets what it sent', () => {
  const calls: LiveMessage[][] = [];
  const coalescer = createCoalescer((messages) => calls.push(messages));
  coalescer.flush();
  coalescer.add({ topic: 'system' });
  coalescer.flush();
  coalescer.flush();
  expect(calls).toEqual([[{ topic: 'system' }]]);
});
