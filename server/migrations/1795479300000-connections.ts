import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SQLite can't change a column's CHECK: the column is made anew, filled from the old one, and takes its name. */
const withStates = (states: readonly string[], from: string): string[] => [
  `ALTER TABLE shops ADD COLUMN next_state TEXT NOT NULL DEFAULT 'reconnect' CHECK (next_state IN (${states.map((state) => `'${state}'`).join(', ')}))`,
  `UPDATE shops SET next_state = ${from}`,
  'ALTER TABLE shops DROP COLUMN state',
  'ALTER TABLE shops RENAME COLUMN next_state TO state',
];

/** A store's own label, when its token was issued, stores that were disconnected on purpose, and what came of an attempt to connect. */
export class Connections1795479300000 implements MigrationInterface {
  readonly name = 'Connections1795479300000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [
      ...withStates(['connected', 'reconnect', 'uninstalled', 'disconnected'], 'state'),
      'ALTER TABLE shops ADD COLUMN label TEXT',
      'ALTER TABLE shops ADD COLUMN token_issued_at TEXT',
      'ALTER TABLE oauth_states ADD COLUMN finished_at TEXT',
      'ALTER TABLE oauth_states ADD COLUMN problem TEXT',
    ])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [
      'ALTER TABLE oauth_states DROP COLUMN problem',
      'ALTER TABLE oauth_states DROP COLUMN finished_at',
      'ALTER TABLE shops DROP COLUMN token_issued_at',
      'ALTER TABLE shops DROP COLUMN label',
      // The version before knows no store that was disconnected on purpose; for it the app is gone from there.
      ...withStates(
        ['connected', 'reconnect', 'uninstalled'],
        `CASE state WHEN 'disconnected' THEN 'uninstalled' ELSE state END`,
      ),
    ])
      await runner.query(statement);
  }
}
