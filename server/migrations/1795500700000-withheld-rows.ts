import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many rows Shopify still has that may not be here, since their people were erased: found when ids are compared. */
export class WithheldRows1795500700000 implements MigrationInterface {
  readonly name = 'WithheldRows1795500700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_states ADD COLUMN withheld_count INTEGER NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_states DROP COLUMN withheld_count');
  }
}
