import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why an operator closed an erasure although the search afterwards still found something. */
export class AcceptedRemains1795500710000 implements MigrationInterface {
  readonly name = 'AcceptedRemains1795500710000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE privacy_requests ADD COLUMN accepted_reason TEXT');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE privacy_requests DROP COLUMN accepted_reason');
  }
}
