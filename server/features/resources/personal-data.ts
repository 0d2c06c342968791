import type { SqlValue } from '../../platform/db/database.ts';
import { bareDigits, createPayloadTable, deleteShopRows, type PayloadTable } from '../../platform/payload-table.ts';
import type {
  DeclaredTable,
  ErasedRows,
  FoundRecord,
  HolderContext,
  Person,
  PersonalDataHolder,
  PersonHints,
} from '../../platform/personal-data.ts';
import { digitsOf, idDigits, normalEmail, samePhone } from '../../platform/personal-payload.ts';
import { CUSTOMERS } from './customers/table.ts';
import { ORDERS } from './orders/table.ts';
import { toDecimal } from './records/money.ts';
import { indexRows } from './records/search-index.ts';

const SHOP_TABLES: readonly DeclaredTable[] = [
  { table: 'products', holds: 'shop', why: 'The store’s catalogue; products name no customers.' },
  { table: 'product_documents', holds: 'shop', why: 'The whole JSON of products.' },
  { table: 'products_fts', holds: 'shop', why: 'Search index over products.' },
  { table: 'product_variants', holds: 'shop', why: 'The store’s catalogue.' },
  { table: 'product_media', holds: 'shop', why: 'Addresses of the products’ pictures.' },
  { table: 'product_metafields', holds: 'shop', why: 'Further facts about products.' },
  { table: 'sync_states', holds: 'shop', why: 'How far each resource is fetched.' },
  { table: 'sync_runs', holds: 'shop', why: 'Which period each reconcile filled in; counts only.' },
  { table: 'stale_days', holds: 'shop', why: 'Days whose sums are to be made anew.' },
  { table: 'order_days', holds: 'shop', why: 'Sums a day.' },
  { table: 'order_status_days', holds: 'shop', why: 'Counts a day.' },
  { table: 'product_days', holds: 'shop', why: 'Sums a day and product.' },
  { table: 'product_groups', holds: 'shop', why: 'Counts of products by status, stock and vendor.' },
  { table: 'customer_days', holds: 'shop', why: 'How many customers came a day.' },
  { table: 'customer_groups', holds: 'shop', why: 'How many customers spent and ordered how much.' },
  { table: 'transaction_days', holds: 'shop', why: 'Sums a day, by kind, status and gateway.' },
];
const INDEXES: readonly DeclaredTable[] = [
  ...['products_terms', 'orders_terms', 'customers_terms'].map((table) => ({
    table,
    holds: 'nothing' as const,
    why: 'Shows the terms of the index beside it; has no rows of its own.',
  })),
  {
    table: 'orders_fts',
    holds: 'personal',
    why: 'Search index over orders; made anew for each order that loses its person.',
  },
  { table: 'customers_fts', holds: 'personal', why: 'Search index over customers; entries go with their customers.' },
];

const documents = createPayloadTable({
  table: 'order_documents',
  why: 'The whole JSON of orders names who bought and where to send it.',
  heading: 'Your orders as Shopify gave them',
  shop: 'shop',
  texts: ['raw'],
  columns: ['pk'],
  erase: 'anonymise',
});
const LINE_COLUMNS = ['pk', 'order_pk', 'title', 'quantity', 'total'];
const TRANSACTION_COLUMNS = ['pk', 'order_pk', 'kind', 'status', 'amount', 'currency', 'processed_at'];
const lines = createPayloadTable({
  table: 'order_lines',
  why: 'Lines may carry what a customer typed, e.g. an engraving; what was bought and its price stay.',
  heading: 'What you bought',
  leads: true,
  shop: 'shop',
  texts: ['raw'],
  columns: LINE_COLUMNS,
  erase: 'anonymise',
});
const transactions = createPayloadTable({
  table: 'transactions',
  why: 'Payment details and receipts; amounts stay.',
  heading: 'Payments and refunds of your orders',
  leads: true,
  shop: 'shop',
  texts: ['raw'],
  columns: TRANSACTION_COLUMNS,
  erase: 'anonymise',
});
const customerDocuments = createPayloadTable({
  table: 'customer_documents',
  why: 'The whole JSON of customers.',
  heading: 'Your customer record as Shopify gave it',
  shop: 'shop',
  texts: ['raw'],
  columns: ['pk'],
  erase: 'delete',
});
/** Texts that are searched for the person. A customer's own document has its customer's number: it is found by that, as its row is. */
const SEARCHED: readonly PayloadTable[] = [documents, lines, transactions];
const PAYLOADS: readonly PayloadTable[] = [...SEARCHED, customerDocuments];

