import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createEvidenceLog, type EvidenceLog, evidenceHash } from './evidence.ts';

let dir = '';
let db: Database;
let log: EvidenceLog;
const clock = { now: () => Date.parse('2026-11-24T10:00:00Z'), delay: async () => undefined };
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-evidence-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
  log = createEvidenceLog({ db, clock, key: Buffer.alloc(32, 1) });
  await db.write((tx) =>
    log.append(tx, [
      { kind: 'received', shop: 'a.myshopify.com', requestId: 'r1' },
      { kind: 'erased', shop: 'a.myshopify.com', requestId: 'r1', facts: { rows: 12 } },
      { kind: 'verified', shop: 'a.myshopify.com', requestId: 'r1', facts: { found: 0 } },
    ]),
  );
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** What somebody with the database file could do: without the triggers that stop us ourselves. */
const tamper = (sql: string): Promise<unknown> =>
  db.write(async (tx) => {
    await tx.query('DROP TRIGGER IF EXISTS privacy_evidence_no_update');
    await tx.query('DROP TRIGGER IF EXISTS privacy_evidence_no_delete');
    await tx.query(sql);
  });

describe('the evidence log', () => {
  it('is whole after it was written, and says so', async () => {
    expect(await log.check(null)).toMatchObject({ ok: true, entries: 3, problem: null });
    expect((await log.ofRequest('r1')).map((entry) => entry.kind)).toEqual(['received', 'erased', 'verified']);
  });

  it('can be checked by anybody: each hash follows from what is written', async () => {
    let previous = '0'.repeat(64);
    for await (const row of log.all()) {
      expect(row.previous).toBe(previous);
      expect(evidenceHash(row)).toBe(row.hash);
      previous = row.hash;
    }
  });

  it('can’t be changed by a statement of our own', async () => {
    await expect(db.write((tx) => tx.query(`UPDATE privacy_evidence SET facts = '{}'`))).rejects.toThrow(/append-only/);
    await expect(db.write((tx) => tx.query('DELETE FROM privacy_evidence'))).rejects.toThrow(/append-only/);
  });

  const COLUMNS = ['at', 'kind', 'shop', 'request_id', 'facts', 'previous', 'hash', 'seal'];
  it.each(COLUMNS.flatMap((column) => [1, 2, 3].map((seq) => [column, seq] as const)))(
    'shows any changed byte of %s in entry %i',
    async (column, seq) => {
      const [row] = await db.read<Record<string, string>>(`SELECT ${column} FROM privacy_evidence WHERE seq = ?`, [
        seq,
      ]);
      const length = (row?.[column] ?? '').length;
      for (let at = 1; at <= length; at += Math.max(1, Math.floor(length / 7))) {
        const swap = `substr(${column}, 1, ${at - 1}) || CASE substr(${column}, ${at}, 1) WHEN '0' THEN '1' ELSE '0' END || substr(${column}, ${at + 1})`;
        const before = row?.[column] ?? '';
        await tamper(`UPDATE privacy_evidence SET ${column} = ${swap} WHERE seq = ${seq}`);
        const check = await log.check(null);
        expect(check.ok, `${column} byte ${at}`).toBe(false);
        expect(check.problem?.seq).toBe(seq);
        await tamper(`UPDATE privacy_evidence SET ${column} = '${before}' WHERE seq = ${seq}`);
      }
      expect((await log.check(null)).ok).toBe(true);
    },
  );

  it.each([1, 2, 3])('shows that entry %i was taken out', async (seq) => {
    await tamper(`DELETE FROM privacy_evidence WHERE seq = ${seq}`);
    expect((await log.check(null)).problem?.seq).toBe(seq);
  });

  it('shows that its end was cut off, also when the counter was turned back, by the head that was noted elsewhere', async () => {
    const head = await log.head();
    await tamper('DELETE FROM privacy_evidence WHERE seq = 3');
    await tamper(`UPDATE sqlite_sequence SET seq = 2 WHERE name = 'privacy_evidence'`);
    expect((await log.check(null)).ok).toBe(true);
    expect(await log.check(head)).toMatchObject({ ok: false, entries: 2 });
  });

  it('shows a chain that was computed anew without the vault’s key', async () => {
    const forger = createEvidenceLog({ db, clock, key: Buffer.alloc(32, 2) });
    await db.write((tx) => forger.append(tx, [{ kind: 'verified' }]));
    expect((await log.check(null)).problem).toMatchObject({
      seq: 4,
      message: expect.stringContaining('not written by'),
    });
  });
});
