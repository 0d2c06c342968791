import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders are compared with the few sessions that paid, and quarantine is grouped by reason, without reading the rows of all. */
export class PixelPaid1795480600000 implements MigrationInterface {
  readonly name = 'PixelPaid1795480600000';

  async up(runner: QueryRunner): Promise<void> {
    // 8: the step "paid", as in the analysis; the condition has to be written in the same words where it is asked for.
    await runner.query('CREATE INDEX pixel_sessions_paid ON pixel_sessions (shop, started_at) WHERE steps & 8');
    await runner.query('DROP INDEX pixel_quarantine_reason');
    await runner.query(
      'CREATE INDEX pixel_quarantine_reason ON pixel_quarantine (shop, reason, seq, received_at, name)',
    );
    await runner.query(
      `CREATE INDEX pixel_quarantine_checkout ON pixel_quarantine (received_at) WHERE name = 'checkout_completed'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX pixel_quarantine_checkout');
    await runner.query('DROP INDEX pixel_sessions_paid');
    await runner.query('DROP INDEX pixel_quarantine_reason');
    await runner.query('CREATE INDEX pixel_quarantine_reason ON pixel_quarantine (shop, reason, seq)');
  }
}
