import { expect, it } from 'vitest';
import { migrations } from './migrations.ts';

it('are listed in the order of their numbers, each once', () => {
  const numbers = migrations.map(({ name }) => Number(/\d+$/.exec(name)?.[0]));
  expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
});
