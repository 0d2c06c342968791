import { createCollection, type ListOptions, type RowRecipe } from './collection.ts';
import type { RowSource } from './ordered-list.ts';
import { createRandom, hashSeed, seedAt, unitOf } from './random.ts';
import { FIRST_NAMES, LAST_NAMES, PLACES, type Place } from './themes.ts';

export interface DemoAddress {
  readonly id: number;
  readonly street: string;
  readonly company: string | null;
  readonly place: Place;
}

/** Times in epoch milliseconds. */
export interface DemoCustomer {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly addresses: readonly DemoAddress[];
  readonly emailConsent: 'SUBSCRIBED' | 'NOT_SUBSCRIBED' | 'UNSUBSCRIBED' | 'PENDING';
  readonly smsConsent: 'SUBSCRIBED' | 'NOT_SUBSCRIBED';
  readonly state: 'ENABLED' | 'DISABLED' | 'INVITED';
  readonly note: string | null;
  readonly tags: readonly string[];
  readonly taxExempt: boolean;
  readonly locale: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface CustomerRecipe {
  readonly seed: number;
  readonly shop: string;
  readonly idBase: number;
  readonly epoch: number;
  readonly customers: number;
  /** When a customer of the seed placed their first and last orders; null for one who never did. */
  readonly orderTimes: (index: number) => { readonly first: number; readonly last: number } | null;
}

export interface CustomerCollection {
  readonly count: number;
  get(id: number): DemoCustomer | null;
  nth(position: number): DemoCustomer | null;
  /** As the seed has them, whatever became of them since. */
  seededAt(index: number): DemoCustomer;
  change(id: number, edit: Partial<Omit<DemoCustomer, 'id' | 'createdAt' | 'updatedAt'>>): DemoCustomer | null;
  create(): DemoCustomer;
  remove(id: number): boolean;
  list(options: ListOptions<DemoCustomer>): RowSource<DemoCustomer>;
  countOf(options: Omit<ListOptions<DemoCustomer>, 'sortKey'>, limit: number): number;
  all(): Iterable<DemoCustomer>;
}

const DAY = 86_400_000;
const FIRST_ID = 6_100_000_000_000;
const ID_STEP = 32;
const STREETS: readonly [string, ...string[]] = [
  'Alder Street',
  'Birch Lane',
  'Canal Road',
  'Dock Street',
  'Elm Grove',
  'Foundry Row',
  'Hill Road',
];

export const wholeSeconds = (time: number): number => Math.floor(time / 1000) * 1000;

export const customerIdOf = (recipe: { idBase: number }, index: number): number =>
  FIRST_ID + recipe.idBase + (index + 1) * ID_STEP;
export const customerIndexOf = (recipe: { idBase: number }, id: number): number => {
  const index = (id - FIRST_ID - recipe.idBase) / ID_STEP - 1;
  return Number.isInteger(index) && index >= 0 ? index : -1;
};

export const createCustomerCollection = (recipe: CustomerRecipe, now: () => number): CustomerCollection => {
  const kind = hashSeed(recipe.seed, recipe.shop, 'customer');
  const timeKind = hashSeed(recipe.seed, recipe.shop, 'customer times');
  const idOf = (index: number): number => customerIdOf(recipe, index);

  const times = (index: number): { createdAt: number; updatedAt: number } => {
    const chance = unitOf(seedAt(timeKind, index));
    const orders = recipe.orderTimes(index);
    const createdAt = wholeSeconds((orders?.first ?? recipe.epoch - 5 * DAY) - 60_000 - chance * 300 * DAY);
    const last = orders?.last ?? createdAt;
    return { createdAt, updatedAt: wholeSeconds(last + chance ** 2 * (recipe.epoch - last)) };
  };

  /** An invented person; the address is on a domain that is reserved for examples, the number on a range that is. */
  const generate = (index: number): DemoCustomer => {
    const random = createRandom(seedAt(kind, index));
    const id = idOf(index);
    const firstName = random.pick(FIRST_NAMES);
    const lastName = random.pick(LAST_NAMES);
    const hasPhone = random.chance(0.5);
    // A few gave a number only, as at a till.
    const hasEmail = !hasPhone || !random.chance(0.03);
    const count = random.chance(0.04) ? 0 : random.chance(0.85) ? 1 : random.int(2, 3);
    const consent = random.next();
    return {
      id,
      firstName,
      lastName,
      email: hasEmail ? `${firstName}.${lastName}.${index + 1}@example.com`.toLowerCase() : null,
      phone: hasPhone ? `+1555${String((index + 1) % 10_000_000).padStart(7, '0')}` : null,
      addresses: Array.from({ length: count }, (_, place) => ({
        id: id + place + 1,
        street: `${random.int(1, 180)} ${random.pick(STREETS)}`,
        company: random.chance(0.06) ? `${lastName} Ltd` : null,
        place: random.pick(PLACES),
      })),
      emailConsent:
        consent < 0.4 ? 'SUBSCRIBED' : consent < 0.85 ? 'NOT_SUBSCRIBED' : consent < 0.97 ? 'UNSUBSCRIBED' : 'PENDING',
      smsConsent: hasPhone && random.chance(0.2) ? 'SUBSCRIBED' : 'NOT_SUBSCRIBED',
      state: random.chance(0.3) ? 'ENABLED' : random.chance(0.05) ? 'INVITED' : 'DISABLED',
      note: random.chance(0.04) ? 'Prefers to be called after five.' : null,
      tags: [...(random.chance(0.1) ? ['wholesale'] : []), ...(random.chance(0.2) ? ['newsletter'] : [])],
      taxExempt: random.chance(0.02),
      locale: random.chance(0.85) ? 'en' : random.pick(['fr', 'de', 'nb']),
      ...times(index),
    };
  };

  const rowRecipe: RowRecipe<DemoCustomer> = {
    seeded: recipe.customers,
    idOf,
    indexOf: (id) => customerIndexOf(recipe, id),
    generate,
    sortRules: {
      ID: { ofRow: (row) => row.id, ofIndex: idOf, isMonotonic: true },
      RELEVANCE: { ofRow: (row) => row.id, ofIndex: idOf, isMonotonic: true },
      CREATED_AT: { ofRow: (row) => row.createdAt, ofIndex: (index) => times(index).createdAt, unit: 1000 },
      UPDATED_AT: { ofRow: (row) => row.updatedAt, ofIndex: (index) => times(index).updatedAt, unit: 1000 },
      NAME: { ofRow: (row) => `${row.lastName} ${row.firstName}`.toLowerCase() },
    },
    sortedField: { ID: 'id', CREATED_AT: 'created_at', UPDATED_AT: 'updated_at' },
    cheapFieldOf: (index, field) => {
      if (field === 'id') return idOf(index);
      if (field === 'updated_at') return times(index).updatedAt;
      return field === 'created_at' ? times(index).createdAt : undefined;
    },
    fieldOf: (row, field) => {
      switch (field) {
        case 'id':
          return row.id;
        case 'created_at':
          return row.createdAt;
        case 'updated_at':
          return row.updatedAt;
        case 'email':
          return row.email ?? '';
        case 'phone':
          return row.phone ?? '';
        case 'first_name':
          return row.firstName;
        case 'last_name':
          return row.lastName;
        case 'state':
          return row.state;
        case 'tag':
          return row.tags;
        case 'country':
          return row.addresses.map((address) => address.place.country);
        case 'default':
          return [`${row.firstName} ${row.lastName}`, row.email ?? '', row.phone ?? ''];
        default:
          return undefined;
      }
    },
  };
  const rows = createCollection(rowRecipe, now);
  const second = (): number => wholeSeconds(now());

  return {
    get count() {
      return rows.count;
    },
    get: rows.get,
    nth: rows.nth,
    seededAt: generate,
    change: (id, edit) => {
      const found = rows.get(id);
      if (!found) return null;
      const changed = { ...found, ...edit, updatedAt: Math.max(found.updatedAt + 1000, second()) };
      rows.put(id, changed);
      return changed;
    },
    create: () => rows.add((index) => ({ ...generate(index), createdAt: second(), updatedAt: second() })),
    remove: rows.remove,
    list: rows.list,
    countOf: rows.countOf,
    all: rows.all,
  };
};
