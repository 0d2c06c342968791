import type { EntityManager } from 'typeorm';
import type { PrivacySettings } from '../../../shared/api/privacy.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import {
  type DeclaredTable,
  type ErasedRows,
  type FoundRecord,
  type HolderContext,
  identify,
  type Person,
  type PersonalDataHolder,
} from '../../platform/personal-data.ts';
import type { EvidenceLog } from './evidence.ts';
import { toSections } from './package-content.ts';
import type { Packages } from './packages.ts';
import { isSamePerson } from './personal-data.ts';
import type { RequestRecord, Requests } from './requests.ts';
import { searchEverywhere } from './search.ts';
import { type Digest, type ErasureEntry, entriesOf, type SuppressionList } from './suppressions.ts';

const DAY_MS = 86_400_000;
/** A person with more records than this is not a person; what is above the limit would not fit into memory at once. */
const MOST_RECORDS = 100_000;

export interface StepPorts {
  readonly db: Database;
  readonly clock: Clock;
  readonly dataDir: string;
  readonly holders: readonly PersonalDataHolder[];
  readonly requests: Requests;
  readonly evidence: EvidenceLog;
  readonly packages: Packages;
  readonly suppressions: SuppressionList;
  readonly digest: Digest;
  readonly settings: () => Pick<PrivacySettings, 'packageDays' | 'owner'>;
  storeName(shop: string): string;
  /** Whether the app is installed in the store since `since` (ISO): then the store's data is not to be erased. */
  isInstalledSince(shop: string, since: string): boolean;
  /** Stops what runs for the store; its rows are about to go. */
  beforeShopErased(shop: string): Promise<void>;
  /** Reads again whatever is kept in memory about stores. */
  afterShopErased(shop: string): Promise<void>;
  /** Writes the erasure list beside the database. */
  saveErasureList(): Promise<void>;
  onChanged(shop: string): void;
}

/** One request's work, in steps that may each be run again at any later time. Every one leaves the request in a state that says so. */
export interface Steps {
  collect(id: string, signal: AbortSignal): Promise<void>;
  erase(id: string, signal: AbortSignal): Promise<void>;
  verify(id: string, signal: AbortSignal): Promise<void>;
}

export const declaredTables = (holders: readonly PersonalDataHolder[]): DeclaredTable[] =>
  holders.flatMap((holder) => holder.tables);

/** Full-text indexes that can hold people; their old segments are merged away after an erasure. */
export const personalSearchIndexes = async (
  db: Database,
  holders: readonly PersonalDataHolder[],
): Promise<string[]> => {
  const virtual = await db.read<{ name: string }>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'`,
  );
  const personal = new Set(
    declaredTables(holders)
      .filter(({ holds }) => holds === 'personal')
      .map(({ table }) => table),
  );
  return virtual.map(({ name }) => name).filter((name) => personal.has(name));
};

export const collectRecords = async (
  person: Person,
  holders: readonly PersonalDataHolder[],
  context: HolderContext,
): Promise<FoundRecord[]> => {
  const records: FoundRecord[] = [];
  for (const holder of holders)
    for await (const record of holder.find(person, context)) {
      context.signal.throwIfAborted();
      records.push(record);
      if (records.length > MOST_RECORDS)
        throw new AppError('CONFLICT', `More than ${MOST_RECORDS} records were found for one person.`, {
          hint: 'The identifiers of this request fit many people. Refuse it, and enter it again with the customer id.',
        });
    }
  return records;
};

const sumByTable = (erased: readonly ErasedRows[]): ErasedRows[] => erased.filter(({ rows }) => rows > 0);

const unexpected = (cause: unknown): AppError => {
  const { code, syscall } = cause instanceof Error ? (cause as NodeJS.ErrnoException) : {};
  return syscall === undefined
    ? new AppError('INTERNAL', 'The step failed for a reason that is in the log.', {
        hint: 'Run it again; nothing that was done is lost.',
        cause,
      })
    : new AppError('INTERNAL', `A file in the data folder could not be read or written (${code ?? syscall}).`, {
        hint: 'Look at the folder’s disk and permissions, then run it again; nothing that was done is lost.',
        cause,
      });
};

