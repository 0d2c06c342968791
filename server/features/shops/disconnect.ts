import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Log } from '../../platform/log/log.ts';
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
const UNINSTALL_TIMEOUT_MS = 20_000;

/**
 * Ends a store's connection: at Shopify where that is wanted and possible, and here in any case. What was fetched stays.
 */
export const createDisconnect =
  (options: { store: ShopStore; upkeep: StoreUpkeep; clients: ClientRegistry; bus: EventBus; log: Log }) =>
  async ({ shop, confirm, uninstall }: z.output<typeof api.DisconnectInput>): Promise<Output> => {
    const { store, upkeep, log } = options;
    const record = upkeep.find(shop);
    if (confirm.trim().toLowerCase() !== shop) {
      throw new AppError('BAD_REQUEST', 'The name does not match.', { hint: `Type ${shop} to disconnect it.` });
    }

    const revoke = async (): Promise<Pick<Output, 'uninstalled' | 'note'>> => {
      if (hasLeft(record) || record.accessToken === null) return { uninstalled: false, note: null };
      if (!uninstall)
        return {
          uninstalled: false,
          note: 'The app stays installed in the store: its webhooks go on arriving until it is uninstalled there.',
        };
      const left = 'The app is still installed: uninstall it in the store’s admin, under Settings → Apps.';
      try {
        const signal = AbortSignal.timeout(UNINSTALL_TIMEOUT_MS);
        const result = await options.clients
          .of(shop)
          .mutate(AppUninstallDocument, {}, (data) => data.appUninstall, { priority: 'interactive', signal });
        if (result.ok) return { uninstalled: true, note: null };
        return { uninstalled: false, note: `${userErrorText(result.userErrors)}. ${left}` };
      } catch (thrown) {
        const { error } = toFailure(thrown);
        log.warn({ shop, code: error.code, err: thrown }, 'the app could not be uninstalled from the store');
        return { uninstalled: false, note: `${error.message} ${left}` };
      }
    };

    const revoked = await revoke();
    // After the revocation: `app/uninstalled` may be on its way, and must find a store that was left on purpose.
    await store.update(shop, { state: 'disconnected', ...NO_TOKEN, webhookTopics: [], problem: null });
    options.bus.publish({ topic: 'stores', shop });
    log.info({ shop, uninstalled: revoked.uninstalled }, 'store disconnected');
    return revoked;
  };
