import type { Database } from './db/database.ts';

/**
 * One customer of one store, by whatever is known of them: a request may name an id, an e-mail address or a phone number alone.
 * Ids are Shopify's numbers as digits, without the gid around them; addresses are in lower case; phone numbers are digits only.
 */
export interface Person {
  readonly shop: string;
  readonly customerIds: readonly string[];
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** Orders that are theirs. */
  readonly orderIds: readonly string[];
  /** Web pixel ids of browsers they were seen with. */
  readonly clientIds: readonly string[];
}

/** What a holder's rows add to a person, e.g. the customer id that belongs to an e-mail address. */
export type PersonHints = Partial<Omit<Person, 'shop'>>;

/** What one stored record says of somebody. Used to find erased people in an old copy of the database. */
export interface Mention {
  readonly shop: string;
  readonly customerIds: readonly string[];
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

/**
 * `personal`: may hold data of customers. `shop`: holds a store's data, but nobody's. `nothing`: neither, e.g. schema versions.
 * `kept`: names a store, and stays when the store is erased, to prove that it was.
 * `why` is a sentence that an auditor can judge.
 */
export interface DeclaredTable {
  readonly table: string;
  readonly holds: 'personal' | 'shop' | 'kept' | 'nothing';
  readonly why: string;
  /** The heading over these records in the package that a person gets, e.g. `Your orders`. */
  readonly heading?: string;
  /** What a person looks for first in the package: their record, addresses, orders, payments. It comes before what merely mentions them. */
  readonly leads?: true;
}

/** One record of a person, as it goes into the package that is handed to them. */
export interface FoundRecord {
  readonly table: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** It is theirs, but names nobody and leads to nobody: an erasure has nothing to do in it. */
  readonly isFact?: true;
}

export interface ErasedRows {
  readonly table: string;
  readonly rows: number;
  readonly how: 'deleted' | 'anonymised';
}

export interface HolderContext {
  /** The live database, or a restored copy that the erasure list is applied to. */
  readonly db: Database;
  readonly signal: AbortSignal;
}

/**
 * How one feature finds and erases people and stores in its own tables. Every table of the database is declared by exactly one holder: a
 * test walks the migrated schema and fails otherwise. All methods may run again at any time: erasing what is gone changes nothing.
 * Totals and amounts stay; the person goes.
 */
export interface PersonalDataHolder {
  readonly name: string;
  readonly tables: readonly DeclaredTable[];
  /** Further identifiers of the same person. Must not lead to another person, e.g. through an address that a household shares. */
  identify?(person: Person, context: HolderContext): Promise<PersonHints>;
  find(person: Person, context: HolderContext): AsyncIterable<FoundRecord>;
  erase(person: Person, context: HolderContext): Promise<readonly ErasedRows[]>;
  /** Needs no call to Shopify: the store's token is dead by then. */
  eraseShop(shop: string, context: HolderContext): Promise<readonly ErasedRows[]>;
  /** Everybody who is mentioned in this holder's rows. Absent when it holds nobody. */
  mentions?(context: HolderContext): AsyncIterable<Mention>;
}

/** A holder whose tables have nothing of any customer; `eraseShop` is all it needs to say. */
export const holderWithoutPeople = (options: {
  name: string;
  tables: readonly DeclaredTable[];
  eraseShop: PersonalDataHolder['eraseShop'];
}): PersonalDataHolder => ({
  ...options,
  find: async function* () {
    // Nobody is in here.
  },
  erase: async () => [],
});

export interface TableOfSchema {
  readonly name: string;
  readonly sql: string | null;
}

/** The side tables that SQLite makes for a full-text index; they are declared with the index itself. */
const FTS_PARTS = ['data', 'idx', 'docsize', 'config', 'content'];

/** What is wrong with the declarations, as sentences; empty when every table is declared by exactly one holder. */
export const declarationProblems = (
  tables: readonly TableOfSchema[],
  holders: readonly PersonalDataHolder[],
): string[] => {
  const declared = new Map<string, string[]>();
  for (const holder of holders)
    for (const { table } of holder.tables) declared.set(table, [...(declared.get(table) ?? []), holder.name]);
  const indexes = tables.filter(({ sql }) => /^CREATE VIRTUAL TABLE/i.test(sql ?? '')).map(({ name }) => name);
  const parts = new Set(indexes.flatMap((name) => FTS_PARTS.map((part) => `${name}_${part}`)));
  const names = tables.map(({ name }) => name).filter((name) => !name.startsWith('sqlite_') && !parts.has(name));
  return [
    ...names
      .filter((name) => !declared.has(name))
      .map((name) => `The table ${name} is declared by no personal-data.ts: say whether it can hold people.`),
    ...[...declared]
      .filter(([, by]) => by.length > 1)
      .map(([name, by]) => `The table ${name} is declared by several holders: ${by.join(', ')}.`),
    ...[...declared.keys()]
      .filter((name) => !names.includes(name))
      .map((name) => `The table ${name} is declared but does not exist.`),
  ];
};

/** Records that an erased person must not come back through a later import or webhook. Digests only; cheap while nobody was erased. */
export interface Suppression {
  readonly isEmpty: boolean;
  /**
   * Whether a record is about somebody who was erased. `createdAt` (ISO) is when the record came to be at Shopify: who comes back and buys
   * again after the erasure is a new customer, except under the old customer id.
   */
  isSuppressed(
    shop: string,
    identifiers: {
      readonly customerId?: string | number | null | undefined;
      readonly email?: string | null | undefined;
      readonly phone?: string | null | undefined;
      readonly createdAt?: string | null | undefined;
    },
  ): boolean;
  /**
   * A JSON text as it may be stored: as it is, or without the erased people in it. `kind` names its root, e.g. the webhook topic; compliance
   * topics pass as they are, since a request has to say whom it is about.
   */
  screen(shop: string, text: string, kind: string): string;
}

export const emptyPerson = (shop: string): Person => ({
  shop,
  customerIds: [],
  emails: [],
  phones: [],
  orderIds: [],
  clientIds: [],
});

const union = (left: readonly string[], right: readonly string[] | undefined): string[] => [
  ...new Set([...left, ...(right ?? [])]),
];

export const withHints = (person: Person, hints: PersonHints): Person => ({
  shop: person.shop,
  customerIds: union(person.customerIds, hints.customerIds),
  emails: union(person.emails, hints.emails),
  phones: union(person.phones, hints.phones),
  orderIds: union(person.orderIds, hints.orderIds),
  clientIds: union(person.clientIds, hints.clientIds),
});

const size = (person: Person): number =>
  person.customerIds.length +
  person.emails.length +
  person.phones.length +
  person.orderIds.length +
  person.clientIds.length;

/** E-mail leads to the customer, the customer to the orders, the orders to the browser: that is as far as it goes. */
const IDENTIFY_ROUNDS = 3;

/** The person with everything that the holders know of them. */
export const identify = async (
  person: Person,
  holders: readonly PersonalDataHolder[],
  context: HolderContext,
): Promise<Person> => {
  let known = person;
  for (let round = 0; round < IDENTIFY_ROUNDS; round += 1) {
    const before = size(known);
    for (const holder of holders) if (holder.identify) known = withHints(known, await holder.identify(known, context));
    if (size(known) === before) break;
  }
  return known;
};
