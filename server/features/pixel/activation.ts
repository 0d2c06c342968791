import type { EntityManager } from 'typeorm';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Ids } from '../../platform/ids.ts';
import type { ShopifyClient } from '../../shopify/client.ts';
import {
  WebPixelCreateDocument,
  WebPixelDeleteDocument,
  WebPixelGetDocument,
  WebPixelUpdateDocument,
} from '../../shopify/generated/admin.ts';
import { userErrorText } from '../../shopify/user-errors.ts';
import { ExtensionEntity, type ExtensionRecord } from './entities.ts';

/** Public write keys by store, and the extension's activation at Shopify. */
export interface PixelActivation {
  /** Also knows keys that were replaced, until their time is over. */
  shopOf(pixelKey: string): string | undefined;
  of(shop: string): Promise<ExtensionRecord | null>;
  /** Gives a newly connected store its key, in the caller's transaction; a store that connects again keeps the one it had. */
  ensureKey(tx: EntityManager, shop: string): Promise<void>;
  /** The app was uninstalled: Shopify removed the pixel with it. The key stays, for the store may come back. */
  markGone(tx: EntityManager, shop: string): Promise<void>;
  /** Reads the keys again; to be called after `ensureKey` was committed. */
  reload(): Promise<void>;
  /** Creates or corrects the pixel at Shopify so that it sends to `endpoint`; leaves a paused one alone. @throws AppError */
  ensureActive(client: ShopifyClient, endpoint: string, signal?: AbortSignal): Promise<void>;
  /** Ends a pause and activates. @throws AppError */
  activate(client: ShopifyClient, endpoint: string): Promise<void>;
  /** Takes the pixel out of the store until it is activated again. @throws AppError */
  deactivate(client: ShopifyClient): Promise<void>;
  /**
   * Takes the pixel out of the store for now: what is wanted stays, so that the next `ensureActive` brings it back. Leaves one alone that
   * sends elsewhere. Answers why it stays, or null. @throws AppError
   */
  withdraw(client: ShopifyClient, signal?: AbortSignal): Promise<string | null>;
  /** Notes whether Shopify's side is as it should be; changes nothing there. @throws AppError */
  compare(client: ShopifyClient, endpoint: string): Promise<void>;
  /** Gives the store a new key; the old one is taken until `graceMs` are over. Activate afterwards. */
  rotateKey(shop: string, graceMs: number): Promise<void>;
}

const NO_PIXEL = /no web pixel/i;
const AFTER_REFUSAL =
  'Deploy the web pixel extension with the app and grant write_pixels and read_customer_events, then activate the pixel again.';
const PUT_RIGHT = 'Activate the pixel again to put it right.';

const settingsOf = (settings: unknown): { accountID?: unknown; endpoint?: unknown } => {
  if (typeof settings === 'string') return JSON.parse(settings) as { accountID?: unknown };
  return typeof settings === 'object' && settings !== null ? settings : {};
};

