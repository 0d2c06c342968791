import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests that came through the tunnel, by month (`2026-11`, UTC) and kind: what the plan's limit is compared with. */
export class Tunnel1795479200000 implements MigrationInterface {
  readonly name = 'Tunnel1795479200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE tunnel_usage (month TEXT NOT NULL, kind TEXT NOT NULL, requests INTEGER NOT NULL, PRIMARY KEY (month, kind))',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tunnel_usage');
  }
}
