import { createCollection, type ListOptions, type RowRecipe } from './collection.ts';
import { type CustomerCollection, createCustomerCollection, customerIndexOf, wholeSeconds } from './customers.ts';
import { generateOrder, ORDER_ID_STEP } from './order-generator.ts';
import { totalsOf } from './order-totals.ts';
import type { DemoOrder } from './order-types.ts';
import type { RowSource } from './ordered-list.ts';
import type { ProductCollection } from './product-collection.ts';
import { createRandom, hashSeed, seedAt, unitOf } from './random.ts';
import { createRelations } from './relations.ts';

export interface OrderCollection {
  readonly count: number;
  get(id: number): DemoOrder | null;
  nth(position: number): DemoOrder | null;
  /** Puts the order in the place of what it was, with a newer time of change. */
  change(id: number, edit: (order: DemoOrder) => Partial<DemoOrder>): DemoOrder | null;
  /** A new order of this customer, or of nobody in particular. */
  place(customerId: number | null, products?: readonly number[], checkoutToken?: string): DemoOrder;
  remove(id: number): boolean;
  /** Oldest first. */
  ofCustomer(customerId: number): DemoOrder[];
  list(options: ListOptions<DemoOrder>): RowSource<DemoOrder>;
  countOf(options: Omit<ListOptions<DemoOrder>, 'sortKey'>, limit: number): number;
  all(): Iterable<DemoOrder>;
}

export interface PeopleRecipe {
  readonly seed: number;
  readonly shop: string;
  readonly idBase: number;
  readonly epoch: number;
  readonly currency: string;
  readonly customers: number;
  readonly orders: number;
}

const DAY = 86_400_000;
const FIRST_ID = 5_200_000_000_000;
/** Products that orders are placed for: the first ones, the very first most often. */
const POPULAR_PRODUCTS = 2000;
const SHORTEST_HISTORY_DAYS = 120;
const LONGEST_HISTORY_DAYS = 730;
const ORDERS_A_DAY = 12;
/** Between the customer's click and what is done about the order. */
const LONGEST_CHANGE_DAYS = 6;

