import type { Database } from '../../server/platform/db/database.ts';

const SHOP = 'bench.myshopify.com';
const FIRST =
  'Ada,Grace,Jean,Katherine,Alan,Edsger,Barbara,Donald,Radia,Leslie,Frances,Ken,Dennis,Margaret,Tim,Hedy,Annie,Joan,Mary,Carol';
const LAST =
  'Lovelace,Hopper,Bartik,Johnson,Turing,Dijkstra,Liskov,Knuth,Perlman,Lamport,Allen,Thompson,Ritchie,Hamilton,Lee,Lamarr,Easley,Clarke,Shaw,Wilkes,Brooks,Hoare,Wirth,Kay,Engelbart';
const THINGS =
  'Mug,Shirt,Lamp,Chair,Kettle,Blanket,Notebook,Backpack,Candle,Poster,Bowl,Scarf,Clock,Basket,Cushion,Teapot';
const KINDS = 'Linen,Cotton,Walnut,Brass,Copper,Wool,Ceramic,Leather,Glass,Marble,Bamboo,Velvet,Steel,Cork,Silk,Oak';

/** A number from 0 to `below` that looks random and is the same for the same row in every run. */
const hash = (row: string, salt: number, below: number): string =>
  `(((${row}) * 2654435761 + ${salt * 40503}) % 4294967291 >> 7) % ${below}`;
const pick = (list: string, at: string): string =>
  `json_extract('${JSON.stringify(list.split(','))}', '$[' || (${at}) || ']')`;
const series = (rows: number): string =>
  `WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})`;
/** A row a minute and a bit backwards from a fixed time, the newest last. */
const time = (row: string, rows: number): string =>
  `strftime('%Y-%m-%dT%H:%M:%fZ', 1795478400 - (${rows} - ${row}) * ${Math.max(20, Math.floor(63_000_000 / rows))}, 'unixepoch')`;
const NAME = (row: string): string => `${pick(FIRST, hash(row, 1, 20))} || ' ' || ${pick(LAST, hash(row, 2, 25))}`;
const STAMP = `'2026-11-24T00:00:00.000Z', 'import'`;