const ROWS: readonly DeclaredTable[] = [
  {
    table: 'orders',
    holds: 'personal',
    why: 'An order’s columns name the customer; amounts and states stay.',
    heading: 'Your orders',
    leads: true,
  },
  {
    table: 'customers',
    holds: 'personal',
    why: 'The customers themselves.',
    heading: 'Your customer record',
    leads: true,
  },
  {
    table: 'customer_addresses',
    holds: 'personal',
    why: 'Where customers live.',
    heading: 'Your addresses',
    leads: true,
  },
  {
    table: 'record_changes',
    holds: 'personal',
    why: 'That something changed on a customer; values of personal fields are not kept.',
  },
  { table: 'deleted_records', holds: 'personal', why: 'Ids of deleted rows, those of customers too.' },
  { table: 'sync_ids', holds: 'personal', why: 'Ids while they are compared; emptied after each comparison.' },
];

const numbers = (ids: readonly string[]): string =>
  JSON.stringify(ids.map(Number).filter((id) => Number.isSafeInteger(id)));

type PersonRow = Record<string, SqlValue> & { pk: number };

/** Of a phone number, the index knows no more than this: a step to the few rows that are then compared as a whole. */
const PHONE_END = 4;
const PHONE_END_OF_ROW = `substr(${bareDigits('phone')}, -${PHONE_END})`;

/** Rows of `customers` or `orders` that may carry one of the person's own identifiers: each way is a step into an index. */
const candidatesFor = (table: 'customers' | 'orders', person: Person): { sql: string; params: SqlValue[] } => {
  const ids = numbers(table === 'customers' ? person.customerIds : person.orderIds);
  const ways: [string, string][] = [
    ['pk', ids],
    ['email COLLATE NOCASE', JSON.stringify(person.emails)],
    [PHONE_END_OF_ROW, JSON.stringify(person.phones.map((phone) => phone.slice(-PHONE_END)))],
  ];
  if (table === 'orders') ways.push(['customer_pk', numbers(person.customerIds)]);
  const found = ways.map(([what]) => {
    const isPhone = what === PHONE_END_OF_ROW ? 'phone IS NOT NULL AND ' : '';
    return `SELECT pk FROM ${table} WHERE ${isPhone}${what} IN (SELECT value FROM json_each(?))`;
  });
  return {
    // The plus: a store's own index would find all of its rows, and look at each.
    sql: `SELECT * FROM ${table} WHERE +shop = ? AND pk IN (${found.join(' UNION ')})`,
    params: [person.shop, ...ways.map(([, values]) => values)],
  };
};

const rowsOf = async (
  table: 'customers' | 'orders',
  person: Person,
  { db }: Pick<HolderContext, 'db'>,
): Promise<PersonRow[]> => {
  const { sql, params } = candidatesFor(table, person);
  const key = table === 'customers' ? 'pk' : 'customer_pk';
  const isTheirs = (row: PersonRow): boolean =>
    person.customerIds.includes(String(row[key])) ||
    (table === 'orders' && person.orderIds.includes(String(row.pk))) ||
    person.emails.includes(normalEmail(textOf(row.email) ?? '')) ||
    person.phones.some((phone) => samePhone(phone, digitsOf(textOf(row.phone) ?? '')));
  return (await db.read<PersonRow>(sql, params)).filter(isTheirs);
};

const present = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value): value is string => value !== null && value !== '')),
];
const textOf = (value: SqlValue | undefined): string | null => (typeof value === 'string' ? value : null);

