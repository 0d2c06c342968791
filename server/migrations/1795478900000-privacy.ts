import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE privacy_requests (
    id TEXT PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL UNIQUE,
    shop TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('data_request', 'redact', 'shop_redact')),
    source TEXT NOT NULL CHECK (source IN ('shopify', 'operator')),
    state TEXT NOT NULL CHECK (state IN ('received', 'collecting', 'ready', 'delivered', 'completed',
      'scheduled', 'erasing', 'erased', 'verified', 'refused', 'cancelled')),
    person TEXT, label TEXT NOT NULL,
    delivery_seq INTEGER UNIQUE,
    received_at TEXT NOT NULL, due_at TEXT NOT NULL, starts_at TEXT, closed_at TEXT,
    note TEXT NOT NULL DEFAULT '', held_at TEXT, hold_reason TEXT, refusal_reason TEXT,
    problem TEXT, warned_days INTEGER,
    package_bytes INTEGER, package_expires_at TEXT, delivered_at TEXT, delivered_how TEXT
  )`,
  'CREATE INDEX privacy_requests_open ON privacy_requests (due_at, number) WHERE closed_at IS NULL',
  'CREATE INDEX privacy_requests_closed ON privacy_requests (closed_at, number) WHERE closed_at IS NOT NULL',
  `CREATE TABLE privacy_suppressions (
    digest TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('customer', 'email', 'phone', 'shop')),
    erased_at TEXT NOT NULL
  )`,
  `CREATE TABLE privacy_evidence (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL, kind TEXT NOT NULL, shop TEXT, request_id TEXT, facts TEXT NOT NULL,
    previous TEXT NOT NULL, hash TEXT NOT NULL, seal TEXT NOT NULL
  )`,
  'CREATE INDEX privacy_evidence_request ON privacy_evidence (request_id, seq)',
  // The log is for an auditor: not even a defect of our own may change what was written.
  `CREATE TRIGGER privacy_evidence_no_update BEFORE UPDATE ON privacy_evidence BEGIN
    SELECT RAISE(ABORT, 'the evidence log is append-only');
  END`,
  `CREATE TRIGGER privacy_evidence_no_delete BEFORE DELETE ON privacy_evidence BEGIN
    SELECT RAISE(ABORT, 'the evidence log is append-only');
  END`,
] as const;

export class Privacy1795478900000 implements MigrationInterface {
  readonly name = 'Privacy1795478900000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['privacy_evidence', 'privacy_suppressions', 'privacy_requests'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
