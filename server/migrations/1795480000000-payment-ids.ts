import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A transaction is found by its payment id: as it stands in a provider's report, whole. */
export class PaymentIds1795480000000 implements MigrationInterface {
  readonly name = 'PaymentIds1795480000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX transactions_payment_id ON transactions (payment_id) WHERE payment_id IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX transactions_payment_id');
  }
}
