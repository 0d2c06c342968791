import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may do what only one process at a time may do, such as renewing a store's token. */
export class Leases1795479000000 implements MigrationInterface {
  readonly name = 'Leases1795479000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE leases (name TEXT PRIMARY KEY NOT NULL, owner TEXT NOT NULL, ends_at TEXT NOT NULL)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE leases');
  }
}
