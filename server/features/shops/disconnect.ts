import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Log } from '../../platform/log/log.ts';
import type { ShopifyClient } from '../../shopify/client.ts';
import type { ClientRegistry } from '../../shopify/client-registry.ts';
import { toFailure } from '../../shopify/errors.ts';
import { AppUninstallDocument } from '../../shopify/generated/admin.ts';
import { userErrorText } from '../../shopify/user-errors.ts';
import { hasLeft } from './entities.ts';
import type { ShopStore } from './shop-store.ts';
import { NO_TOKEN } from './token-columns.ts';
import type { StoreUpkeep } from './upkeep.ts';

type Output = z.output<typeof api.DisconnectOutput>;

/** Somebody waits for this; what can't be revoked in this time is said and can be done in the store's admin. */
const REVOKE_TIMEOUT_MS = 20_000;
const STAYS_INSTALLED = 'The app stays installed in the store.';
const UNINSTALL_THERE = 'uninstall the app in the store’s admin, under Settings → Apps.';

/**
 * Ends a store's connection: at Shopify where that is wanted and possible, and here in any case. What was fetched stays. An app that stays
 * installed loses our webhooks and pixel first, since nothing can take them away without the token.
 */
export const createDisconnect = (options: {
  store: ShopStore;
  upkeep: StoreUpkeep;
  clients: ClientRegistry;
  withdraw: (client: ShopifyClient, signal: AbortSignal) => Promise<string[]>;
  bus: EventBus;
  log: Log;
}) => {
  const { store, upkeep, log } = options;

  /** Null when the app is gone from the store, otherwise why not. */
  const uninstallApp = async (client: ShopifyClient, signal: AbortSignal): Promise<string | null> => {
    try {
      const call = { priority: 'interactive', signal } as const;
      const result = await client.mutate(AppUninstallDocument, {}, (data) => data.appUninstall, call);
      return result.ok ? null : `${userErrorText(result.userErrors)}.`;
    } catch (thrown) {
      const { error } = toFailure(thrown);
      log.warn({ shop: client.shop, code: error.code, err: thrown }, 'the app could not be uninstalled from the store');
      return error.message;
    }
  };

  const withdraw = async (client: ShopifyClient, signal: AbortSignal): Promise<string> => {
    try {
      const left = await options.withdraw(client, signal);
      if (left.length === 0) return 'Its webhooks and pixel were removed.';
      return `Not everything could be removed at Shopify: ${left.join('; ')}. To end that, ${UNINSTALL_THERE}`;
    } catch (thrown) {
      const { error } = toFailure(thrown);
      log.warn({ shop: client.shop, code: error.code, err: thrown }, 'webhooks and pixel could not be removed');
      return `Its webhooks and pixel could not be removed and go on sending: ${error.message} To end that, ${UNINSTALL_THERE}`;
    }
  };

  const revoke = async (shop: string, uninstall: boolean): Promise<Output> => {
    const record = upkeep.find(shop);
    if (hasLeft(record) || record.accessToken === null) return { uninstalled: false, note: null };
    const signal = AbortSignal.timeout(REVOKE_TIMEOUT_MS);
    const client = options.clients.of(shop);
    const refusal = uninstall ? await uninstallApp(client, signal) : '';
    if (refusal === null) return { uninstalled: true, note: null };
    const withdrawn = await withdraw(client, signal);
    return {
      uninstalled: false,
      note: refusal === '' ? `${STAYS_INSTALLED} ${withdrawn}` : `${refusal} The app is still installed. ${withdrawn}`,
    };
  };

  return async ({ shop, confirm, uninstall }: z.output<typeof api.DisconnectInput>): Promise<Output> => {
    upkeep.find(shop);
    if (confirm.trim().toLowerCase() !== shop) {
      throw new AppError('BAD_REQUEST', 'The name does not match.', { hint: `Type ${shop} to disconnect it.` });
    }
    return upkeep.takeOver(shop, async () => {
      const revoked = await revoke(shop, uninstall);
      // After the revocation: `app/uninstalled` may be on its way, and must find a store that was left on purpose.
      await store.update(shop, { state: 'disconnected', ...NO_TOKEN, webhookTopics: [], problem: null });
      options.bus.publish({ topic: 'stores', shop });
      log.info({ shop, uninstalled: revoked.uninstalled }, 'store disconnected');
      return revoked;
    });
  };
};