const identify = async (person: Person, context: HolderContext): Promise<PersonHints> => {
  const customers = await rowsOf('customers', person, context);
  const ids = [...person.customerIds, ...customers.map((row) => String(row.pk))];
  const emails = customers.map((row) => normalEmail(textOf(row.email) ?? ''));
  const known = { ...person, customerIds: ids, emails: [...person.emails, ...present(emails)] };
  const orders = await rowsOf('orders', known, context);
  return {
    customerIds: present([
      ...customers.map((row) => String(row.pk)),
      ...orders
        .filter(
          (row) =>
            person.orderIds.includes(String(row.pk)) || person.emails.includes(normalEmail(textOf(row.email) ?? '')),
        )
        .map((row) => (row.customer_pk == null ? null : String(row.customer_pk))),
    ]),
    emails: present(emails),
    phones: present(customers.map((row) => digitsOf(textOf(row.phone) ?? ''))),
    orderIds: orders.map((row) => String(row.pk)),
  };
};

const AMOUNTS = new Set('amount amount_spent total subtotal discounts shipping tax refunded outstanding'.split(' '));
/** Amounts as people write them, in place of the smallest unit of their currency. */
const withAmounts = (row: Record<string, SqlValue>, currency: SqlValue | undefined): Record<string, SqlValue> =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      AMOUNTS.has(key) && typeof value === 'number' ? toDecimal(value, textOf(currency)) : value,
    ]),
  );

