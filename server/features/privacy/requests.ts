import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { PrivacyKind, PrivacyListInput, PrivacyProblem, PrivacyState } from '../../../shared/api/privacy.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Database, SqlValue } from '../../platform/db/database.ts';
import type { Person } from '../../platform/personal-data.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import { isClosed, mayEnter } from './state-machine.ts';

/** A request as it is stored. `person` is sealed by the vault and destroyed when the request is closed. */
export interface RequestRecord {
  readonly id: string;
  readonly number: number;
  readonly shop: string;
  readonly kind: PrivacyKind;
  readonly source: 'shopify' | 'operator';
  readonly state: PrivacyState;
  readonly person: string | null;
  readonly label: string;
  readonly deliverySeq: number | null;
  readonly receivedAt: string;
  readonly dueAt: string;
  readonly startsAt: string | null;
  readonly closedAt: string | null;
  readonly note: string;
  readonly heldAt: string | null;
  readonly holdReason: string | null;
  readonly refusalReason: string | null;
  readonly acceptedReason: string | null;
  readonly problem: z.output<typeof PrivacyProblem> | null;
  readonly warnedDays: number | null;
  readonly packageBytes: number | null;
  readonly packageExpiresAt: string | null;
  readonly deliveredAt: string | null;
  readonly deliveredHow: string | null;
}

type Stored = Omit<RequestRecord, 'problem'> & { problem: string | null };
export type RequestChange = Partial<Omit<RequestRecord, 'id' | 'number' | 'shop' | 'kind' | 'state'>>;

const COLUMN: Readonly<Record<string, string>> = {
  deliverySeq: 'delivery_seq',
  receivedAt: 'received_at',
  dueAt: 'due_at',
  startsAt: 'starts_at',
  closedAt: 'closed_at',
  heldAt: 'held_at',
  holdReason: 'hold_reason',
  refusalReason: 'refusal_reason',
  acceptedReason: 'accepted_reason',
  warnedDays: 'warned_days',
  packageBytes: 'package_bytes',
  packageExpiresAt: 'package_expires_at',
  deliveredAt: 'delivered_at',
  deliveredHow: 'delivered_how',
};
const PLAIN = ['id', 'number', 'shop', 'kind', 'source', 'state', 'person', 'label', 'note', 'problem'];
const SELECT = `SELECT ${PLAIN.join(', ')}, ${Object.entries(COLUMN)
  .map(([name, column]) => `${column} AS ${name}`)
  .join(', ')} FROM privacy_requests`;

const toRecord = (row: Stored): RequestRecord => ({
  ...row,
  problem: row.problem === null ? null : (JSON.parse(row.problem) as RequestRecord['problem']),
});
const toValue = (value: unknown): SqlValue =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : ((value ?? null) as SqlValue);

export type NewRequest = Pick<
  RequestRecord,
  | 'id'
  | 'shop'
  | 'kind'
  | 'source'
  | 'state'
  | 'person'
  | 'label'
  | 'deliverySeq'
  | 'receivedAt'
  | 'dueAt'
  | 'startsAt'
  | 'note'
>;

/** The rows of privacy requests. */
export interface Requests {
  /** False when this delivery made a request before. */
  insert(tx: EntityManager, request: NewRequest): Promise<boolean>;
  find(id: string): Promise<RequestRecord>;
  list(input: z.output<typeof PrivacyListInput>): Promise<{ items: RequestRecord[]; nextCursor: string | null }>;
  /** Everything not closed; a person answers few enough of them. */
  open(): Promise<RequestRecord[]>;
  withPackage(): Promise<RequestRecord[]>;
  update(tx: EntityManager, id: string, change: RequestChange): Promise<void>;
  /** Moves on, or throws `CONFLICT` when the request is elsewhere by now. */
  move(tx: EntityManager, id: string, to: PrivacyState, change?: RequestChange): Promise<RequestRecord>;
  seal(id: string, person: Person): string;
  /** Null once it was destroyed. */
  personOf(request: RequestRecord): Person | null;
}