const statements = (orders: number): readonly string[] => {
  const customers = Math.ceil(orders * 0.3);
  const products = Math.ceil(orders * 0.1);
  const customerOf = `1 + ${hash('i', 3, customers)}`;
  const total = hash('i', 4, 40_000);
  return [
    `${series(customers)} INSERT INTO customers (pk, shop, display_name, email, state, tags, orders_count, amount_spent, currency, email_marketing,
       city, country_code, verified_email, tax_exempt, created_at, updated_at, synced_at, synced_by)
     SELECT i, '${SHOP}', ${NAME('i')}, 'person' || i || '@example.com', 'ENABLED', CASE WHEN i % 9 = 0 THEN '["vip"]' ELSE '[]' END,
       ${hash('i', 5, 40)}, ${hash('i', 6, 900_000)}, 'EUR', 'SUBSCRIBED', ${pick('Paris,Berlin,Lyon,Wien,Graz,Porto', hash('i', 7, 6))}, 'DE', 1, 0,
       ${time('i', customers)}, ${time('i', customers)}, ${STAMP} FROM n`,
    `${series(products)} INSERT INTO products (pk, shop, title, handle, status, vendor, product_type, tags, total_inventory, variants_count,
       price_min, price_max, currency, created_at, updated_at, synced_at, synced_by)
     SELECT i, '${SHOP}', ${pick(KINDS, hash('i', 8, 16))} || ' ' || ${pick(THINGS, hash('i', 9, 16))} || ' ' || i, 'product-' || i,
       CASE i % 7 WHEN 0 THEN 'DRAFT' WHEN 1 THEN 'ARCHIVED' ELSE 'ACTIVE' END, 'Vendor ' || ${hash('i', 10, 90)}, ${pick(THINGS, hash('i', 9, 16))},
       '["sale"]', ${hash('i', 11, 400)}, 3, ${hash('i', 12, 20_000)}, 25000, 'EUR', ${time('i', products)}, ${time('i', products)}, ${STAMP} FROM n`,
    `${series(orders)} INSERT INTO orders (pk, shop, name, number, created_at, processed_at, updated_at, financial_status, fulfillment_status, test,
       currency, total, subtotal, discounts, shipping, tax, refunded, outstanding, items, customer_pk, customer_name, email, country_code,
       gateways, discount_codes, tags, source_name, synced_at, synced_by)
     SELECT i, '${SHOP}', '#' || (1000 + i), 1000 + i, ${time('i', orders)}, ${time('i', orders)}, ${time('i', orders)},
       CASE ${hash('i', 13, 20)} WHEN 0 THEN 'PENDING' WHEN 1 THEN 'REFUNDED' WHEN 2 THEN 'PARTIALLY_REFUNDED' WHEN 3 THEN 'VOIDED' ELSE 'PAID' END,
       CASE ${hash('i', 14, 5)} WHEN 0 THEN 'UNFULFILLED' ELSE 'FULFILLED' END, 0, 'EUR', ${total}, ${total}, 0, 0, 0, 0, 0, 1 + ${hash('i', 15, 5)},
       ${customerOf}, ${NAME(customerOf)}, 'person' || (${customerOf}) || '@example.com', 'DE', '["shopify_payments"]', '[]',
       CASE WHEN i % 11 = 0 THEN '["gift"]' ELSE '[]' END, 'web', ${STAMP} FROM n`,
    `${series(orders)} INSERT INTO transactions (pk, shop, order_pk, order_name, kind, status, gateway, amount, currency, processed_at, created_at,
       test, updated_at, synced_at, synced_by, raw)
     SELECT i * 4 + each.value, '${SHOP}', i, '#' || (1000 + i), CASE each.value WHEN 0 THEN 'SALE' ELSE 'REFUND' END,
       CASE ${hash('i', 16, 30)} WHEN 0 THEN 'FAILURE' ELSE 'SUCCESS' END, 'shopify_payments', ${total}, 'EUR', ${time('i', orders)}, ${time('i', orders)},
       0, ${time('i', orders)}, ${STAMP}, '{}' FROM n, json_each('[0,1]') AS each WHERE each.value = 0 OR i % 10 < 3`,
    `INSERT INTO orders_fts (rowid, name, email, customer_name, phone, tags, skus, titles)
     SELECT pk, name, email, customer_name, '', tags, 'SKU-' || (pk % 5000),
       ${pick(KINDS, hash('pk', 8, 16))} || ' ' || ${pick(THINGS, hash('pk', 9, 16))} FROM orders`,
    `INSERT INTO customers_fts (rowid, name, email, phone, tags, places) SELECT pk, display_name, email, '', tags, city FROM customers`,
    `INSERT INTO products_fts (rowid, title, vendor, product_type, tags, skus, handle)
     SELECT pk, title, vendor, product_type, tags, 'SKU-' || pk, handle FROM products`,
    `INSERT INTO order_days (day, shop, currency, orders, cancelled, total, refunded, items, first_orders, returning_orders)
     SELECT substr(processed_at, 1, 10), shop, currency, count(*), 0, sum(total), 0, sum(items), count(*), 0 FROM orders GROUP BY 1, 2, 3`,
    `INSERT INTO order_status_days (day, shop, financial_status, fulfillment_status, orders)
     SELECT substr(processed_at, 1, 10), shop, financial_status, fulfillment_status, count(*) FROM orders GROUP BY 1, 2, 3, 4`,
    `INSERT INTO transaction_days (day, shop, currency, kind, status, gateway, transactions, amount)
     SELECT substr(processed_at, 1, 10), shop, currency, kind, status, gateway, count(*), sum(amount) FROM transactions GROUP BY 1, 2, 3, 4, 5, 6`,
    ...['products', 'orders', 'transactions', 'customers'].map(
      (table) => `INSERT INTO counters (shop, name, value) SELECT '${SHOP}', 'rows.${table}', count(*) FROM ${table}`,
    ),
    'ANALYZE',
  ];
};

/**
 * A store with so many orders, 1.3 times as many transactions, 0.3 as many customers and 0.1 as many products, the same in every run. The
 * indexes are made after the rows, as is quickest; what is in them is the same. A store that has orders already is left as it is.
 */
export const fillStore = async (db: Database, orders: number): Promise<void> => {
  const [filled] = await db.read('SELECT 1 FROM orders LIMIT 1');
  if (filled) return;
  // What is made here can be made again.
  await db.writeOneStatement((connection) => connection.run('PRAGMA synchronous=OFF'));
  const tables = `('orders', 'transactions', 'customers', 'products')`;
  const indexes = await db.read<{ name: string; sql: string }>(
    `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ${tables}`,
  );
  await db.writeStatements(async (connection) => {
    for (const { name } of indexes) await connection.run(`DROP INDEX ${name}`);
  });
  const [last, ...rest] = [...statements(orders)].reverse();
  for (const statement of rest.reverse()) await db.writeStatements((connection) => connection.run(statement));
  for (const { sql } of indexes) await db.writeStatements((connection) => connection.run(sql));
  if (last !== undefined) await db.writeOneStatement((connection) => connection.run(last));
};
