import { readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Database } from '../../platform/db/database.ts';
import {
  type ErasedRows,
  emptyPerson,
  type HolderContext,
  identify,
  type Mention,
  type Person,
  type PersonalDataHolder,
  withHints,
} from '../../platform/personal-data.ts';
import type { EvidenceHead } from './evidence.ts';
import { addSuppressions, type Digest, type ErasureEntry, entriesOf, readSuppressions } from './suppressions.ts';

/**
 * The list of erasures beside the database. A copy of the database that is older than an erasure still holds the person, and does not know
 * of the erasure; this file does. Backups carry it, and each start compares it with the database.
 */
const ErasureFile = z.object({
  version: z.literal(1),
  /** The evidence log's last entry when this was written. */
  head: z.object({ seq: z.number(), hash: z.string() }),
  entries: z.array(
    z.object({
      digest: z.string(),
      kind: z.enum(['customer', 'email', 'phone', 'shop']),
      erasedAt: z.string(),
      // Lists written before it was kept have none.
      requestId: z.string().nullable().default(null),
    }),
  ),
});

export interface ErasureListFile {
  readonly head: EvidenceHead;
  readonly entries: readonly ErasureEntry[];
}

/** Null when there is none yet. @throws when it is there but can't be read: going on without it could bring erased people back. */
export const readErasureList = (path: string): ErasureListFile | null => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return ErasureFile.parse(JSON.parse(text));
};

/** Replaces the file in one step, so that a crash leaves the old or the new one. */
export const writeErasureList = async (path: string, list: ErasureListFile): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  const handle = await open(part, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify({ version: 1, ...list }));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, path);
};

/** Only what the mention has of erased people; null when nobody of them is in it. */
const erasedIn = (mention: Mention, digest: Digest, listed: ReadonlySet<string>): Person | null => {
  const { shop } = mention;
  const person = {
    ...emptyPerson(shop),
    customerIds: mention.customerIds.filter((id) => listed.has(digest(shop, 'customer', id))),
    emails: mention.emails.filter((email) => listed.has(digest(shop, 'email', email))),
    phones: mention.phones.filter((phone) => listed.has(digest(shop, 'phone', phone))),
  };
  return person.customerIds.length + person.emails.length + person.phones.length > 0 ? person : null;
};

export interface AppliedErasures {
  /** Entries of the list that the copy did not know. */
  readonly entries: number;
  readonly people: number;
  readonly shops: number;
  readonly erased: readonly ErasedRows[];
}

/**
 * Erases from a restored database whoever was erased after the copy was made. What the copy already knew is left alone: since then the
 * person may have come back of their own will. May run again at any time.
 */
export const applyErasures = async (options: {
  context: HolderContext;
  holders: readonly PersonalDataHolder[];
  digest: Digest;
  entries: readonly ErasureEntry[];
  searchIndexes: readonly string[];
}): Promise<AppliedErasures> => {
  const { context, holders, digest } = options;
  const { db } = context;
  const known = new Set((await readSuppressions(db)).map((entry) => entry.digest));
  const missing = options.entries.filter((entry) => !known.has(entry.digest));
  if (missing.length === 0) return { entries: 0, people: 0, shops: 0, erased: [] };
  const listed = new Set(missing.map((entry) => entry.digest));

  const erased: ErasedRows[] = [];
  const shops = await shopsErasedSince(db, digest, missing);
  for (const shop of shops) for (const holder of holders) erased.push(...(await holder.eraseShop(shop, context)));

  // All of a store's people in one pass: they are found by the same look at each table.
  const people = new Map<string, Person>();
  for (const holder of holders) {
    if (!holder.mentions) continue;
    for await (const mention of holder.mentions(context)) {
      const person = erasedIn(mention, digest, listed);
      if (person) people.set(person.shop, withHints(people.get(person.shop) ?? emptyPerson(person.shop), person));
    }
  }
  for (const person of people.values()) {
    const whole = await identify(person, holders, context);
    for (const holder of holders) erased.push(...(await holder.erase(whole, context)));
  }
  const found = [...people.values()].flatMap((person) => entriesOf(digest, person, { erasedAt: '', requestId: null }));
  await db.purge({ searchIndexes: options.searchIndexes });
  // Last: until it is written, the next start does all of it again.
  await db.write((tx) => addSuppressions(tx, missing));
  return {
    entries: missing.length,
    people: found.length,
    shops: shops.length,
    erased: erased.filter((table) => table.rows > 0),
  };
};

const shopsErasedSince = async (db: Database, digest: Digest, entries: readonly ErasureEntry[]): Promise<string[]> => {
  const erasedAt = new Map(
    entries.filter((entry) => entry.kind === 'shop').map((entry) => [entry.digest, entry.erasedAt]),
  );
  if (erasedAt.size === 0) return [];
  const rows = await db.read<{ shop: string; connected_at: string | null }>(
    `SELECT DISTINCT counters.shop, connected_at FROM counters LEFT JOIN shops ON shops.shop = counters.shop
     UNION SELECT shop, connected_at FROM shops`,
  );
  return rows
    .filter(({ shop, connected_at: connectedAt }) => {
      const at = erasedAt.get(digest(shop, 'shop', shop));
      return at !== undefined && (connectedAt === null || connectedAt <= at);
    })
    .map(({ shop }) => shop);
};