/** What was bought and paid in the person's orders: theirs, whether a text in it names them or not. */
const orderParts = async function* (person: Person, context: HolderContext): AsyncIterable<FoundRecord> {
  const orders = await rowsOf('orders', person, context);
  const currencies = new Map(orders.map((row) => [row.pk, row.currency]));
  for (const [table, columns] of [
    [lines, LINE_COLUMNS],
    [transactions, TRANSACTION_COLUMNS],
  ] as const) {
    const name = table.declaration.table;
    const named = new Map<string, FoundRecord>();
    for await (const record of table.find(person, context)) named.set(record.id, record);
    const rows = await context.db.read<Record<string, SqlValue> & { pk: number; order_pk: number }>(
      `SELECT ${['shop', ...columns, 'raw'].join(', ')} FROM ${name} WHERE order_pk IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(orders.map((row) => row.pk))],
    );
    for (const row of rows) {
      const id = String(row.pk);
      const isNamed = named.delete(id);
      const data = withAmounts(row, row.currency ?? currencies.get(row.order_pk));
      yield { table: name, id, data, ...(isNamed ? {} : { isFact: true }) };
    }
    yield* named.values();
  }
};

const find = async function* (person: Person, context: HolderContext): AsyncIterable<FoundRecord> {
  for (const table of ['customers', 'orders'] as const)
    for (const row of await rowsOf(table, person, context))
      yield { table, id: String(row.id ?? row.pk), data: withAmounts(row, row.currency) };
  const addresses = await context.db.read<Record<string, SqlValue> & { pk: number }>(
    'SELECT * FROM customer_addresses WHERE +shop = ? AND customer_pk IN (SELECT value FROM json_each(?))',
    [person.shop, numbers(person.customerIds)],
  );
  for (const row of addresses) yield { table: 'customer_addresses', id: String(row.id ?? row.pk), data: row };
  yield* orderParts(person, context);
  yield* documents.find(person, context);
  const own = await context.db.read<Record<string, SqlValue> & { pk: number }>(
    'SELECT shop, pk, raw FROM customer_documents WHERE +shop = ? AND pk IN (SELECT value FROM json_each(?))',
    [person.shop, numbers(person.customerIds)],
  );
  for (const row of own) yield { table: 'customer_documents', id: String(row.pk), data: row };
};

const eraseRows = async (person: Person, context: HolderContext): Promise<ErasedRows[]> => {
  const orders = JSON.stringify((await rowsOf('orders', person, context)).map((row) => row.pk));
  const customers = JSON.stringify([
    ...(await rowsOf('customers', person, context)).map((row) => row.pk),
    ...person.customerIds.map(Number).filter((id) => Number.isSafeInteger(id)),
  ]);
  return context.db.writeStatements(async (connection) => {
    const counts: ErasedRows[] = [];
    const remove = async (table: string, where: string, ...params: SqlValue[]): Promise<number> => {
      const rows = await connection.run(`DELETE FROM ${table} WHERE +shop = ? AND ${where}`, person.shop, ...params);
      counts.push({ table, rows, how: 'deleted' });
      return rows;
    };
    const rows = await connection.run(
      `UPDATE orders SET customer_pk = NULL, customer_name = '', email = NULL, phone = NULL, country_code = NULL,
         checkout_token = NULL, cart_token = NULL WHERE pk IN (SELECT value FROM json_each(?))`,
      orders,
    );
    counts.push({ table: 'orders', rows, how: 'anonymised' });
    if (ORDERS.search) await indexRows(connection, ORDERS.table, ORDERS.search, JSON.parse(orders) as number[]);
    const inCustomers = 'IN (SELECT value FROM json_each(?))';
    const gone = await remove('customers', `pk ${inCustomers}`, customers);
    await connection.run(
      `UPDATE counters SET value = value - ? WHERE shop = ? AND name = 'rows.customers'`,
      gone,
      person.shop,
    );
    await connection.run(`DELETE FROM ${CUSTOMERS.search?.table ?? ''} WHERE rowid ${inCustomers}`, customers);
    await remove('customer_documents', `pk ${inCustomers}`, customers);
    await remove('customer_addresses', `customer_pk ${inCustomers}`, customers);
    await remove('record_changes', `resource = 'customers' AND pk ${inCustomers}`, customers);
    // A change from one customer to another names no value, but older rows may hold what a webhook told.
    await remove('deleted_records', `resource = 'customers' AND pk ${inCustomers}`, customers);
    await remove('sync_ids', `resource = 'customers' AND pk ${inCustomers}`, customers);
    return counts;
  });
};

const ERASED_WITH_SHOP = [
  ...PAYLOADS.map(({ declaration }) => declaration.table),
  ...[...ROWS, ...SHOP_TABLES].map(({ table }) => table).filter((table) => !table.endsWith('_fts')),
];

/** Products, orders, transactions, customers and what is kept about fetching them. */
export const resourcesPersonalData: PersonalDataHolder = {
  name: 'resources',
  tables: [...SHOP_TABLES, ...INDEXES, ...ROWS, ...PAYLOADS.map(({ declaration }) => declaration)],
  identify,
  find,
  erase: async (person, context) => {
    // Documents first: while the columns still say whose they are, a second run after a crash finds them again.
    const erased: ErasedRows[] = [];
    for (const table of SEARCHED) erased.push(await table.erase(person, context));
    return [...erased, ...(await eraseRows(person, context))];
  },
  eraseShop: async (shop, context) => {
    const erased: ErasedRows[] = [];
    for (const [table, index] of [
      ['products', 'products_fts'],
      ['orders', 'orders_fts'],
      ['customers', 'customers_fts'],
    ] as const)
      await context.db.writeStatements((connection) =>
        connection.run(`DELETE FROM ${index} WHERE rowid IN (SELECT pk FROM ${table} WHERE shop = ?)`, shop),
      );
    for (const table of ERASED_WITH_SHOP) erased.push(await deleteShopRows(table, shop, context));
    return erased;
  },
  mentions: async function* (context) {
    for (const table of [documents, customerDocuments]) yield* table.mentions(context);
    const rows = await context.db.read<{ shop: string; pk: number; email: string | null; phone: string | null }>(
      'SELECT shop, pk, email, phone FROM customers',
    );
    for (const { shop, pk, email, phone } of rows)
      yield {
        shop,
        customerIds: [idDigits(pk)],
        emails: present([email === null ? null : normalEmail(email)]),
        phones: present([phone === null ? null : digitsOf(phone)]),
      };
  },
};
