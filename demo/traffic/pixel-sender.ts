import type { DemoShop } from '../shop/shop.ts';
import { createPoster } from '../webhooks/post.ts';
import type { PixelEvent } from './pixel-events.ts';

export interface PixelCounts {
  sent: number;
  failed: number;
}

/** Posts pixel events where the shop's pixel settings say, in the form in which the extension sends them. */
export interface PixelSender {
  /** The status; null when the shop has no pixel with an address, or nobody answered. */
  send(shop: DemoShop, events: readonly PixelEvent[]): Promise<number | null>;
  readonly counts: Readonly<PixelCounts>;
  close(): void;
}

const TIMEOUT_MS = 5000;

const stampSending = (event: PixelEvent): PixelEvent =>
  typeof event.backroom === 'object'
    ? { ...event, backroom: { ...event.backroom, sentAt: new Date().toISOString() } }
    : event;

export const createPixelSender = (): PixelSender => {
  const poster = createPoster(TIMEOUT_MS);
  const counts: PixelCounts = { sent: 0, failed: 0 };
  return {
    send: async (shop, events) => {
      const settings = shop.pixel?.settings;
      const endpoint = settings?.endpoint;
      if (!endpoint || !URL.canParse(endpoint)) return null;
      const url = new URL(endpoint);
      url.searchParams.set('key', settings.accountID ?? '');
      const headers = {
        // Plain text, so that a browser asks no permission first.
        'Content-Type': 'text/plain;charset=UTF-8',
        Origin: `https://${shop.profile.storefrontHost}`,
        'User-Agent': 'Mozilla/5.0 (Backroom stand-in storefront)',
      };
      try {
        const status = await poster.post(
          url.toString(),
          headers,
          Buffer.from(JSON.stringify(events.map(stampSending))),
        );
        counts.sent += events.length;
        return status;
      } catch {
        // A shop never notices that a pixel's server is away; the events are lost, and counted.
        counts.failed += events.length;
        return null;
      }
    },
    counts,
    close: () => poster.close(),
  };
};
