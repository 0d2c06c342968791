import type { ShopRecord } from './entities.ts';

/** The body of a topic about the store or the app’s installation in it; null for other topics. */
export const shopSample = (record: ShopRecord, topic: string): Readonly<Record<string, unknown>> | null => {
  if (topic === 'app/scopes_update') return { previous: record.scopes, current: record.scopes };
  if (topic === 'shop/redact') return { shop_domain: record.shop };
  if (topic !== 'app/uninstalled' && topic !== 'shop/update') return null;
  return {
    name: record.name,
    email: record.email,
    myshopify_domain: record.shop,
    domain: record.primaryUrl === null ? record.shop : new URL(record.primaryUrl).host,
    currency: record.currency,
    iana_timezone: record.timezone,
    plan_display_name: record.plan,
  };
};
