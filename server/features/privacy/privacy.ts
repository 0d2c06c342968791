import { join } from 'node:path';
import type { PrivacySettings } from '../../../shared/api/privacy.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Ids } from '../../platform/ids.ts';
import type { Log } from '../../platform/log/log.ts';
import type { PersonalDataHolder, Suppression } from '../../platform/personal-data.ts';
import type { TaskQueue } from '../../platform/queue/queue.ts';
import type { TopicHandler } from '../../platform/topic-handler.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import { applyErasures, type ErasureListFile, readErasureList, writeErasureList } from './erasure-list.ts';
import { createEvidenceLog } from './evidence.ts';
import { createIntake } from './intake.ts';
import { createPackages } from './packages.ts';
import { createPrivacyPersonalData } from './personal-data.ts';
import { createRequests } from './requests.ts';
import { createPrivacyService, type PrivacyService } from './service.ts';
import { createPrivacySettings, type PrivacySettingsStore } from './settings.ts';
import { createSteps, personalSearchIndexes, type StepPorts } from './steps.ts';
import { createSuppressionView } from './suppression-view.ts';
import { createDigest, createSuppressionList } from './suppressions.ts';
import { createPrivacyTasks, type DeadlineWarning } from './tasks.ts';

export interface Privacy {
  readonly service: PrivacyService;
  readonly settings: PrivacySettingsStore;
  readonly handlers: Readonly<Record<string, TopicHandler>>;
  /** For whoever writes records of people. */
  readonly suppression: Suppression;
  /** What deadlines and dates ask for now; also runs by schedule. */
  housekeeping(): Promise<void>;
}

/**
 * Builds the feature. Before it resolves, an older copy of the database that was put in place is freed of whoever was erased since: nothing
 * else may run on it before.
 */
export const createPrivacy = async (options: {
  db: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  vault: Vault;
  queue: Pick<TaskQueue, 'register' | 'enqueue' | 'schedule'>;
  dataDir: string;
  /** All other features' holders; the feature adds its own. */
  holders: readonly PersonalDataHolder[];
  /** Until the operator saves others. */
  defaults: PrivacySettings;
  shops: Pick<StepPorts, 'storeName' | 'isInstalledSince' | 'beforeShopErased' | 'afterShopErased'> & {
    isKnown(shop: string): boolean;
    isConnected(shop: string): boolean;
  };
  warn: (warning: DeadlineWarning) => void;
  onChanged: (shop: string) => void;
  onSettingsChanged: (before: PrivacySettings, after: PrivacySettings) => void;
}): Promise<Privacy> => {
  const { db, clock, ids, log, vault, dataDir, onChanged } = options;
  const digest = createDigest(vault.deriveKey('privacy-digests'));
  const listPath = join(dataDir, 'privacy', 'erasures.json');
  const requests = createRequests({ db, vault });
  const evidence = createEvidenceLog({ db, clock, key: vault.deriveKey('privacy-evidence') });
  const settings = await createPrivacySettings({
    db,
    clock,
    evidence,
    defaults: options.defaults,
    onChanged: options.onSettingsChanged,
  });
  const packages = createPackages({
    directory: join(dataDir, 'privacy', 'packages'),
    key: vault.deriveKey('privacy-packages'),
  });
  const holders = [createPrivacyPersonalData({ requests, packages, clock }), ...options.holders];

  let noted: ErasureListFile | null = readErasureList(listPath);
  await takeUpErasures();
  const suppressions = await createSuppressionList({ db, digest });
  const saveErasureList = async (): Promise<void> => {
    noted = { head: await evidence.head(), entries: await suppressions.entries() };
    await writeErasureList(listPath, noted);
  };
  await saveErasureList();

  const steps = createSteps({
    db,
    clock,
    dataDir,
    holders,
    requests,
    evidence,
    packages,
    suppressions,
    digest,
    settings: settings.get,
    ...options.shops,
    saveErasureList,
    onChanged,
  });
  const tasks = createPrivacyTasks({
    db,
    clock,
    queue: options.queue,
    steps,
    requests,
    packages,
    evidence,
    warn: options.warn,
    onChanged,
  });
  const intake = createIntake({
    requests,
    evidence,
    clock,
    ids,
    settings: settings.get,
    onNew: async (tx, request) => {
      const waits = request.startsAt === null ? 0 : Date.parse(request.startsAt) - clock.now();
      await tasks.enqueue(request.kind === 'data_request' ? 'collect' : 'erase', request, {
        tx,
        delayMs: Math.max(0, waits),
        ...(request.deliverySeq === null ? {} : { parent: { kind: 'webhook', id: String(request.deliverySeq) } }),
      });
    },
    onChanged,
  });
  const service = createPrivacyService({
    db,
    clock,
    requests,
    evidence,
    packages,
    intake,
    tasks,
    suppressions,
    holders,
    digest,
    settings,
    notedHead: () => noted?.head ?? null,
    suppressionView: createSuppressionView({ db, digest }),
    isKnownShop: options.shops.isKnown,
    isConnected: options.shops.isConnected,
    onChanged,
  });
  return { service, settings, handlers: intake.handlers, suppression: suppressions, housekeeping: tasks.housekeeping };

  /** Entries of the list beside the database that the database lacks mean: it is an older copy. */
  async function takeUpErasures(): Promise<void> {
    if (!noted) return;
    const applied = await applyErasures({
      context: { db, signal: new AbortController().signal },
      holders,
      digest,
      entries: noted.entries,
      searchIndexes: await personalSearchIndexes(db, holders),
    });
    const head = await evidence.head();
    const isOlder = applied.entries > 0 || head.seq < noted.head.seq;
    if (!isOlder) return;
    log.warn(
      { erasures: applied.entries, notedEntry: noted.head.seq, lastEntry: head.seq },
      'the database is an older copy; erasures made since were applied to it',
    );
    const facts = { ...applied, notedHead: noted.head, lastEntry: head.seq, at: toIso(clock.now()) };
    await db.write((tx) => evidence.append(tx, [{ kind: 'restored.copy', facts }]));
  }
};
