import type { DesktopNews, MasterKeySource } from '../../shared/process-messages.ts';
import type { DemoStore } from '../demo-mode.ts';
import { entities } from '../entities.ts';
import { restoreIfAsked } from '../features/backups/restore.ts';
import { createStorageNotice } from '../features/system/storage-notice.ts';
import { migrations } from '../migrations.ts';
import { type Clock, systemClock, toIso } from '../platform/clock.ts';
import type { Config } from '../platform/config/config.ts';
import { type Database, openDatabase } from '../platform/db/database.ts';
import { createStorageHealth, probeStorage, type StorageHealth } from '../platform/db/storage-health.ts';
import { createEventBus, type EventBus } from '../platform/events/bus.ts';
import { createIds, type Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log/log.ts';
import type { Redactor } from '../platform/log/redact.ts';
import type { KeyStore } from '../platform/vault/key-store.ts';
import { openVault } from '../platform/vault/open-vault.ts';
import type { Vault } from '../platform/vault/vault.ts';

export interface AppOptions {
  readonly config: Config;
  readonly version: string;
  readonly log: Log;
  readonly redactor: Redactor;
  readonly masterKey: {
    readonly key: string;
    /** Keys before this one, while something may still be sealed with them. */
    readonly olderKeys?: readonly string[];
    readonly source: MasterKeySource;
  };
  /** Changes the key where it is kept. None: only the environment can. */
  readonly keyStore?: KeyStore | null;
  /** Desktop: the private door is this socket, opened with this key. Headless: loopback TCP. */
  readonly desktop: { readonly socketPath: string; readonly doorKey: string } | null;
  /** The built console, for the headless private door. */
  readonly consoleDirectory: string | null;
  readonly startDemo: () => Promise<DemoStore>;
  /** The app must be composed anew: the operator entered credentials, so the demo ends. */
  readonly onRestartNeeded: () => void;
  /** On the desktop: what is said outside of the window. */
  readonly tellDesktop?: (news: DesktopNews) => void;
  readonly clock?: Clock;
}

/** Where Shopify and browsers reach the public door. Known only once the door listens, and it may change while running. */
export interface PublicAddress {
  /** Origin without a trailing slash; empty until it is known. */
  url(): string;
  set(url: string): void;
  /** The same door on this computer, once it listens: what a tunnel is led to, and all that the demo needs. */
  local(): string;
  setLocal(url: string): void;
}

/** What every area is built on. Areas register how they close; they are closed in the opposite order. */
export interface Foundation {
  readonly options: AppOptions;
  readonly config: Config;
  readonly log: Log;
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly bus: EventBus;
  readonly db: Database;
  /** Whether the database can be written. */
  readonly storage: Pick<StorageHealth, 'current'>;
  readonly vault: Vault;
  readonly publicAddress: PublicAddress;
  onClose(closer: () => Promise<unknown>): void;
  close(): Promise<void>;
}

const createPublicAddress = (configured: string | undefined): PublicAddress => {
  let current = configured ? new URL(configured).origin : '';
  let local = '';
  return {
    local: () => local,
    setLocal: (url) => {
      local = url;
    },
    url: () => current,
    set: (url) => {
      current = url;
    },
  };
};

export const layFoundation = async (options: AppOptions): Promise<Foundation> => {
  const { config, log, redactor, desktop } = options;
  const clock = options.clock ?? systemClock;
  const notRestored = await restoreIfAsked({
    dataDir: config.dataDir,
    log,
    createdAt: toIso(clock.now()),
    version: options.version,
  });
  if (notRestored !== null)
    options.tellDesktop?.({
      type: 'notice',
      title: 'The backup was not restored',
      body: notRestored,
      open: '/settings',
    });
  const bus = createEventBus((error) => log.error({ err: error }, 'a listener failed'));
  const storageNotice = createStorageNotice({
    clock,
    show: (notice) => options.tellDesktop?.({ type: 'notice', ...notice }),
  });
  const storage = createStorageHealth({
    clock,
    probe: () => db.writeStatements(probeStorage),
    onChange: (trouble) => {
      if (trouble) log.error({ code: trouble.code }, 'the database can’t be written: nothing is acknowledged');
      else log.info('the database can be written again');
      bus.publish({ topic: 'system' });
      storageNotice(trouble);
    },
    onError: (error) => log.error({ err: error }, 'whether the database can be written again was not found out'),
  });
  const db = await openDatabase({ dataDir: config.dataDir, entities, migrations, onWriteFailed: storage.failed });
  const closers: (() => Promise<unknown>)[] = [() => db.close(), () => storage.close()];
  for (const secret of [
    options.masterKey.key,
    ...(options.masterKey.olderKeys ?? []),
    config.SHOPIFY_API_SECRET,
    config.SHOPIFY_ADMIN_TOKEN,
    config.BACKROOM_ADMIN_KEY,
    config.NGROK_AUTHTOKEN,
    desktop?.doorKey,
  ]) {
    if (secret !== undefined) redactor.add(secret);
  }
  let vault: Vault;
  try {
    vault = await openVault(db, clock, options.masterKey);
  } catch (error) {
    await storage.close();
    await db.close();
    throw error;
  }
  return {
    options,
    config,
    log,
    redactor,
    clock,
    ids: createIds(clock),
    bus,
    db,
    storage,
    vault,
    publicAddress: createPublicAddress(config.BACKROOM_PUBLIC_URL),
    onClose: (closer) => closers.push(closer),
    close: async () => {
      for (const closer of closers.splice(0).reverse()) await closer();
    },
  };
};
