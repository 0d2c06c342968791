import { useQuery } from '@tanstack/react-query';
import { currencyDigits } from '../../shared/currency.ts';
import { trpc } from '../api/trpc.ts';

/** Decimals of the amounts that a person types into a filter: those of the chosen store's currency, else of the first store's. */
export const useCurrencyDigits = (shop: string | undefined): number => {
  const { data } = useQuery(trpc.stores.list.queryOptions());
  const store = data?.items.find((each) => each.shop === shop) ?? data?.items[0];
  return currencyDigits(store?.currency ?? null);
};
