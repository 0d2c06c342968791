import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = {
  // A small store's rows beside a big store's: found, not looked for among all.
  products_shop: 'products (shop, updated_at)',
  orders_shop: 'orders (shop, processed_at)',
  transactions_shop: 'transactions (shop, processed_at)',
  customers_shop: 'customers (shop, updated_at)',
  products_status: 'products (status, updated_at)',
} as const;

/** What the lists are filtered by most, in the order that they have by themselves. */
export class BrowseIndexes1795480300000 implements MigrationInterface {
  readonly name = 'BrowseIndexes1795480300000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, on] of Object.entries(INDEXES)) await runner.query(`CREATE INDEX ${name} ON ${on}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await runner.query(`DROP INDEX ${name}`);
  }
}
