import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type * as api from '../../../shared/api/privacy.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { identify, type PersonalDataHolder } from '../../platform/personal-data.ts';
import type { EvidenceHead, EvidenceLog } from './evidence.ts';
import type { Intake } from './intake.ts';
import type { Packages } from './packages.ts';
import type { RequestChange, RequestRecord, Requests } from './requests.ts';
import type { PrivacySettingsStore } from './settings.ts';
import { actionsOf, daysLeft, firstState, urgencyOf } from './state-machine.ts';
import { collectRecords, declaredTables } from './steps.ts';
import type { SuppressionView } from './suppression-view.ts';
import type { Digest, SuppressionList } from './suppressions.ts';
import type { PrivacyTasks } from './tasks.ts';

type Out<T extends z.ZodType> = Promise<z.output<T>>;

/** Something personal that leaves the backend uncovered. */
export interface Disclosure {
  readonly kind: 'field.revealed' | 'export.started' | 'export.ended' | 'api.personal';
  readonly shop: string | null;
  /** Counts, names of columns, digests; nothing personal. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** What it was about, e.g. a record's id or a filter; kept as a keyed digest only: the log must not lead to anybody. */
  readonly subject?: { readonly name: string; readonly text: string };
}

/** Whether the last search after an erasure found something. */
const hasRemains = (timeline: readonly api.EvidenceEntry[]): boolean => {
  const kinds = timeline.map(({ kind }) => kind);
  return kinds.lastIndexOf('found.again') > kinds.lastIndexOf('erased');
};

/** What the console's Privacy screen and the HTTP API call. */
export interface PrivacyService {
  list(input: z.output<typeof api.PrivacyListInput>): Out<typeof api.PrivacyPage>;
  get(id: string): Promise<api.PrivacyDetail>;
  summary(): Promise<api.PrivacySummary>;
  /** What people call a request, by its id; null: it is not kept any more. */
  numberOfRequest(): Promise<(requestId: string) => number | null>;
  settings(): Promise<api.PrivacySettings>;
  saveSettings(input: api.PrivacySettings): Promise<api.PrivacySettings>;
  enter(input: api.PrivacyEnterInput): Promise<api.PrivacyDetail>;
  setNote(id: string, note: string): Promise<api.PrivacyDetail>;
  /** Runs a step in the background; also one that failed, at any later time. */
  run(id: string, step: 'collect' | 'erase' | 'verify'): Promise<api.PrivacyDetail>;
  deliver(id: string, how: string): Promise<api.PrivacyDetail>;
  complete(id: string): Promise<api.PrivacyDetail>;
  hold(id: string, reason: string): Promise<api.PrivacyDetail>;
  release(id: string): Promise<api.PrivacyDetail>;
  refuse(id: string, reason: string): Promise<api.PrivacyDetail>;
  reopen(id: string): Promise<api.PrivacyDetail>;
  /** Closes an erasure although the search still finds something, e.g. what another person shares. */
  accept(id: string, reason: string): Promise<api.PrivacyDetail>;
  dryRun(id: string, signal?: AbortSignal): Promise<api.PrivacyDryRun>;
  /** Shows whom a request is about; that it was shown is in the evidence. */
  revealPerson(id: string): Promise<api.PrivacyPerson>;
  /** Notes that something personal leaves the backend uncovered: a field that was asked for, an export, an answer to a key that may see people. */
  noteDisclosure(disclosure: Disclosure): Promise<void>;
  evidence: Pick<EvidenceLog, 'list' | 'all'> & { check(): Promise<api.EvidenceCheck> };
  readonly suppressions: SuppressionView;
  /** The zip, decrypted as it is read; each download is in the evidence. @throws AppError */
  openPackage(id: string): Promise<{ stream: Readable; fileName: string }>;
}

