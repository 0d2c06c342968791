import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The digits of a phone number's end, whatever people write between them. */
const PHONE_END = `substr(replace(replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '/', ''), -4)`;
const TABLES = ['customers', 'orders'] as const;

/**
 * A request may name a phone number alone: with its last four digits in an index, a few rows are compared instead of a store's. No more of
 * the number is kept by it, and what is goes with its row.
 */
export class PersonLookup1795500200000 implements MigrationInterface {
  readonly name = 'PersonLookup1795500200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await runner.query(`CREATE INDEX ${table}_phone_end ON ${table} (${PHONE_END}) WHERE phone IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP INDEX ${table}_phone_end`);
  }
}
