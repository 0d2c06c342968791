import { createBackgroundWork } from '../features/shops/background-work.ts';
import { createCallOutcomes } from '../features/shops/call-outcomes.ts';
import type { ShopStore } from '../features/shops/shop-store.ts';
import { createTokenKeeper } from '../features/shops/token-keeper.ts';
import { createSqlLeases } from '../platform/lease/sql-leases.ts';
import { createApiNotices } from '../shopify/api-notices.ts';
import { createClientRegistry } from '../shopify/client-registry.ts';
import type { Foundation } from './foundation.ts';
import type { ShopifyApp } from './shopify-app.ts';

/** How stores are called: one client for each, with a token that is kept alive, and what their calls tell. */
export const composeStoreAccess = (foundation: Foundation, parts: { store: ShopStore; shopify: ShopifyApp }) => {
  const { config, db, vault, clock, ids, bus, log, redactor } = foundation;
  const { store, shopify } = parts;
  const leases = createSqlLeases({ db, clock, ids });
  const background = createBackgroundWork(log);
  const outcomes = createCallOutcomes({ store, clock, bus, background });
  foundation.onClose(async () => outcomes.close());
  const notices = createApiNotices(clock, (notice) => {
    log.warn({ subject: notice.subject, kind: notice.kind }, notice.message);
    bus.publish({ topic: 'settings' });
  });
  const keeper = createTokenKeeper({
    db,
    store,
    leases,
    vault,
    clock,
    log,
    redactor,
    address: shopify.address,
    credentials: () => shopify.current().credentials,
    onChange: (shop) => bus.publish({ topic: 'stores', shop }),
  });
  foundation.onClose(() => keeper.close());
  const clients = createClientRegistry({
    api: () => shopify.current().api,
    apiVersion: config.SHOPIFY_API_VERSION,
    clock,
    log,
    notices,
    token: keeper.token,
    onOutcome: outcomes.note,
  });
  return { leases, background, outcomes, notices, keeper, clients };
};

export type StoreAccess = ReturnType<typeof composeStoreAccess>;