/** By hand-over of the database, since a restored copy is searched the same way. */
export const listRequests = async (
  db: Database,
  { shop, kind, show, cursor, limit }: z.output<typeof PrivacyListInput>,
): Promise<{ items: RequestRecord[]; nextCursor: string | null }> => {
  const open = show === 'open';
  const where = [open ? 'closed_at IS NULL' : 'closed_at IS NOT NULL'];
  const params: SqlValue[] = [];
  if (shop !== undefined) {
    where.push('shop = ?');
    params.push(shop);
  }
  if (kind !== undefined) {
    where.push('kind = ?');
    params.push(kind);
  }
  if (cursor) {
    const [at, number] = cursor.split('|', 2);
    if (!at || !Number.isSafeInteger(Number(number)))
      throw new AppError('BAD_REQUEST', 'The page mark is not one of ours.', {
        hint: 'Load the list again from the top.',
      });
    where.push(open ? '(due_at, number) > (?, ?)' : '(closed_at, number) < (?, ?)');
    params.push(at, Number(number));
  }
  const order = open ? 'due_at, number' : 'closed_at DESC, number DESC';
  const rows = await db.read<Stored>(`${SELECT} WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ?`, [
    ...params,
    limit + 1,
  ]);
  const items = rows.slice(0, limit).map(toRecord);
  const last = items.at(-1);
  const more = rows.length > limit && last;
  return { items, nextCursor: more ? `${open ? last.dueAt : last.closedAt}|${last.number}` : null };
};

/** Whom the vault seals a request's person for. */
export const personOwner = (id: string): string => `privacy-request/${id}`;
/** Open ones past this many are paged by nobody: a limit for safety. */
const MOST_OPEN = 5000;

export const createRequests = (options: { db: Database; vault: Vault }): Requests => {
  const { db, vault } = options;

  const update = async (
    tx: EntityManager,
    id: string,
    change: RequestChange & { state?: PrivacyState },
  ): Promise<void> => {
    const entries = Object.entries(change).filter(([, value]) => value !== undefined);
    if (entries.length === 0) return;
    const sets = entries.map(([name]) => `${COLUMN[name] ?? name} = ?`).join(', ');
    await tx.query(`UPDATE privacy_requests SET ${sets} WHERE id = ?`, [
      ...entries.map(([, value]) => toValue(value)),
      id,
    ]);
  };

  return {
    insert: async (tx, request) => {
      const known = (await tx.query('SELECT 1 FROM privacy_requests WHERE delivery_seq = ?', [
        request.deliverySeq,
      ])) as unknown[];
      if (known.length > 0) return false;
      await tx.query(
        `INSERT INTO privacy_requests (id, number, shop, kind, source, state, person, label, delivery_seq, received_at, due_at, starts_at, note)
         VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM privacy_requests), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          request.id,
          request.shop,
          request.kind,
          request.source,
          request.state,
          request.person,
          request.label,
          request.deliverySeq,
          request.receivedAt,
          request.dueAt,
          request.startsAt,
          request.note,
        ],
      );
      return true;
    },
    find: async (id) => {
      const [row] = await db.read<Stored>(`${SELECT} WHERE id = ?`, [id]);
      if (!row) throw new AppError('NOT_FOUND', 'There is no such privacy request.');
      return toRecord(row);
    },
    list: (input) => listRequests(db, input),
    open: async () =>
      (await db.read<Stored>(`${SELECT} WHERE closed_at IS NULL ORDER BY due_at, number LIMIT ${MOST_OPEN}`)).map(
        toRecord,
      ),
    withPackage: async () =>
      (await db.read<Stored>(`${SELECT} WHERE package_bytes IS NOT NULL LIMIT ${MOST_OPEN}`)).map(toRecord),
    update,
    move: async (tx, id, to, change = {}) => {
      const [row] = (await tx.query(`${SELECT} WHERE id = ?`, [id])) as Stored[];
      if (!row) throw new AppError('NOT_FOUND', 'There is no such privacy request.');
      if (!mayEnter(row.state, to))
        throw new AppError('CONFLICT', `The request is ${row.state} and can’t become ${to}.`, {
          hint: 'Somebody or something else moved it on; look at it again.',
        });
      if (row.heldAt !== null && to !== 'refused')
        throw new AppError('CONFLICT', 'The request is on hold.', { hint: 'Release the hold first.' });
      await update(tx, id, { ...change, state: to, ...(isClosed(to) ? {} : { closedAt: null }) });
      return toRecord(row);
    },
    seal: (id, person) => vault.seal(JSON.stringify(person), personOwner(id)),
    personOf: ({ id, person }) =>
      person === null ? null : (JSON.parse(vault.open(person, personOwner(id))) as Person),
  };
};