/** Orders and their customers: each follows from the other by arithmetic, so neither is kept. */
export const createPeople = (
  recipe: PeopleRecipe,
  products: ProductCollection,
  now: () => number,
): { orders: OrderCollection; customers: CustomerCollection } => {
  const { epoch } = recipe;
  const relations = createRelations(recipe.orders, recipe.customers);
  const days = Math.min(LONGEST_HISTORY_DAYS, Math.max(SHORTEST_HISTORY_DAYS, recipe.orders / ORDERS_A_DAY));
  const step = (days * DAY) / Math.max(1, recipe.orders);
  const kind = hashSeed(recipe.seed, recipe.shop, 'order');
  const timeKind = hashSeed(recipe.seed, recipe.shop, 'order times');
  const idOf = (index: number): number => FIRST_ID + recipe.idBase + (index + 1) * ORDER_ID_STEP;
  const indexOf = (id: number): number => {
    const index = (id - FIRST_ID - recipe.idBase) / ORDER_ID_STEP - 1;
    return Number.isInteger(index) && index >= 0 ? index : -1;
  };
  // Newer orders have higher numbers and ids, as in a real shop.
  const createdAt = (index: number): number => wholeSeconds(epoch - (recipe.orders - index) * step);
  const updatedAt = (index: number): number => {
    const created = createdAt(index);
    const wait = unitOf(seedAt(timeKind, index)) ** 2 * LONGEST_CHANGE_DAYS * DAY;
    return wholeSeconds(Math.min(epoch, created + 600_000 + wait));
  };

  const customers = createCustomerCollection(
    {
      ...recipe,
      orderTimes: (index) => {
        const found = relations.ordersOf(index);
        const first = found[0];
        const last = found.at(-1);
        return first === undefined || last === undefined ? null : { first: createdAt(first), last: createdAt(last) };
      },
    },
    now,
  );
  const popular = Math.min(POPULAR_PRODUCTS, products.count);
  const placed = new Map<number, number[]>();
  const second = (): number => wholeSeconds(now());

  const generate = (index: number): DemoOrder => {
    const random = createRandom(seedAt(kind, index));
    const customer = relations.customerOf(index);
    return generateOrder({
      index,
      id: idOf(index),
      idBase: recipe.idBase,
      currency: recipe.currency,
      // As they were when they ordered: later changes of the customer do not reach back.
      customer: customer < 0 ? null : customers.seededAt(customer),
      createdAt: createdAt(index),
      updatedAt: updatedAt(index),
      random,
      pickProduct: () => (popular === 0 ? null : products.seededAt(Math.floor(random.next() ** 2 * popular))),
    });
  };

  const textOf = (order: DemoOrder): string[] => [
    `#${order.number}`,
    order.email ?? '',
    order.person ? `${order.person.firstName} ${order.person.lastName}` : '',
  ];
  const rowRecipe: RowRecipe<DemoOrder> = {
    seeded: recipe.orders,
    idOf,
    indexOf,
    generate,
    sortRules: {
      ID: { ofRow: (row) => row.id, ofIndex: idOf, isMonotonic: true },
      CREATED_AT: { ofRow: (row) => row.createdAt, ofIndex: createdAt, isMonotonic: true },
      PROCESSED_AT: { ofRow: (row) => row.createdAt, ofIndex: createdAt, isMonotonic: true },
      ORDER_NUMBER: { ofRow: (row) => row.id, ofIndex: idOf, isMonotonic: true },
      UPDATED_AT: { ofRow: (row) => row.updatedAt, ofIndex: updatedAt, unit: 1000 },
      TOTAL_PRICE: { ofRow: (row) => totalsOf(row).total.shop },
    },
    sortedField: {
      ID: 'id',
      CREATED_AT: 'created_at',
      PROCESSED_AT: 'processed_at',
      UPDATED_AT: 'updated_at',
    },
    cheapFieldOf: (index, field) => {
      if (field === 'id') return idOf(index);
      if (field === 'updated_at') return updatedAt(index);
      return field === 'created_at' || field === 'processed_at' ? createdAt(index) : undefined;
    },
    fieldOf: (row, field) => {
      switch (field) {
        case 'id':
          return row.id;
        case 'created_at':
        case 'processed_at':
          return row.createdAt;
        case 'updated_at':
          return row.updatedAt;
        case 'name':
          return `#${row.number}`;
        case 'email':
          return row.email ?? '';
        case 'customer_id':
          return row.customerId ?? 0;
        case 'status':
          return row.cancelledAt === null ? 'open' : 'cancelled';
        case 'financial_status':
          return totalsOf(row).financialStatus;
        case 'fulfillment_status':
          return totalsOf(row).fulfillmentStatus;
        case 'gateway':
          return row.transactions.map((entry) => entry.gateway);
        case 'discount_code':
          return row.discount?.kind === 'code' ? row.discount.code : '';
        case 'sku':
          return row.lines.map((line) => line.sku);
        case 'tag':
          return row.tags;
        case 'test':
          return row.isTest;
        case 'default':
          return textOf(row);
        default:
          return undefined;
      }
    },
  };
  const rows = createCollection(rowRecipe, now);

  const orders: OrderCollection = {
    get count() {
      return rows.count;
    },
    get: rows.get,
    nth: rows.nth,
    change: (id, edit) => {
      const found = rows.get(id);
      if (!found) return null;
      const changed = { ...found, ...edit(found), updatedAt: Math.max(found.updatedAt + 1000, second()) };
      rows.put(id, changed);
      return changed;
    },
    place: (customerId, wanted, checkoutToken) =>
      rows.add((index) => {
        const random = createRandom(seedAt(kind, index));
        const customer = customerId === null ? null : customers.get(customerId);
        const at = second();
        if (customer) placed.set(customer.id, [...(placed.get(customer.id) ?? []), idOf(index)]);
        let next = 0;
        const pickWanted = () => {
          const id = wanted?.[next];
          next += 1;
          return id === undefined ? null : products.get(id);
        };
        const pickAny = () => products.nth(random.int(0, Math.max(0, products.count - 1)));
        return generateOrder({
          index,
          id: idOf(index),
          idBase: recipe.idBase,
          currency: recipe.currency,
          customer,
          createdAt: at,
          updatedAt: at,
          random,
          checkoutToken,
          pickProduct: wanted ? pickWanted : pickAny,
          isFresh: true,
        });
      }),
    remove: rows.remove,
    ofCustomer: (customerId) => {
      const index = customerIndexOf(recipe, customerId);
      const seeded = index < 0 ? [] : relations.ordersOf(index).map(idOf);
      return [...seeded, ...(placed.get(customerId) ?? [])].flatMap((id) => rows.get(id) ?? []);
    },
    list: rows.list,
    countOf: rows.countOf,
    all: rows.all,
  };
  return { orders, customers };
};