export const createSteps = (ports: StepPorts): Steps => {
  const { db, clock, holders, requests, evidence, packages, suppressions } = ports;
  const now = (): string => toIso(clock.now());
  const contextOf = (signal: AbortSignal): HolderContext => ({ db, signal });
  const knownPerson = (request: RequestRecord): Person => {
    const person = requests.personOf(request);
    if (!person)
      throw new AppError('CONFLICT', 'Whom the request is about was destroyed when it was closed.', {
        hint: 'Enter a new request by hand.',
      });
    return person;
  };

  const move = async (
    id: string,
    to: Parameters<Requests['move']>[2],
    change: Parameters<Requests['move']>[3],
    note: { kind: string; facts?: Record<string, unknown> } | null,
    also?: (tx: EntityManager) => Promise<void>,
  ): Promise<RequestRecord> => {
    const before = await db.write(async (tx) => {
      const request = await requests.move(tx, id, to, change);
      if (note) await evidence.append(tx, [{ ...note, shop: request.shop, requestId: id }]);
      await also?.(tx);
      return request;
    });
    ports.onChanged(before.shop);
    return before;
  };

  /** A step that fails says so on its request, and can be run again. */
  const guarded = async (id: string, step: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      // Closing the program is no failure of the step: the task runs again at the next start.
      if (thrown instanceof Error && thrown.name === 'AbortError') throw thrown;
      const error = thrown instanceof AppError ? thrown : unexpected(thrown);
      const request = await requests.find(id);
      // It was refused or closed meanwhile: there is nothing to put right.
      if (request.closedAt !== null) return;
      await db.write(async (tx) => {
        await requests.update(tx, id, { problem: { ...error.toBody(), at: now() } });
        await evidence.append(tx, [
          { kind: 'step.failed', shop: request.shop, requestId: id, facts: { step, code: error.code } },
        ]);
      });
      ports.onChanged(request.shop);
      throw error;
    }
  };

  const eraseShop = async (request: RequestRecord, signal: AbortSignal): Promise<ErasedRows[]> => {
    await ports.beforeShopErased(request.shop);
    const erased: ErasedRows[] = [];
    for (const holder of holders) erased.push(...(await holder.eraseShop(request.shop, contextOf(signal))));
    await ports.afterShopErased(request.shop);
    return erased;
  };

  const erasePerson = async (request: RequestRecord, signal: AbortSignal): Promise<ErasedRows[]> => {
    const erased: ErasedRows[] = [];
    const person = knownPerson(request);
    for (const holder of holders) erased.push(...(await holder.erase(person, contextOf(signal))));
    return erased;
  };

  /** First of all, so that nothing about the person can come in while their rows go out. */
  const suppress = async (request: RequestRecord, signal: AbortSignal): Promise<void> => {
    const from = { erasedAt: now(), requestId: request.id };
    let entries: ErasureEntry[];
    let person: Person | null = null;
    if (request.kind === 'shop_redact')
      entries = [{ kind: 'shop', digest: ports.digest(request.shop, 'shop', request.shop), ...from }];
    else {
      person = await identify(knownPerson(request), holders, contextOf(signal));
      entries = entriesOf(ports.digest, person, from);
    }
    const sealed = person;
    await db.write(async (tx) => {
      await suppressions.add(tx, entries);
      // All that was found out about the person is needed until the verification, and found out only once: its sources are erased.
      if (sealed) await requests.update(tx, request.id, { person: requests.seal(request.id, sealed) });
      await evidence.append(tx, [
        {
          kind: 'suppressed',
          shop: request.shop,
          requestId: request.id,
          facts: sealed ? { identifiers: entries.length } : { stores: entries.length },
        },
      ]);
    });
    suppressions.remember(entries);
    await ports.saveErasureList();
  };

  /** A data request of the same person that was not handed over yet: after the erasure nothing would be left to answer it with. */
  const unansweredRequest = async (request: RequestRecord): Promise<RequestRecord | undefined> => {
    if (request.kind !== 'redact') return undefined;
    const person = knownPerson(request);
    return (await requests.open()).find((other) => {
      if (other.kind !== 'data_request' || other.shop !== request.shop || other.state === 'delivered') return false;
      const asking = requests.personOf(other);
      return asking !== null && isSamePerson(asking, person);
    });
  };

  /** Said once; housekeeping looks again. */
  const wait = async (request: RequestRecord, first: RequestRecord): Promise<void> => {
    if (request.problem !== null) return;
    const problem = new AppError(
      'CONFLICT',
      `The same person’s data request ${first.number} has not been answered yet.`,
      {
        hint: 'Hand its package over, or refuse it. Then the erasure begins by itself.',
      },
    );
    await db.write(async (tx) => {
      await requests.update(tx, request.id, { problem: { ...problem.toBody(), at: now() } });
      await evidence.append(tx, [
        { kind: 'erasure.waits', shop: request.shop, requestId: request.id, facts: { forRequest: first.number } },
      ]);
    });
    ports.onChanged(request.shop);
  };

  const verifyShop = async (
    request: RequestRecord,
  ): Promise<{ tables: number; findings: { place: string; hits: number }[] }> => {
    const findings: { place: string; hits: number }[] = [];
    let tables = 0;
    for (const { table, holds } of declaredTables(holders)) {
      const columns = await db.read<{ name: string }>('SELECT name FROM pragma_table_info(?)', [table]);
      if (
        holds === 'nothing' ||
        holds === 'kept' ||
        table === 'privacy_requests' ||
        !columns.some(({ name }) => name === 'shop')
      )
        continue;
      tables += 1;
      const [row] = await db.read<{ hits: number }>(`SELECT count(*) AS hits FROM "${table}" WHERE shop = ?`, [
        request.shop,
      ]);
      if (row && row.hits > 0) findings.push({ place: `table ${table}`, hits: row.hits });
    }
    return { tables, findings };
  };

  const verifyPerson = async (request: RequestRecord, signal: AbortSignal) => {
    const person = knownPerson(request);
    const look = () => searchEverywhere(contextOf(signal), { dataDir: ports.dataDir, person });
    const first = await look();
    // Only in the database's bytes, in no row: an old version that a rewritten page kept. Then the whole file is written anew.
    const remains =
      first.findings.length > 0 && first.findings.every(({ place }) => place.startsWith('file backroom.sqlite'));
    if (!remains) return first;
    await db.purge({ searchIndexes: [], wholeFile: true });
    return look();
  };

  return {
    collect: (id, signal) =>
      guarded(id, 'collect', async () => {
        const request = await move(id, 'collecting', { problem: null }, { kind: 'collecting' });
        const context = contextOf(signal);
        const person = await identify(knownPerson(request), holders, context);
        const records = await collectRecords(person, holders, context);
        const sections = toSections(records, declaredTables(holders));
        const { owner, packageDays } = ports.settings();
        const collectedAt = now();
        const bytes = await packages.write(
          id,
          sections,
          {
            store: ports.storeName(request.shop),
            requestNumber: request.number,
            receivedAt: request.receivedAt,
            collectedAt,
            owner,
          },
          signal,
        );
        const expiresAt = toIso(clock.now() + packageDays * DAY_MS);
        await move(
          id,
          'ready',
          { packageBytes: bytes, packageExpiresAt: expiresAt, problem: null },
          {
            kind: 'collected',
            facts: {
              records: records.length,
              tables: sections.map(({ table, records: own }) => ({ table, rows: own.length })),
              bytes,
              expiresAt,
            },
          },
        );
      }),

    erase: (id, signal) =>
      guarded(id, 'erase', async () => {
        const found = await requests.find(id);
        if (found.kind === 'shop_redact' && ports.isInstalledSince(found.shop, found.receivedAt)) {
          if (found.state === 'scheduled')
            await move(
              id,
              'cancelled',
              { closedAt: now(), problem: null },
              {
                kind: 'cancelled',
                facts: { why: 'The app was installed again after the request.' },
              },
            );
          return;
        }
        const first = await unansweredRequest(found);
        if (first) {
          await wait(found, first);
          return;
        }
        const request = await move(id, 'erasing', { problem: null }, { kind: 'erasing' });
        await suppress(request, signal);
        const current = await requests.find(id);
        const erased =
          request.kind === 'shop_redact' ? await eraseShop(current, signal) : await erasePerson(current, signal);
        await db.purge({ searchIndexes: await personalSearchIndexes(db, holders) });
        await move(
          id,
          'erased',
          {},
          {
            kind: 'erased',
            facts: {
              tables: sumByTable(erased),
              rows: erased.reduce((sum, { rows }) => sum + rows, 0),
              searchedTables: declaredTables(holders).length,
            },
          },
        );
      }),

    verify: (id, signal) =>
      guarded(id, 'verify', async () => {
        const request = await requests.find(id);
        if (request.state !== 'erased')
          throw new AppError('CONFLICT', 'Only what was erased can be verified.', { hint: 'Erase first.' });
        const result = request.kind === 'shop_redact' ? await verifyShop(request) : await verifyPerson(request, signal);
        if (result.findings.length > 0) {
          await db.write((tx) =>
            evidence.append(tx, [
              { kind: 'found.again', shop: request.shop, requestId: id, facts: { findings: result.findings } },
            ]),
          );
          throw new AppError(
            'CONFLICT',
            `Something of the person is still there: ${result.findings.map(({ place, hits }) => `${place} (${hits})`).join(', ')}.`,
            { hint: 'Erase again, then verify. What another person shares, such as an address, is found here too.' },
          );
        }
        await move(
          id,
          'verified',
          { closedAt: now(), person: null, label: request.person ? 'Erased' : request.label, problem: null },
          {
            kind: 'verified',
            facts: { ...result, findings: 0 },
          },
        );
        await ports.saveErasureList();
      }),
  };
};
