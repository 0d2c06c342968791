import { createHmac } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Database } from '../../platform/db/database.ts';
import { emptyPerson, type Person, type Suppression } from '../../platform/personal-data.ts';
import { anonymiseText, digitsOf, idDigits, mentionsIn, normalEmail } from '../../platform/personal-payload.ts';
import { COMPLIANCE_TOPICS } from './state-machine.ts';

export type SuppressionKind = 'customer' | 'email' | 'phone' | 'shop';

/** One identifier of somebody who was erased: a keyed digest, from which nobody can tell who it was. */
export interface ErasureEntry {
  readonly digest: string;
  readonly kind: SuppressionKind;
  readonly erasedAt: string;
  /** The erasure that put it on the list; null when that is not known any more. */
  readonly requestId: string | null;
}

/** Half of a SHA-256 is enough to tell apart all people there are, and keeps the list small in memory. */
const DIGEST_BYTES = 16;
/** A national number and the same with its country code share so many digits at the end. */
const PHONE_TAIL = 9;
/** What a text must contain before it is worth taking apart. */
const MAY_NAME_SOMEBODY = /@|customer|phone/i;

export type Digest = (shop: string, kind: SuppressionKind, value: string) => string;

export const createDigest =
  (key: Buffer): Digest =>
  (shop, kind, value) =>
    createHmac('sha256', key)
      .update(`${shop}\n${kind}\n${kind === 'phone' ? value.slice(-PHONE_TAIL) : value}`)
      .digest()
      .subarray(0, DIGEST_BYTES)
      .toString('base64url');

/** The digests of all that names the person. Orders and browsers do not: they lead to nobody once their own rows are emptied. */
export const entriesOf = (
  digest: Digest,
  person: Person,
  from: Pick<ErasureEntry, 'erasedAt' | 'requestId'>,
): ErasureEntry[] => {
  const entry = (kind: SuppressionKind, value: string): ErasureEntry => ({
    kind,
    digest: digest(person.shop, kind, value),
    ...from,
  });
  return [
    ...person.customerIds.map((id) => entry('customer', id)),
    ...person.emails.map((email) => entry('email', email)),
    ...person.phones.map((phone) => entry('phone', phone)),
  ];
};

export interface SuppressionList extends Suppression {
  readonly size: number;
  /** In the caller's transaction; `remember` follows once that is committed. */
  add(tx: EntityManager, entries: readonly ErasureEntry[]): Promise<void>;
  remember(entries: readonly ErasureEntry[]): void;
  entries(): Promise<ErasureEntry[]>;
}

const ADD = `INSERT INTO privacy_suppressions (digest, kind, erased_at, request_id)
SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?) WHERE true
ON CONFLICT (digest) DO UPDATE SET erased_at = excluded.erased_at, request_id = excluded.request_id
  WHERE excluded.erased_at >= privacy_suppressions.erased_at`;

export const addSuppressions = (tx: EntityManager, entries: readonly ErasureEntry[]): Promise<void> =>
  tx.query(ADD, [JSON.stringify(entries.map((entry) => [entry.digest, entry.kind, entry.erasedAt, entry.requestId]))]);

export const readSuppressions = (db: Database): Promise<ErasureEntry[]> =>
  db.read<ErasureEntry>(
    'SELECT digest, kind, erased_at AS erasedAt, request_id AS requestId FROM privacy_suppressions ORDER BY digest',
  );

/** When the record that a text holds came to be at Shopify, by its own account. */
const createdAtOf = (text: string): string | null =>
  /"(?:created_at|createdAt)"\s*:\s*"([^"]{10,40})"/.exec(text)?.[1] ?? null;

export const createSuppressionList = async (options: { db: Database; digest: Digest }): Promise<SuppressionList> => {
  const { db, digest } = options;
  const erasedAt = new Map<string, number>();
  const remember = (entries: readonly ErasureEntry[]): void => {
    // A store that was erased may connect again: only people are kept out.
    for (const entry of entries) if (entry.kind !== 'shop') erasedAt.set(entry.digest, Date.parse(entry.erasedAt));
  };
  remember(await readSuppressions(db));

  const isKept = (
    shop: string,
    kind: SuppressionKind,
    value: string,
    createdAt: string | null | undefined,
  ): boolean => {
    if (value === '') return false;
    const at = erasedAt.get(digest(shop, kind, value));
    if (at === undefined) return false;
    const created = createdAt ? Date.parse(createdAt) : Number.NaN;
    // The customer id is never given to anybody else; an address may belong to somebody who came back of their own will.
    return kind === 'customer' || Number.isNaN(created) || created <= at;
  };

  return {
    get isEmpty() {
      return erasedAt.size === 0;
    },
    get size() {
      return erasedAt.size;
    },
    isSuppressed: (shop, { customerId, email, phone, createdAt }) =>
      erasedAt.size > 0 &&
      ((customerId != null && isKept(shop, 'customer', idDigits(customerId), createdAt)) ||
        (email != null && isKept(shop, 'email', normalEmail(email), createdAt)) ||
        (phone != null && isKept(shop, 'phone', digitsOf(phone), createdAt))),
    screen: (shop, text, kind) => {
      if (erasedAt.size === 0 || COMPLIANCE_TOPICS.has(kind) || !MAY_NAME_SOMEBODY.test(text)) return text;
      const mentioned = mentionsIn(text, kind);
      const createdAt = createdAtOf(text);
      const person: Person = {
        ...emptyPerson(shop),
        customerIds: mentioned.customerIds.filter((id) => isKept(shop, 'customer', id, createdAt)),
        emails: mentioned.emails.filter((email) => isKept(shop, 'email', email, createdAt)),
        phones: mentioned.phones.filter((phone) => isKept(shop, 'phone', phone, createdAt)),
      };
      const isSomebody = person.customerIds.length + person.emails.length + person.phones.length > 0;
      return isSomebody ? anonymiseText(text, person, kind) : text;
    },
    add: addSuppressions,
    remember,
    entries: () => readSuppressions(db),
  };
};
