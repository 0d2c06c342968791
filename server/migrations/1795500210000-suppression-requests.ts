import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which erasure put an entry on the suppression list, and the list's order on the screen. Entries from before have no request. */
export class SuppressionRequests1795500210000 implements MigrationInterface {
  readonly name = 'SuppressionRequests1795500210000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE privacy_suppressions ADD COLUMN request_id TEXT');
    await runner.query(
      `CREATE INDEX privacy_suppressions_newest ON privacy_suppressions (erased_at, digest) WHERE kind <> 'shop'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX privacy_suppressions_newest');
    await runner.query('ALTER TABLE privacy_suppressions DROP COLUMN request_id');
  }
}
