import type { MigrationInterface, QueryRunner } from 'typeorm';

const BEFORE = {
  orders_processed_at: 'orders (processed_at)',
  transactions_processed_at: 'transactions (processed_at)',
} as const;
const AFTER = {
  orders_filters: `orders (processed_at, pk, tags, country_code, source_name, discount_codes, gateways, return_status, cancelled_at, test,
    refunded, outstanding, discounts, items, financial_status, fulfillment_status, total, name)`,
  transactions_filters: `transactions (processed_at, pk, error_code, order_name, fees, test, gateway, kind, status, amount)`,
} as const;

const replace = async (
  runner: QueryRunner,
  old: Readonly<Record<string, string>>,
  made: Readonly<Record<string, string>>,
): Promise<void> => {
  for (const name of Object.keys(old)) await runner.query(`DROP INDEX ${name}`);
  for (const [name, on] of Object.entries(made)) await runner.query(`CREATE INDEX ${name} ON ${on}`);
};

/**
 * A filter that no index finds (a rare tag, a country) looks at every row. With what can be filtered by in the index of the list's own order,
 * the rows are looked at there, without being read: a third of the bytes of an order, a tenth of a transaction with its JSON. `pk` stands
 * after the time, since rows of one moment come in its order; then comes what has no index of its own, since a value is the dearer to get at
 * the more stand before it.
 */
export class FilterColumns1795480800000 implements MigrationInterface {
  readonly name = 'FilterColumns1795480800000';

  async up(runner: QueryRunner): Promise<void> {
    await replace(runner, BEFORE, AFTER);
  }

  async down(runner: QueryRunner): Promise<void> {
    await replace(runner, AFTER, BEFORE);
  }
}