export const createPixelActivation = async (options: {
  db: Database;
  clock: Clock;
  ids: Ids;
}): Promise<PixelActivation> => {
  const { db, clock, ids } = options;
  let shops = new Map<string, { shop: string; endsAt: number }>();

  const reload = async (): Promise<void> => {
    const rows = await db.read<{ shop: string; pixel_key: string; ends_at: number }>(
      `SELECT shop, pixel_key, ends_at FROM pixel_old_keys
      UNION ALL SELECT shop, pixel_key, ${Number.MAX_SAFE_INTEGER} FROM extensions`,
    );
    shops = new Map(rows.map((row) => [row.pixel_key, { shop: row.shop, endsAt: row.ends_at }]));
  };
  const of = async (shop: string): Promise<ExtensionRecord | null> => {
    const [row] = await db.read<Omit<ExtensionRecord, 'wanted'> & { wanted: number }>(
      `SELECT shop, pixel_key AS pixelKey, web_pixel_id AS webPixelId, endpoint, status, updated_at AS updatedAt,
        activated_at AS activatedAt, checked_at AS checkedAt, problem, wanted FROM extensions WHERE shop = ?`,
      [shop],
    );
    return row ? { ...row, wanted: row.wanted === 1 } : null;
  };
  const known = async (shop: string): Promise<ExtensionRecord> => {
    const record = await of(shop);
    if (!record) throw new AppError('NOT_FOUND', 'The store has no pixel key.');
    return record;
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

  const ensureActive: PixelActivation['ensureActive'] = async (client, endpoint, signal) => {
    const record = await known(client.shop);
    if (!record.wanted) return;
    const settings = { accountID: record.pixelKey, endpoint };
    const existing = await currentPixel(client, signal);
    const call = signal ? { signal } : {};
    const result = existing
      ? await client.mutate(
          WebPixelUpdateDocument,
          { id: existing.id, webPixel: { settings } },
          (data) => data.webPixelUpdate,
          call,
        )
      : await client.mutate(WebPixelCreateDocument, { webPixel: { settings } }, (data) => data.webPixelCreate, call);
    const webPixel = result.ok ? result.value.webPixel : null;
    if (!webPixel) {
      const problem = result.ok ? 'no answer' : userErrorText(result.userErrors);
      const said = `Shopify refused the pixel: ${problem.slice(0, 300)}`;
      await save(client.shop, { status: 'failed', problem: `${said} ${AFTER_REFUSAL}` });
      throw new AppError('SHOPIFY_ERROR', said, { hint: AFTER_REFUSAL });
    }
    const now = toIso(clock.now());
    await save(client.shop, {
      status: 'active',
      webPixelId: webPixel.id,
      endpoint,
      problem: null,
      checkedAt: now,
      ...(record.activatedAt === null ? { activatedAt: now } : {}),
    });
  };

  /** Why Shopify keeps the pixel, or null: it is gone. */
  const remove = async (client: ShopifyClient, id: string, signal?: AbortSignal): Promise<string | null> => {
    const call = { priority: 'interactive', ...(signal ? { signal } : {}) } as const;
    const result = await client.mutate(WebPixelDeleteDocument, { id }, (data) => data.webPixelDelete, call);
    if (!result.ok) return userErrorText(result.userErrors);
    return result.value.deletedWebPixelId ? null : 'no answer';
  };

  await reload();
  return {
    shopOf: (pixelKey) => {
      const found = shops.get(pixelKey);
      return found && found.endsAt > clock.now() ? found.shop : undefined;
    },
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
        wanted: true,
        updatedAt: toIso(clock.now()),
      });
    },
    markGone: async (tx, shop) => {
      await tx
        .getRepository(ExtensionEntity)
        .update({ shop }, { status: 'inactive', webPixelId: null, updatedAt: toIso(clock.now()) });
    },
    reload,
    ensureActive,
    activate: async (client, endpoint) => {
      await save(client.shop, { wanted: true });
      await ensureActive(client, endpoint);
    },
    deactivate: async (client) => {
      const existing = await currentPixel(client);
      const refusal = existing && (await remove(client, existing.id));
      if (refusal !== null)
        throw new AppError('SHOPIFY_ERROR', `The web pixel could not be removed: ${refusal}`, {
          hint: 'Try again, or remove it in the store’s admin under Settings → Customer events.',
        });
      await save(client.shop, {
        status: 'inactive',
        wanted: false,
        webPixelId: null,
        problem: null,
        activatedAt: null,
      });
    },
    withdraw: async (client, signal) => {
      const record = await of(client.shop);
      const existing = await currentPixel(client, signal);
      if (record === null || existing === null) return null;
      if (settingsOf(existing.settings).accountID !== record.pixelKey) return 'it belongs to another backend';
      const refusal = await remove(client, existing.id, signal);
      if (refusal === null) await save(client.shop, { status: 'inactive', webPixelId: null, problem: null });
      return refusal;
    },
    compare: async (client, endpoint) => {
      const record = await known(client.shop);
      const existing = await currentPixel(client);
      const settings = settingsOf(existing?.settings);
      const problem = !record.wanted
        ? null
        : existing === null
          ? `The store has no web pixel of this app any more. ${PUT_RIGHT}`
          : settings.accountID !== record.pixelKey || settings.endpoint !== endpoint
            ? `The pixel’s settings at Shopify differ: another key or another address. ${PUT_RIGHT}`
            : null;
      await save(client.shop, { checkedAt: toIso(clock.now()), problem, webPixelId: existing?.id ?? null });
    },
    rotateKey: async (shop, graceMs) => {
      const record = await known(shop);
      const now = clock.now();
      await db.write(async (tx) => {
        await tx.query('DELETE FROM pixel_old_keys WHERE ends_at <= ?', [now]);
        if (graceMs > 0)
          await tx.query('INSERT OR REPLACE INTO pixel_old_keys (pixel_key, shop, ends_at) VALUES (?, ?, ?)', [
            record.pixelKey,
            shop,
            now + graceMs,
          ]);
        await tx
          .getRepository(ExtensionEntity)
          .update({ shop }, { pixelKey: `px_${ids.secret(18)}`, updatedAt: toIso(now) });
      });
      await reload();
    },
  };
};
