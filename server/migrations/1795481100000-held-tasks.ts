import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a task that is held back would have been due; null: it is not held. */
export class HeldTasks1795481100000 implements MigrationInterface {
  readonly name = 'HeldTasks1795481100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE tasks ADD COLUMN held_due_ms INTEGER');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE tasks SET due_ms = held_due_ms WHERE held_due_ms IS NOT NULL');
    await runner.query('ALTER TABLE tasks DROP COLUMN held_due_ms');
  }
}
