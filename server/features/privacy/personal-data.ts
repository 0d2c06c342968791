import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { ErasedRows, HolderContext, Person, PersonalDataHolder } from '../../platform/personal-data.ts';
import { samePhone, textIsOf } from '../../platform/personal-payload.ts';
import type { Packages } from './packages.ts';
import { listRequests, type RequestRecord, type Requests } from './requests.ts';

const overlaps = (left: readonly string[], right: readonly string[]): boolean =>
  left.some((item) => right.includes(item));

export const isSamePerson = (one: Person, other: Person): boolean =>
  one.shop === other.shop &&
  (overlaps(one.customerIds, other.customerIds) ||
    overlaps(one.emails, other.emails) ||
    one.phones.some((phone) => other.phones.some((known) => samePhone(phone, known))));

/** Words of the operator, who was asked to name nobody in them. */
const TEXTS = ['note', 'holdReason', 'refusalReason', 'acceptedReason', 'deliveredHow'] as const;
const COLUMN = {
  note: 'note',
  holdReason: 'hold_reason',
  refusalReason: 'refusal_reason',
  acceptedReason: 'accepted_reason',
  deliveredHow: 'delivered_how',
};

/** A data request of somebody who is erased has nothing left to hand over. */
const CLOSE = `state = CASE WHEN closed_at IS NOT NULL THEN state WHEN state = 'delivered' THEN 'completed' ELSE 'cancelled' END,
  closed_at = coalesce(closed_at, ?)`;

/**
 * The privacy feature's own tables. Whom an open erasure is about stays sealed until it is verified: without it nothing could be run again.
 * A package and the sealed person of a data request go with the person.
 */
export const createPrivacyPersonalData = (options: {
  requests: Requests;
  packages: Packages;
  clock: Clock;
}): PersonalDataHolder => {
  const { requests, packages, clock } = options;

  const recordsOf = async function* (db: Database, shop: string): AsyncIterable<RequestRecord> {
    for (const show of ['open', 'closed'] as const) {
      let cursor: string | null = null;
      do {
        const page = await listRequests(db, { shop, show, cursor, limit: 250 });
        yield* page.items;
        cursor = page.nextCursor;
      } while (cursor !== null);
    }
  };
  const namingTexts = (record: RequestRecord, person: Person): (typeof TEXTS)[number][] =>
    TEXTS.filter((name) => {
      const text = record[name];
      return text !== null && text !== '' && textIsOf(text, person);
    });

  const eraseIn = async (record: RequestRecord, person: Person, { db }: HolderContext): Promise<boolean> => {
    const named = namingTexts(record, person);
    const sealed = requests.personOf(record);
    const isTheirs = sealed !== null && isSamePerson(sealed, person) && record.kind === 'data_request';
    if (isTheirs) await packages.remove(record.id);
    if (!isTheirs && named.length === 0) return false;
    const sets = [
      ...named.map((name) => `${COLUMN[name]} = '[erased]'`),
      ...(isTheirs
        ? ['person = NULL', 'package_bytes = NULL', 'package_expires_at = NULL', `label = 'Erased'`, CLOSE]
        : []),
    ];
    await db.write((tx) =>
      tx.query(
        `UPDATE privacy_requests SET ${sets.join(', ')} WHERE id = ?`,
        isTheirs ? [toIso(clock.now()), record.id] : [record.id],
      ),
    );
    return true;
  };

  return {
    name: 'privacy',
    mentions: async function* ({ db }) {
      const shops = await db.read<{ shop: string }>(
        'SELECT DISTINCT shop FROM privacy_requests WHERE person IS NOT NULL',
      );
      for (const { shop } of shops)
        for await (const record of recordsOf(db, shop)) {
          const person = requests.personOf(record);
          if (person) yield person;
        }
    },
    tables: [
      {
        table: 'privacy_requests',
        holds: 'personal',
        why: 'Requests of customers: whom they are about is encrypted and destroyed at the end; notes are the operator’s words.',
        heading: 'Your requests about your data',
      },
      {
        table: 'privacy_suppressions',
        holds: 'nothing',
        why: 'Keyed digests of erased identifiers; they lead back to nobody.',
      },
      {
        table: 'privacy_evidence',
        holds: 'kept',
        why: 'What was done, when and how many rows, by store domain; kept to prove it, and names no customer.',
      },
    ],
    find: async function* (person, { db }) {
      for await (const record of recordsOf(db, person.shop)) {
        const sealed = requests.personOf(record);
        if ((sealed && isSamePerson(sealed, person)) || namingTexts(record, person).length > 0)
          yield {
            table: 'privacy_requests',
            id: record.id,
            data: {
              number: record.number,
              kind: record.kind.replace('_', ' '),
              receivedAt: record.receivedAt,
              deliveredAt: record.deliveredAt,
            },
          };
      }
    },
    erase: async (person, context) => {
      let rows = 0;
      for await (const record of recordsOf(context.db, person.shop))
        if (await eraseIn(record, person, context)) rows += 1;
      return [{ table: 'privacy_requests', rows, how: 'anonymised' }];
    },
    /** The requests stay as facts, to be shown to an auditor; whom they were about does not. */
    eraseShop: async (shop, { db }): Promise<ErasedRows[]> => {
      let rows = 0;
      for await (const record of recordsOf(db, shop)) {
        await packages.remove(record.id);
        if (record.kind === 'shop_redact') continue;
        await db.write((tx) =>
          tx.query(
            // What was still open is moot: nothing is left to hand over or to erase.
            `UPDATE privacy_requests SET person = NULL, label = 'Erased', note = '', hold_reason = NULL, held_at = NULL,
             accepted_reason = NULL, delivered_how = NULL, package_bytes = NULL, package_expires_at = NULL, problem = NULL,
             refusal_reason = CASE WHEN closed_at IS NULL THEN 'Everything of the store was erased.' END,
             state = CASE WHEN closed_at IS NULL THEN 'cancelled' ELSE state END, closed_at = coalesce(closed_at, ?) WHERE id = ?`,
            [toIso(clock.now()), record.id],
          ),
        );
        rows += 1;
      }
      return [{ table: 'privacy_requests', rows, how: 'anonymised' }];
    },
  };
};
