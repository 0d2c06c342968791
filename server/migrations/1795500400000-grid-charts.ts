import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bounds as of this version, in the statements themselves: a later change of them is a migration that counts anew. */
const stock = (row: string): string =>
  `CASE WHEN ${row}total_inventory <= 0 THEN 'out' WHEN ${row}total_inventory <= 10 THEN 'low' ELSE 'enough' END`;
const spentFrom = (row: string): string =>
  `CASE WHEN ${row}amount_spent <= 0 THEN 0 WHEN ${row}amount_spent < 5000 THEN 1 WHEN ${row}amount_spent < 10000 THEN 5000
     WHEN ${row}amount_spent < 50000 THEN 10000 WHEN ${row}amount_spent < 100000 THEN 50000 ELSE 100000 END`;
const ordersFrom = (row: string): string =>
  `CASE WHEN ${row}orders_count <= 1 THEN max(${row}orders_count, 0) WHEN ${row}orders_count <= 3 THEN 2
     WHEN ${row}orders_count <= 9 THEN 4 ELSE 10 END`;
const createdDay = (row: string): string => `substr(${row}created_at, 1, 10)`;

interface Total {
  readonly table: string;
  /** Of the rows that are counted. */
  readonly of: 'products' | 'customers';
  readonly columns: readonly (readonly [name: string, expression: (row: string) => string])[];
  /** What the expressions read: a change of nothing else counts nothing. */
  readonly depends: readonly string[];
}

const plain = (name: string): readonly [string, (row: string) => string] => [name, (row) => `${row}${name}`];

const TOTALS: readonly Total[] = [
  {
    table: 'product_groups',
    of: 'products',
    columns: [plain('shop'), plain('status'), ['stock', stock], plain('vendor')],
    depends: ['shop', 'status', 'total_inventory', 'vendor'],
  },
  {
    table: 'customer_days',
    of: 'customers',
    columns: [['day', createdDay], plain('shop')],
    depends: ['created_at', 'shop'],
  },
  {
    table: 'customer_groups',
    of: 'customers',
    columns: [plain('shop'), plain('currency'), ['spent_from', spentFrom], ['orders_from', ordersFrom]],
    depends: ['shop', 'currency', 'amount_spent', 'orders_count'],
  },
];

/**
 * Kept by triggers, so that whatever adds, changes or removes a row counts it: webhooks, syncs, erasure, the end of a store. Made anew by the day,
 * as orders are, a shop whose whole catalogue was created on one day would be counted whole for each change.
 */
const triggersOf = ({ table, of, columns, depends }: Total): string[] => {
  const names = columns.map(([name]) => name).join(', ');
  const valuesOf = (row: string): string => columns.map(([, expression]) => expression(row)).join(', ');
  const add = `INSERT INTO ${table} (${names}, ${of}) VALUES (${valuesOf('new.')}, 1) ON CONFLICT (${names}) DO UPDATE SET ${of} = ${of} + 1;`;
  const take = `UPDATE ${table} SET ${of} = ${of} - 1 WHERE (${names}) = (${valuesOf('old.')});`;
  const differs = depends.map((column) => `old.${column} IS NOT new.${column}`).join(' OR ');
  return [
    `CREATE TRIGGER ${table}_insert AFTER INSERT ON ${of} BEGIN ${add} END`,
    `CREATE TRIGGER ${table}_update AFTER UPDATE OF ${depends.join(', ')} ON ${of} WHEN ${differs} BEGIN ${take} ${add} END`,
    `CREATE TRIGGER ${table}_delete AFTER DELETE ON ${of} BEGIN ${take} END`,
  ];
};

const fill = ({ table, of, columns }: Total): string =>
  `INSERT INTO ${table} (${columns.map(([name]) => name).join(', ')}, ${of})
   SELECT ${columns.map(([, expression]) => expression('')).join(', ')}, count(*) FROM ${of} GROUP BY ${columns.map((_, index) => index + 1).join(', ')}`;

const UP = [
  `CREATE TABLE product_groups (
    shop TEXT NOT NULL, status TEXT NOT NULL, stock TEXT NOT NULL, vendor TEXT NOT NULL, products INTEGER NOT NULL,
    PRIMARY KEY (shop, status, stock, vendor)
  )`,
  `CREATE TABLE customer_days (
    day TEXT NOT NULL, shop TEXT NOT NULL, customers INTEGER NOT NULL, PRIMARY KEY (day, shop)
  )`,
  `CREATE TABLE customer_groups (
    shop TEXT NOT NULL, currency TEXT NOT NULL, spent_from INTEGER NOT NULL, orders_from INTEGER NOT NULL, customers INTEGER NOT NULL,
    PRIMARY KEY (shop, currency, spent_from, orders_from)
  )`,
  `CREATE TABLE transaction_days (
    day TEXT NOT NULL, shop TEXT NOT NULL, currency TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, gateway TEXT NOT NULL,
    transactions INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (day, shop, currency, kind, status, gateway)
  )`,
  `INSERT INTO transaction_days (day, shop, currency, kind, status, gateway, transactions, amount)
   SELECT substr(processed_at, 1, 10), shop, currency, kind, status, gateway, count(*), sum(amount) FROM transactions
   WHERE test = 0 GROUP BY 1, 2, 3, 4, 5, 6`,
  ...TOTALS.map(fill),
  ...TOTALS.flatMap(triggersOf),
] as const;

/** Sums for the charts above the grids of products, customers and transactions. */
export class GridCharts1795500400000 implements MigrationInterface {
  readonly name = 'GridCharts1795500400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table } of TOTALS) {
      for (const event of ['insert', 'update', 'delete']) await runner.query(`DROP TRIGGER ${table}_${event}`);
      await runner.query(`DROP TABLE ${table}`);
    }
    await runner.query('DROP TABLE transaction_days');
  }
}
