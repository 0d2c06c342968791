import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { EvidenceCheck, EvidenceEntry, EvidenceListInput, EvidencePage } from '../../../shared/api/privacy.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';

/** What happened, without personal data: counts, names of tables, digests, codes. */
export interface EvidenceNote {
  readonly kind: string;
  readonly shop?: string | null;
  readonly requestId?: string | null;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** What the last entry was when somebody outside of the database wrote it down. */
export interface EvidenceHead {
  readonly seq: number;
  readonly hash: string;
}

/**
 * A hash-chained log. `hash` covers the entry and the hash before it, so that anybody can check an exported log without a key; `seal` is
 * an HMAC of it with a key derived from the vault, so that who can write the database file alone can't compute a new chain.
 */
export interface EvidenceLog {
  /** In the transaction of what it records. */
  append(tx: EntityManager, notes: readonly EvidenceNote[]): Promise<void>;
  list(input: z.output<typeof EvidenceListInput>): Promise<z.output<typeof EvidencePage>>;
  ofRequest(requestId: string): Promise<EvidenceEntry[]>;
  /** Entries in order, with all that is needed to check them. */
  all(): AsyncIterable<StoredEvidence>;
  check(known: EvidenceHead | null): Promise<EvidenceCheck>;
  head(): Promise<EvidenceHead>;
}

export interface StoredEvidence {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly shop: string | null;
  readonly request_id: string | null;
  /** As stored; the hash covers these very bytes. */
  readonly facts: string;
  readonly previous: string;
  readonly hash: string;
  readonly seal: string;
}

export const CHAIN_START = '0'.repeat(64);
const PAGE = 1000;
const COLUMNS = 'seq, at, kind, shop, request_id, facts, previous, hash, seal';

/** SHA-256 (hex) over the JSON list of the entry's fields in this order. Told in the exported report, so that it can be computed anywhere. */
export const evidenceHash = (entry: Omit<StoredEvidence, 'hash' | 'seal'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([entry.seq, entry.at, entry.kind, entry.shop, entry.request_id, entry.facts, entry.previous]),
    )
    .digest('hex');

const sameText = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

const toEntry = (row: StoredEvidence): EvidenceEntry => ({
  seq: row.seq,
  at: row.at,
  kind: row.kind,
  shop: row.shop,
  requestId: row.request_id,
  facts: JSON.parse(row.facts) as Record<string, unknown>,
  hash: row.hash,
});

export const createEvidenceLog = (options: { db: Database; clock: Clock; key: Buffer }): EvidenceLog => {
  const { db, clock, key } = options;
  const sealOf = (hash: string): string => createHmac('sha256', key).update(hash).digest('base64url');

  const all = async function* (): AsyncIterable<StoredEvidence> {
    let after = -1;
    for (;;) {
      const rows = await db.read<StoredEvidence>(
        `SELECT ${COLUMNS} FROM privacy_evidence WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`,
        [after],
      );
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = last.seq;
    }
  };

  const problemOf = (row: StoredEvidence, previous: string, expectedSeq: number): string | null => {
    if (row.seq !== expectedSeq) return `Entry ${expectedSeq} is missing.`;
    if (row.previous !== previous) return 'The entry does not follow from the one before it.';
    if (!sameText(row.hash, evidenceHash(row))) return 'The entry was changed after it was written.';
    if (!sameText(row.seal, sealOf(row.hash))) return 'The entry was not written by this installation.';
    return null;
  };

  return {
    append: async (tx, notes) => {
      const [last] = (await tx.query(
        'SELECT seq, hash FROM privacy_evidence ORDER BY seq DESC LIMIT 1',
      )) as EvidenceHead[];
      let seq = last?.seq ?? 0;
      let previous = last?.hash ?? CHAIN_START;
      for (const note of notes) {
        seq += 1;
        const entry = {
          seq,
          at: toIso(clock.now()),
          kind: note.kind,
          shop: note.shop ?? null,
          request_id: note.requestId ?? null,
          facts: JSON.stringify(note.facts ?? {}),
          previous,
        };
        const hash = evidenceHash(entry);
        await tx.query(
          'INSERT INTO privacy_evidence (seq, at, kind, shop, request_id, facts, previous, hash, seal) VALUES (?,?,?,?,?,?,?,?,?)',
          [seq, entry.at, entry.kind, entry.shop, entry.request_id, entry.facts, previous, hash, sealOf(hash)],
        );
        previous = hash;
      }
    },
    list: async ({ cursor, limit }) => {
      const before = cursor ? Number(cursor) : Number.MAX_SAFE_INTEGER;
      if (!Number.isSafeInteger(before))
        throw new AppError('BAD_REQUEST', 'The page mark is not one of ours.', {
          hint: 'Load the list again from the top.',
        });
      const rows = await db.read<StoredEvidence>(
        `SELECT ${COLUMNS} FROM privacy_evidence WHERE seq < ? ORDER BY seq DESC LIMIT ?`,
        [before, limit + 1],
      );
      const items = rows.slice(0, limit).map(toEntry);
      return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.seq ?? '') : null };
    },
    ofRequest: async (requestId) => {
      const rows = await db.read<StoredEvidence>(
        `SELECT ${COLUMNS} FROM privacy_evidence WHERE request_id = ? ORDER BY seq DESC LIMIT 500`,
        [requestId],
      );
      return rows.reverse().map(toEntry);
    },
    all,
    head: async () => {
      const [last] = await db.read<EvidenceHead>('SELECT seq, hash FROM privacy_evidence ORDER BY seq DESC LIMIT 1');
      return last ?? { seq: 0, hash: CHAIN_START };
    },
    check: async (known) => {
      const [counter] = await db.read<{ seq: number }>(
        `SELECT seq FROM sqlite_sequence WHERE name = 'privacy_evidence'`,
      );
      const result = (entries: number, head: string, problem: EvidenceCheck['problem']): EvidenceCheck => ({
        ok: problem === null,
        entries,
        head,
        checkedAt: toIso(clock.now()),
        problem,
      });
      let previous = CHAIN_START;
      let entries = 0;
      for await (const row of all()) {
        const message = problemOf(row, previous, entries + 1);
        if (message !== null) return result(entries, previous, { seq: entries + 1, message });
        if (known && known.seq === row.seq && known.hash !== row.hash)
          return result(entries, previous, {
            seq: row.seq,
            message: 'The entry differs from the one noted outside of the database.',
          });
        entries += 1;
        previous = row.hash;
      }
      const expected = Math.max(counter?.seq ?? 0, known?.seq ?? 0);
      if (entries < expected)
        return result(entries, previous, {
          seq: entries + 1,
          message: `The log ends before entry ${expected}, which was written.`,
        });
      return result(entries, previous, null);
    },
  };
};
