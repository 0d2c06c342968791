import type { ExtensionApi } from '@shopify/web-pixels-extension';
import type { Environment } from './environment.ts';
import { createOutbox } from './outbox.ts';
import { EXTENSION_VERSION, SCHEMA_VERSION } from './version.ts';

/** The shopper may leave the page with these steps, so they are sent at once. */
const URGENT = /^(checkout_|payment_|product_added|product_removed|search_)/;

interface Privacy {
  readonly analyticsProcessingAllowed?: boolean;
  readonly marketingAllowed?: boolean;
  readonly preferencesProcessingAllowed?: boolean;
  readonly saleOfDataAllowed?: boolean;
}

/** Letters of what the shopper allowed: analytics, marketing, preferences, sale of data. Short, since each event carries it. */
const toLetters = (privacy: Privacy | undefined): string =>
  `${privacy?.analyticsProcessingAllowed ? 'a' : ''}${privacy?.marketingAllowed ? 'm' : ''}${privacy?.preferencesProcessingAllowed ? 'p' : ''}${privacy?.saleOfDataAllowed ? 's' : ''}`;

/**
 * Subscribes to everything Shopify publishes and sends it to the store's Backroom. Each event keeps Shopify's own form and gets `backroom`:
 * versions, the page's id, its number on the page (so that duplicates and gaps are seen), what the shopper allowed, and the send time.
 * Whatever goes wrong stays in here.
 */
export const startPixel = (api: ExtensionApi, env: Environment): void => {
  const { accountID, endpoint } = api.settings ?? {};
  if (typeof accountID !== 'string' || typeof endpoint !== 'string' || !/^https?:\/\//.test(endpoint)) return;
  const page = env.uuid();
  let number = 0;
  let privacy: Privacy | undefined = api.init?.customerPrivacy;

  const outbox = createOutbox({
    env,
    url: `${endpoint}${endpoint.includes('?') ? '&' : '?'}key=${encodeURIComponent(accountID)}`,
    // The last two characters close `backroom` and the event.
    stamp: (json) => `${json.slice(0, -2)},"lost":${outbox.lost},"sentAt":"${new Date(env.now()).toISOString()}"}}`,
  });

  const receive = (event: unknown): void => {
    try {
      if (privacy && privacy.analyticsProcessingAllowed === false) return;
      const fields = event as { id?: unknown; name?: unknown };
      // Counted before it is written: one that can't be written shows as a gap.
      number += 1;
      const json = JSON.stringify({
        ...fields,
        id: fields.id || env.uuid(),
        backroom: {
          extension: EXTENSION_VERSION,
          schema: SCHEMA_VERSION,
          page,
          n: number,
          privacy: toLetters(privacy),
        },
      });
      outbox.add(json, URGENT.test(String(fields.name)));
    } catch {
      // An event that can't be written as JSON; the gap in the numbers tells.
    }
  };

  api.analytics.subscribe('all_standard_events', receive);
  api.analytics.subscribe('all_custom_events', receive);
  api.customerPrivacy?.subscribe('visitorConsentCollected', (change) => {
    privacy = change?.customerPrivacy ?? privacy;
    if (privacy?.analyticsProcessingAllowed === false) outbox.clear();
  });
  env.onHide(() => outbox.flush());
};