export const createPrivacyService = (options: {
  db: Database;
  clock: Clock;
  requests: Requests;
  evidence: EvidenceLog;
  packages: Packages;
  intake: Intake;
  tasks: PrivacyTasks;
  suppressions: Pick<SuppressionList, 'size'>;
  suppressionView: SuppressionView;
  holders: readonly PersonalDataHolder[];
  digest: Digest;
  /** The evidence log's head as it was noted outside of the database. */
  notedHead: () => EvidenceHead | null;
  settings: PrivacySettingsStore;
  isKnownShop: (shop: string) => boolean;
  isConnected: (shop: string) => boolean;
  onChanged: (shop: string) => void;
}): PrivacyService => {
  const { db, clock, requests, evidence, packages, tasks, suppressions, holders } = options;
  const now = (): string => toIso(clock.now());

  const toRow = (request: RequestRecord): api.PrivacyRow => ({
    id: request.id,
    number: request.number,
    shop: request.shop,
    kind: request.kind,
    source: request.source,
    state: request.state,
    label: request.label,
    receivedAt: request.receivedAt,
    dueAt: request.dueAt,
    daysLeft: daysLeft(request.dueAt, clock.now()),
    urgency: urgencyOf(request.state, request.dueAt, clock.now()),
    startsAt: request.startsAt,
    onHold: request.heldAt !== null,
    problem: request.problem,
    closedAt: request.closedAt,
  });

  const get = async (id: string): Promise<api.PrivacyDetail> => {
    const request = await requests.find(id);
    const person = requests.personOf(request);
    const timeline = await evidence.ofRequest(id);
    return {
      ...toRow(request),
      note: request.note,
      holdReason: request.holdReason,
      refusalReason: request.refusalReason,
      acceptedReason: request.acceptedReason,
      identifiers: {
        customerIds: person?.customerIds.length ?? 0,
        emails: person?.emails.length ?? 0,
        phones: person?.phones.length ?? 0,
        orders: person?.orderIds.length ?? 0,
      },
      knowsPerson: person !== null,
      package:
        request.packageBytes === null || request.packageExpiresAt === null
          ? null
          : { bytes: request.packageBytes, expiresAt: request.packageExpiresAt },
      deliveredAt: request.deliveredAt,
      deliveredHow: request.deliveredHow,
      actions: actionsOf({
        kind: request.kind,
        state: request.state,
        onHold: request.heldAt !== null,
        knowsPerson: person !== null,
        failed: request.problem !== null,
        remains: request.problem !== null && hasRemains(timeline),
      }),
      timeline,
    };
  };

  /** Only what the console offers may be asked for. */
  const allow = async (id: string, action: api.PrivacyAction): Promise<RequestRecord> => {
    const detail = await get(id);
    if (!detail.actions.includes(action))
      throw new AppError(
        'CONFLICT',
        `This can’t be done while the request is ${detail.onHold ? 'on hold' : detail.state}.`,
        {
          hint: 'Look at the request again; it may have moved on.',
        },
      );
    return requests.find(id);
  };

  const change = async (
    request: RequestRecord,
    what: { to?: api.PrivacyState; change: RequestChange; kind: string; facts?: Record<string, unknown> },
  ): Promise<api.PrivacyDetail> => {
    const { id, shop } = request;
    await db.write(async (tx) => {
      if (what.to) await requests.move(tx, id, what.to, what.change);
      else await requests.update(tx, id, what.change);
      await evidence.append(tx, [
        { kind: what.kind, shop, requestId: id, ...(what.facts ? { facts: what.facts } : {}) },
      ]);
    });
    options.onChanged(shop);
    return get(id);
  };

  const record = async (kind: string, request: { id: string; shop: string }, facts = {}): Promise<void> => {
    await db.write((tx) => evidence.append(tx, [{ kind, shop: request.shop, requestId: request.id, facts }]));
    options.onChanged(request.shop);
  };

  return {
    list: async (input) => {
      const page = await requests.list(input);
      return { items: page.items.map(toRow), nextCursor: page.nextCursor };
    },
    get,
    summary: async () => {
      const open = (await requests.open()).map(toRow);
      const { seq } = await evidence.head();
      return {
        open: open.length,
        due: open.filter(({ urgency }) => urgency !== 'fine').length,
        urgent: open.filter(({ urgency }) => urgency === 'urgent').length,
        overdue: open.filter(({ urgency }) => urgency === 'overdue').length,
        onHold: open.filter(({ onHold }) => onHold).length,
        failed: open.filter(({ problem }) => problem !== null).length,
        suppressed: suppressions.size,
        evidence: seq,
        deadlines: open
          .filter(({ urgency }) => urgency !== 'fine')
          .slice(0, 20)
          .map(({ id, number, daysLeft: left, urgency }) => ({ id, number, daysLeft: left, urgency })),
      };
    },
    numberOfRequest: async () => {
      const rows = await db.read<{ id: string; number: number }>('SELECT id, number FROM privacy_requests');
      const numbers = new Map(rows.map((row) => [row.id, row.number]));
      return (requestId) => numbers.get(requestId) ?? null;
    },
    settings: async () => options.settings.get(),
    saveSettings: options.settings.save,
    enter: async (input) => {
      if (!options.isKnownShop(input.shop))
        throw new AppError('NOT_FOUND', `${input.shop} is not one of the stores here.`, {
          hint: 'Choose a store from the list.',
        });
      // Its webhooks and fetches would bring back what goes, and its calls would take the erasure for moot.
      if (input.kind === 'shop_redact' && options.isConnected(input.shop))
        throw new AppError('CONFLICT', `${input.shop} is still connected.`, {
          hint: 'Disconnect it in Stores first. What was fetched stays until the erasure.',
        });
      const id = await db.write((tx) => options.intake.enter(tx, input));
      options.onChanged(input.shop);
      return get(id);
    },
    setNote: async (id, note) =>
      change(await requests.find(id), { change: { note }, kind: 'note.changed', facts: { characters: note.length } }),
    run: async (id, step) => {
      const request = await allow(id, step);
      await db.write(async (tx) => {
        await requests.update(tx, id, { problem: null });
        await evidence.append(tx, [{ kind: 'run.asked', shop: request.shop, requestId: id, facts: { step } }]);
      });
      await tasks.enqueue(step, request, { urgent: true });
      options.onChanged(request.shop);
      return get(id);
    },
    deliver: async (id, how) =>
      change(await allow(id, 'deliver'), {
        to: 'delivered',
        change: { deliveredAt: now(), deliveredHow: how },
        kind: 'delivered',
      }),
    complete: async (id) => {
      const request = await allow(id, 'complete');
      // While the package is kept it must be found when the person is erased; without it nobody needs to know whom it was about.
      const forgets = request.packageBytes === null ? { person: null } : {};
      return change(request, { to: 'completed', change: { closedAt: now(), ...forgets }, kind: 'completed' });
    },
    hold: async (id, reason) =>
      change(await allow(id, 'hold'), { change: { heldAt: now(), holdReason: reason }, kind: 'hold.set' }),
    release: async (id) =>
      change(await allow(id, 'release'), { change: { heldAt: null, holdReason: null }, kind: 'hold.released' }),
    refuse: async (id, reason) =>
      change(await allow(id, 'refuse'), {
        to: 'refused',
        change: { refusalReason: reason, closedAt: now(), heldAt: null, problem: null },
        kind: 'refused',
      }),
    reopen: async (id) => {
      const request = await allow(id, 'reopen');
      if (request.kind !== 'shop_redact' && request.person === null)
        throw new AppError('CONFLICT', 'Whom the request was about is not known any more.', {
          hint: 'Enter a new request by hand.',
        });
      return change(request, {
        to: firstState(request.kind),
        change: { refusalReason: null, closedAt: null },
        kind: 'reopened',
      });
    },
    accept: async (id, reason) => {
      const request = await allow(id, 'accept');
      return change(request, {
        to: 'completed',
        change: {
          acceptedReason: reason,
          closedAt: now(),
          person: null,
          label: request.person === null ? request.label : 'Erased',
          problem: null,
        },
        kind: 'remains.accepted',
      });
    },
    dryRun: async (id, signal = new AbortController().signal) => {
      const request = await requests.find(id);
      const tables = declaredTables(holders);
      const counts = new Map<string, number>();
      if (request.kind === 'shop_redact') {
        for (const { table, holds } of tables) {
          const columns = await db.read<{ name: string }>('SELECT name FROM pragma_table_info(?)', [table]);
          if (holds === 'nothing' || holds === 'kept' || !columns.some(({ name }) => name === 'shop')) continue;
          const [row] = await db.read<{ rows: number }>(`SELECT count(*) AS rows FROM "${table}" WHERE shop = ?`, [
            request.shop,
          ]);
          counts.set(table, row?.rows ?? 0);
        }
      } else {
        const person = requests.personOf(request);
        if (!person)
          throw new AppError('CONFLICT', 'Whom the request was about is not known any more.', {
            hint: 'The request is closed. Enter a new one by hand to look again.',
          });
        const context = { db, signal };
        const whole = await identify(person, holders, context);
        // The request itself stays, as a fact.
        for (const { table, id: row, isFact } of await collectRecords(whole, holders, context))
          if (row !== id && !isFact) counts.set(table, (counts.get(table) ?? 0) + 1);
      }
      const found = tables
        .map(({ table, why }) => ({ table, why, rows: counts.get(table) ?? 0, how: 'found' as const }))
        .filter(({ rows }) => rows > 0);
      await record('dry.run', request, { tables: found.map(({ table, rows }) => ({ table, rows })) });
      const kept = await requests.withPackage();
      return {
        tables: found,
        emptyTables: tables.length - found.length,
        packages: kept.filter(
          (other) => other.shop === request.shop && (request.kind === 'shop_redact' || other.id === id),
        ).length,
        totalRows: found.reduce((sum, { rows }) => sum + rows, 0),
      };
    },
    revealPerson: async (id) => {
      const request = await requests.find(id);
      const person = requests.personOf(request);
      if (!person)
        throw new AppError('NOT_FOUND', 'Whom the request was about is not known any more.', {
          hint: 'It was destroyed when the request was closed.',
        });
      await record('person.revealed', request);
      return {
        customerIds: [...person.customerIds],
        emails: [...person.emails],
        phones: [...person.phones],
        orderIds: [...person.orderIds],
      };
    },
    noteDisclosure: async ({ kind, shop, facts, subject }) => {
      const digested = subject ? { [subject.name]: options.digest(shop ?? '', 'customer', subject.text) } : {};
      await db.write((tx) => evidence.append(tx, [{ kind, shop, facts: { ...facts, ...digested } }]));
      if (shop !== null) options.onChanged(shop);
    },
    suppressions: options.suppressionView,
    evidence: { list: evidence.list, all: evidence.all, check: () => evidence.check(options.notedHead()) },
    openPackage: async (id) => {
      const request = await requests.find(id);
      if (request.packageBytes === null)
        throw new AppError('NOT_FOUND', 'There is no package for this request.', { hint: 'Collect the data first.' });
      const stream = await packages.open(id);
      await record('package.downloaded', request, { bytes: request.packageBytes });
      return { stream, fileName: `personal-data-request-${request.number}.zip` };
    },
  };
};
