import type { EntityManager } from 'typeorm';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Ids } from '../../platform/ids.ts';
import type { ShopifyClient } from '../../shopify/client.ts';
import { WebPixelCreateDocument, WebPixelGetDocument, WebPixelUpdateDocument } from '../../shopify/generated/admin.ts';
import { ExtensionEntity, type ExtensionRecord } from './entities.ts';

/** Public write keys by store, and the extension's activation at Shopify. */
export interface PixelActivation {
  shopOf(pixelKey: string): string | undefined;
  of(shop: string): Promise<ExtensionRecord | null>;
  /** Gives a newly connected store its key, in the caller's transaction; a store that connects again keeps the one it had. */
  ensureKey(tx: EntityManager, shop: string): Promise<void>;
  /** The app was uninstalled: Shopify removed the pixel with it. The key stays, for the store may come back. */
  markGone(tx: EntityManager, shop: string): Promise<void>;
  /** Reads the keys again; to be called after `ensureKey` was committed. */
  reload(): Promise<void>;
  /** Creates or corrects the pixel at Shopify so that it sends to `endpoint`. @throws AppError */
  ensureActive(client: ShopifyClient, endpoint: string, signal?: AbortSignal): Promise<void>;
}

const NO_PIXEL = /no web pixel/i;

export const createPixelActivation = async (options: {
  db: Database;
  clock: Clock;
  ids: Ids;
}): Promise<PixelActivation> => {
  const { db, clock, ids } = options;
  let shops = new Map<string, string>();

  const reload = async (): Promise<void> => {
    const rows = await db.read<{ shop: string; pixel_key: string }>('SELECT shop, pixel_key FROM extensions');
    shops = new Map(rows.map((row) => [row.pixel_key, row.shop]));
  };
  const of = async (shop: string): Promise<ExtensionRecord | null> => {
    const [row] = await db.read<ExtensionRecord>(
      'SELECT shop, pixel_key AS pixelKey, web_pixel_id AS webPixelId, endpoint, status, updated_at AS updatedAt FROM extensions WHERE shop = ?',
      [shop],
    );
    return row ?? null;
  };
  const save = (shop: string, change: Partial<ExtensionRecord>): Promise<unknown> =>
    db.write((tx) => tx.getRepository(ExtensionEntity).update({ shop }, { ...change, updatedAt: toIso(clock.now()) }));

  /** Shopify answers "none" with an error instead of null. */
  const currentPixel = async (
    client: ShopifyClient,
    signal?: AbortSignal,
  ): Promise<{ id: string; settings: unknown } | null> => {
    try {
      return (await client.request(WebPixelGetDocument, {}, signal ? { signal } : {})).webPixel;
    } catch (error) {
      if (error instanceof AppError && NO_PIXEL.test(error.message)) return null;
      throw error;
    }
  };

  await reload();
  return {
    shopOf: (pixelKey) => shops.get(pixelKey),
    of,
    ensureKey: async (tx, shop) => {
      const found = await tx.getRepository(ExtensionEntity).findOneBy({ shop });
      if (found) return;
      await tx.getRepository(ExtensionEntity).insert({
        shop,
        pixelKey: `px_${ids.secret(18)}`,
        webPixelId: null,
        endpoint: null,
        status: 'inactive',
        updatedAt: toIso(clock.now()),
      });
    },
    markGone: async (tx, shop) => {
      await tx
        .getRepository(ExtensionEntity)
        .update({ shop }, { status: 'inactive', webPixelId: null, updatedAt: toIso(clock.now()) });
    },
    reload,
    ensureActive: async (client, endpoint, signal) => {
      const record = await of(client.shop);
      if (!record) throw new AppError('NOT_FOUND', 'The store has no pixel key.');
      const settings = { accountID: record.pixelKey, endpoint };
      const existing = await currentPixel(client, signal);
      const call = signal ? { signal } : {};
      const answer = existing
        ? (await client.request(WebPixelUpdateDocument, { id: existing.id, webPixel: { settings } }, call))
            .webPixelUpdate
        : (await client.request(WebPixelCreateDocument, { webPixel: { settings } }, call)).webPixelCreate;
      if (!answer?.webPixel) {
        await save(client.shop, { status: 'failed' });
        throw new AppError(
          'SHOPIFY_ERROR',
          `The web pixel could not be activated: ${answer?.userErrors.map((error) => error.message).join('; ') ?? 'no answer'}`,
          {
            hint: 'Deploy the web pixel extension with the app and grant write_pixels and read_customer_events, then repair the store.',
          },
        );
      }
      await save(client.shop, { status: 'active', webPixelId: answer.webPixel.id, endpoint });
    },
  };
};
