import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // What filled a gap, resource by resource: `run` is a sync run's number, `task` the task of somebody who asked for it.
  `CREATE TABLE webhook_gap_fills (
    gap INTEGER NOT NULL, shop TEXT NOT NULL, resource TEXT NOT NULL, run TEXT, task TEXT,
    changes INTEGER NOT NULL, missing INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (gap, resource)
  )`,
  'CREATE INDEX webhook_gaps_open ON webhook_gaps (shop, to_at) WHERE filled_at IS NULL',
  // Until when deliveries could reach this computer; one row.
  'CREATE TABLE webhook_listening (id INTEGER PRIMARY KEY CHECK (id = 1), until_at TEXT NOT NULL)',
] as const;

const DOWN = ['DROP TABLE webhook_listening', 'DROP INDEX webhook_gaps_open', 'DROP TABLE webhook_gap_fills'] as const;

export class WebhookGaps1795479700000 implements MigrationInterface {
  readonly name = 'WebhookGaps1795479700000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
