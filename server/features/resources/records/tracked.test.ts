import { expect, it } from 'vitest';
import { trackedField } from '../../../../shared/browse/tracked.ts';
import { CUSTOMERS } from '../customers/table.ts';
import { ORDERS } from '../orders/table.ts';
import { PRODUCTS } from '../products/table.ts';
import { TRANSACTIONS } from '../transactions/table.ts';

it('each field that the history tells of has words and a type for the console', () => {
  const unknown = [PRODUCTS, ORDERS, TRANSACTIONS, CUSTOMERS].flatMap(({ resource, tracked, trackedPersonal }) =>
    [...tracked, ...trackedPersonal].filter((name) => trackedField(resource, name) === undefined),
  );
  expect(unknown).toEqual([]);
});
