import type { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import { columnOf, type Resource } from '../../../../shared/browse/columns.ts';
import type { LiveMessage } from '../../../../shared/live.ts';
import type { ReadCache } from '../../../platform/cache/read-cache.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Browse } from './service.ts';

/** Events drop what they change; the time is for what no event tells of. */
const KEPT_MS = 10 * 60_000;
/** “In the last 7 days” moves with the clock. */
const MOVING_MS = 60_000;
const DAY_MS = 86_400_000;

const anyStore = (resource: Resource): string => `${resource}:any`;
const ofStore = (resource: Resource, shop: string | undefined): string => `${resource}:${shop ?? 'all'}`;
const tagsOf = (resource: Resource, shop: string | undefined): string[] => [
  anyStore(resource),
  ofStore(resource, shop),
];

/** The dear reads of the four resources (counts of selections, values of a column, sums for the charts), kept until their rows change. */
export const createCachedReads = (browse: Browse['browse'], cache: ReadCache, clock: Clock) => {
  /** Sums up to today, until one of `of` changes. */
  const upToToday =
    <Input extends { readonly shop?: string | undefined }, Sums>(
      name: string,
      of: readonly Resource[],
      read: (input: Input) => Promise<Sums>,
    ) =>
    (input: Input): Promise<Sums> =>
      cache.read(
        JSON.stringify([name, input, Math.floor(clock.now() / DAY_MS)]),
        of.flatMap((resource) => tagsOf(resource, input.shop)),
        KEPT_MS,
        () => read(input),
      );
  return {
    count: (selection: api.Selection, signal?: AbortSignal): Promise<{ total: number }> => {
      const { resource, shop, search, filters } = selection;
      // The running totals are quicker than any cache.
      if (search === undefined && filters === undefined) return browse.count(selection, signal);
      const key = JSON.stringify(['count', resource, shop, search, filters]);
      const ttlMs = filters?.includes('.last.') ? MOVING_MS : KEPT_MS;
      return cache.read(key, tagsOf(resource, shop), ttlMs, (left) => browse.count(selection, left), signal);
    },
    values: (input: z.output<typeof api.ValuesInput>, signal?: AbortSignal) => {
      const { resource, column, shop } = input;
      // Whoever is named in a column is read from it anew each time.
      if (columnOf(resource, column)?.personal) return browse.values(input, signal);
      const key = JSON.stringify(['values', resource, column, shop]);
      return cache.read(key, tagsOf(resource, shop), KEPT_MS, (left) => browse.values(input, left), signal);
    },
    charts: upToToday('charts', ['orders'], browse.charts),
    productCharts: upToToday('product charts', ['products'], browse.productCharts),
    customerCharts: upToToday('customer charts', ['customers', 'orders'], browse.customerCharts),
    transactionCharts: upToToday('transaction charts', ['transactions'], browse.transactionCharts),
  };
};

/** What an announcement makes untrue. */
export const changedTags = ({ topic, shop }: LiveMessage): string[] => {
  if (topic !== 'products' && topic !== 'orders' && topic !== 'transactions' && topic !== 'customers') return [];
  return shop === undefined ? [anyStore(topic)] : [ofStore(topic, undefined), ofStore(topic, shop)];
};
