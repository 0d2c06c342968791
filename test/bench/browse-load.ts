import { createBrowse } from '../../server/features/resources/browse/service.ts';
import { migrations } from '../../server/migrations.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { openDatabase } from '../../server/platform/db/database.ts';
import { fillStore } from './store-rows.ts';

/** Fills a store with rows, reads pages of it as the console does, and prints how long each kind of reading took. */
const [dataDir = '', count = '10000'] = process.argv.slice(2);
const orders = Number(count);

const db = await openDatabase({ dataDir, entities: [], migrations });
await fillStore(db, orders);
const browse = createBrowse(db, systemClock);

type Step = () => Promise<unknown>;
const LIMIT = 100;
const lists = {
  orders: browse.orders.list,
  transactions: browse.transactions.list,
  customers: browse.customers.list,
  products: browse.products.list,
} as const;
type Resource = keyof typeof lists;
const list = (resource: Resource, input: Record<string, unknown>): Step => {
  const read: (input: never) => Promise<unknown> = lists[resource];
  return () => read({ order: 'desc', limit: LIMIT, ...input } as never);
};

/** The marks of pages deep in a list, so that a far page is measured and not the way to it. */
const marks = async (resource: Resource, pages: number): Promise<string[]> => {
  const read: (input: never) => Promise<{ nextCursor: string | null }> = lists[resource];
  const found: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pages; page += 1) {
    const { nextCursor }: { nextCursor: string | null } = await read({ order: 'desc', limit: 250, cursor } as never);
    if (nextCursor === null) break;
    found.push(nextCursor);
    cursor = nextCursor;
  }
  return found;
};

const SORTS: readonly (readonly [Resource, readonly string[]])[] = [
  ['orders', ['name', 'processedAt', 'customerName', 'total', 'updatedAt']],
  ['transactions', ['amount', 'processedAt']],
  ['customers', ['displayName', 'email', 'ordersCount', 'amountSpent', 'createdAt', 'updatedAt']],
  ['products', ['title', 'vendor', 'totalInventory', 'priceMin', 'updatedAt']],
];
const FILTERS: readonly (readonly [Resource, string])[] = [
  ['orders', 'financialStatus.is.PENDING'],
  ['orders', 'financialStatus.is.PAID;fulfillmentStatus.is.UNFULFILLED'],
  ['orders', 'total.gte.39000'],
  ['orders', 'processedAt.between.2026-01-01,2026-02-01'],
  ['orders', 'tags.has.gift'],
  ['orders', 'customerName.contains.dijk'],
  ['transactions', 'kind.is.REFUND'],
  ['transactions', 'status.is.FAILURE;amount.gte.20000'],
  ['customers', 'tags.has.vip;amountSpent.gte.100000'],
  ['products', 'status.is.DRAFT;totalInventory.lte.10'],
  ['products', 'vendor.is.Vendor 7'],
];
const SEARCHES: readonly (readonly [Resource, string])[] = [
  ['orders', 'ada'],
  ['orders', 'grace hopper'],
  ['orders', 'dij'],
  ['orders', '#1500'],
  ['orders', 'person77@example.com'],
  ['orders', 'walnut teapot'],
  ['orders', 'dijsktra'],
  ['transactions', '#1500'],
  ['customers', 'liskov'],
  ['customers', 'person77@example.com'],
  ['customers', 'lammport wien'],
  ['products', 'copper ket'],
  ['products', 'SKU-77'],
];

const steps: Record<'page' | 'sort' | 'filter' | 'search', (readonly [string, Step])[]> = {
  page: [],
  sort: [],
  filter: [],
  search: [],
};
for (const resource of ['orders', 'transactions', 'customers', 'products'] as const) {
  steps.page.push([resource, list(resource, {})]);
  for (const [index, cursor] of (await marks(resource, 8)).entries())
    steps.page.push([`${resource} page ${index + 2}`, list(resource, { cursor })]);
}
for (const [resource, sorts] of SORTS)
  for (const sort of sorts)
    for (const order of ['asc', 'desc'])
      steps.sort.push([`${resource} ${sort} ${order}`, list(resource, { sort, order })]);
for (const [resource, filters] of FILTERS) steps.filter.push([`${resource} ${filters}`, list(resource, { filters })]);
for (const [resource, search] of SEARCHES) steps.search.push([`${resource} ${search}`, list(resource, { search })]);

const ROUNDS = 12;
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const result: Record<string, { p50: number; p95: number; slowest: string }> = {};
for (const [kind, each] of Object.entries(steps)) {
  const times: number[] = [];
  const medians: [string, number][] = [];
  for (const [name, step] of each) {
    await step();
    const own: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const started = performance.now();
      await step();
      own.push(performance.now() - started);
    }
    own.sort((a, b) => a - b);
    medians.push([name, quantile(own, 0.5)]);
    times.push(...own);
  }
  times.sort((a, b) => a - b);
  medians.sort((a, b) => b[1] - a[1]);
  const slowest = medians
    .slice(0, 4)
    .map(([name, ms]) => `${name}: ${ms.toFixed(1)}`)
    .join(', ');
  result[kind] = { p50: quantile(times, 0.5), p95: quantile(times, 0.95), slowest };
}
await db.close();
process.stdout.write(JSON.stringify(result));
