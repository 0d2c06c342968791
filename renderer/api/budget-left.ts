import { useQuery } from '@tanstack/react-query';
import type { StoreBudget } from '../../shared/api.ts';
import { useNow } from '../lib/clock.ts';
import { budgetLeft } from '../lib/store-status.ts';
import { trpc } from './trpc.ts';

/** Points that a store's budget has by now; the list of stores says what it had when it was asked for. */
export const useBudgetLeft = (budget: StoreBudget): number => {
  const { dataUpdatedAt } = useQuery(trpc.stores.list.queryOptions());
  return useNow((now) => budgetLeft(budget, dataUpdatedAt, now));
};
