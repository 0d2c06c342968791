import type { FastifyInstance } from 'fastify';
import { deadlineWords } from '../../shared/deadlines.ts';
import { createPrivacy } from '../features/privacy/privacy.ts';
import { registerPrivacyRoutes } from '../features/privacy/routes.ts';
import type { ShopRecord } from '../features/shops/entities.ts';
import { holderWithoutPeople, type Person } from '../platform/personal-data.ts';
import type { TaskQueue } from '../platform/queue/queue.ts';
import type { QueueReader } from '../platform/queue/reader.ts';
import type { Foundation } from './foundation.ts';
import { personalDataHolders } from './personal-data.ts';

const PAGE = 100;

/** What of the stores the privacy area needs; they are composed after it, since an older copy of the database is cleaned first. */
export interface PrivacyShops {
  find(shop: string): ShopRecord | undefined;
  /** Reads again what is kept in memory about stores. */
  reload(shop: string): Promise<void>;
}

/** Ends what waits or runs for a store. Privacy requests stay: their deadlines run on, also without the app being installed. */
const stopTasks = async (queue: Pick<TaskQueue, 'cancel'>, reader: QueueReader, shop: string): Promise<void> => {
  for (const state of ['waiting', 'delayed', 'active'] as const) {
    let before: string | null = null;
    do {
      const page = await reader.list({ shop, state }, { before, limit: PAGE });
      for (const task of page) if (task.queue !== 'privacy') await queue.cancel(task.id);
      before = page.length < PAGE ? null : (page.at(-1)?.id ?? null);
    } while (before !== null);
  }
};

export const composePrivacy = async (
  { options, config, db, vault, clock, ids, log, bus, onClose }: Foundation,
  parts: { queue: TaskQueue; reader: QueueReader; shops: PrivacyShops },
) => {
  const { shops } = parts;
  const onChanged = (shop: string): void => bus.publish({ topic: 'privacy', shop });
  const listeners = new Set<(shop: string) => void>();
  const tellErased = (shop: string): void => {
    for (const listener of listeners) listener(shop);
  };
  /** Comes after all tables: what other areas keep of them in memory, or write from them just now, goes too. */
  const forgetting = {
    ...holderWithoutPeople({
      name: 'memory',
      tables: [],
      eraseShop: async (shop) => {
        tellErased(shop);
        return [];
      },
    }),
    erase: async ({ shop }: Person) => {
      tellErased(shop);
      return [];
    },
  };
  const { service, settings, handlers, suppression } = await createPrivacy({
    db,
    clock,
    ids,
    log,
    vault,
    queue: parts.queue,
    dataDir: config.dataDir,
    holders: [...personalDataHolders, forgetting],
    defaults: {
      masking: 'everything',
      owner: '',
      redactHours: config.BACKROOM_PRIVACY_REDACT_DELAY_HOURS,
      shopRedactHours: config.BACKROOM_PRIVACY_SHOP_REDACT_DELAY_HOURS,
      packageDays: config.BACKROOM_PRIVACY_PACKAGE_DAYS,
    },
    shops: {
      storeName: (shop) => shops.find(shop)?.name ?? shop,
      isKnown: (shop) => shops.find(shop) !== undefined,
      isConnected: (shop) => shops.find(shop)?.state === 'connected',
      // A call that succeeded proves that the app is installed, also where the uninstall in between was never heard of.
      isInstalledSince: (shop, since) => {
        const record = shops.find(shop);
        return record?.state === 'connected' && (record.connectedAt > since || (record.lastCallAt ?? '') > since);
      },
      beforeShopErased: (shop) => stopTasks(parts.queue, parts.reader, shop),
      afterShopErased: shops.reload,
    },
    warn: ({ number, shop, daysLeft, requestId }) => {
      log.warn({ shop, request: number, daysLeft }, 'the deadline of a privacy request comes near');
      options.tellDesktop?.({
        type: 'notice',
        title: `Privacy request ${number}: ${deadlineWords(daysLeft)}`,
        body: 'Open Privacy to answer it.',
        open: `/privacy?id=${encodeURIComponent(requestId)}`,
      });
    },
    onChanged,
    onSettingsChanged: (before, after) => {
      bus.publish({ topic: 'privacy' });
      // What the windows show of people was masked as it was then.
      if (before.masking !== after.masking)
        for (const topic of ['customers', 'orders', 'transactions', 'webhooks', 'pixel'] as const)
          bus.publish({ topic });
    },
  });
  const tellDeadlines = async (): Promise<void> => {
    const { due, overdue, urgent } = await service.summary();
    options.tellDesktop?.({ type: 'deadlines', due, urgent, overdue });
  };
  const tell = (): void => {
    tellDeadlines().catch((error: unknown) => log.error({ err: error }, 'the deadlines could not be told to the tray'));
  };
  if (options.tellDesktop) {
    const unsubscribe = bus.subscribe(({ topic }) => {
      if (topic === 'privacy') tell();
    });
    onClose(async () => void unsubscribe());
    tell();
  }
  return {
    service,
    masking: () => settings.get().masking,
    webhookHandlers: handlers,
    suppression,
    /** After somebody, or a whole store, was erased. */
    onErased: (listener: (shop: string) => void): void => {
      listeners.add(listener);
    },
    stopTasks: (shop: string): Promise<void> => stopTasks(parts.queue, parts.reader, shop),
    registerPrivate: (door: FastifyInstance): void =>
      registerPrivacyRoutes(door, { service, owner: () => settings.get().owner }),
  };
};
