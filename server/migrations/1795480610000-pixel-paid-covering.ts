import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is asked of a paid session stands in the index: a month of a busy store is ten thousand of them, each on a page of its own. */
export class PixelPaidCovering1795480610000 implements MigrationInterface {
  readonly name = 'PixelPaidCovering1795480610000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX pixel_sessions_paid');
    await runner.query(
      `CREATE INDEX pixel_sessions_paid ON pixel_sessions (shop, started_at, steps, last_at, source, checkout_token, order_id) WHERE steps & 8`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX pixel_sessions_paid');
    await runner.query('CREATE INDEX pixel_sessions_paid ON pixel_sessions (shop, started_at) WHERE steps & 8');
  }
}
