import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The terms of the search indexes, readable, so that near words can be found; and the order that customers are listed in by e-mail. */
const UP = [
  "CREATE VIRTUAL TABLE products_terms USING fts5vocab ('products_fts', 'row')",
  "CREATE VIRTUAL TABLE orders_terms USING fts5vocab ('orders_fts', 'row')",
  "CREATE VIRTUAL TABLE customers_terms USING fts5vocab ('customers_fts', 'row')",
  "CREATE INDEX customers_email_sort ON customers (coalesce(email, '') COLLATE NOCASE)",
] as const;

export class Browse1795479100000 implements MigrationInterface {
  readonly name = 'Browse1795479100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX customers_email_sort');
    for (const table of ['customers_terms', 'orders_terms', 'products_terms'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
