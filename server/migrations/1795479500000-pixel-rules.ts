import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules that can be switched off, and checkouts whose events were withheld, so that it can be told why no event of an order is here. */
export class PixelRules1795479500000 implements MigrationInterface {
  readonly name = 'PixelRules1795479500000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [
      'ALTER TABLE pixel_rules ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1',
      // A number made of store and checkout token, as events have one: the token itself is not kept without the shopper's consent.
      'CREATE TABLE pixel_withheld (checkout_key INTEGER PRIMARY KEY NOT NULL, shop TEXT NOT NULL, at INTEGER NOT NULL)',
      'CREATE INDEX pixel_withheld_at ON pixel_withheld (at)',
    ])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE pixel_withheld');
    await runner.query('ALTER TABLE pixel_rules DROP COLUMN enabled');
  }
}
