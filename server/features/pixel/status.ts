import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { PIXEL_EXTENSION_VERSION } from '../../../shared/pixel/event.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { PixelActivation } from './activation.ts';
import { TEST_EVENT } from './analysis/facts.ts';
import type { ExtensionRecord } from './entities.ts';
import { GRAINS } from './rollups.ts';

type StoreStatus = z.output<typeof api.PixelStore>;
type Version = StoreStatus['versions'][number];

/** No event for this long in a store that had some: silent. */
const SILENT_S = 15 * 60;
const RATE_S = 5 * 60;

/** Compares `1.10.0` with `1.9.0` by numbers. */
export const isOlder = (version: string, than: string): boolean => {
  const left = version.split('.').map(Number);
  const right = than.split('.').map(Number);
  for (const [index, part] of right.entries()) {
    const own = left[index] ?? 0;
    if (own !== part) return own < part;
  }
  return false;
};

/** Anyone can claim a version, so only numbers count, and none above the current one. */
const newestOf = (versions: readonly Version[]): string | null =>
  versions
    .map(({ version }) => version)
    .filter((version) => /^\d+(\.\d+){0,3}$/.test(version) && !isOlder(PIXEL_EXTENSION_VERSION, version))
    .reduce<string | null>((newest, each) => (newest === null || isOlder(newest, each) ? each : newest), null);

const isSupported = (version: string): boolean =>
  version === '' || version.split('.')[0] === PIXEL_EXTENSION_VERSION.split('.')[0];

export const statusOf = (facts: {
  isUninstalled: boolean;
  isStopped: boolean;
  record: Pick<
    ExtensionRecord,
    'wanted' | 'status' | 'problem' | 'webPixelId' | 'endpoint' | 'activatedAt' | 'updatedAt'
  >;
  endpoint: string;
  lastEventAt: number | null;
  newestVersion: string | null;
  now: number;
}): { status: StoreStatus['status']; since: string | null; problem: string | null } => {
  const { record, lastEventAt } = facts;
  const last = lastEventAt === null ? null : toIso(lastEventAt);
  if (facts.isUninstalled) return { status: 'uninstalled', since: null, problem: null };
  if (!record.wanted) return { status: 'paused', since: record.updatedAt, problem: null };
  if (facts.isStopped)
    return {
      status: 'paused',
      since: record.updatedAt,
      problem: 'Taken out of the store: the tunnel’s requests of this month are kept for webhooks (Settings → Tunnel).',
    };
  if (record.problem !== null) return { status: 'mismatched', since: record.updatedAt, problem: record.problem };
  if (record.webPixelId === null) return { status: 'never', since: null, problem: null };
  if (record.endpoint !== facts.endpoint)
    return {
      status: 'mismatched',
      since: null,
      problem:
        'The pixel sends to an address that is not Backroom’s public address any more. Activate the pixel again to put it right.',
    };
  if (facts.newestVersion && isOlder(facts.newestVersion, PIXEL_EXTENSION_VERSION))
    return {
      status: 'outdated',
      since: null,
      problem: `The store runs version ${facts.newestVersion} of the extension; ${PIXEL_EXTENSION_VERSION} is current. Deploy it with Shopify’s CLI; what still sends is taken meanwhile.`,
    };
  if (lastEventAt !== null && facts.now - lastEventAt < SILENT_S * 1000)
    return { status: 'receiving', since: record.activatedAt, problem: null };
  return { status: 'silent', since: last ?? record.activatedAt, problem: null };
};

export const createPixelStatus = (options: {
  db: Database;
  clock: Clock;
  activation: PixelActivation;
  endpoint: () => string;
  isStopped: () => boolean;
  /** The stores and whether the app is gone from them. */
  shops: () => Promise<readonly { readonly shop: string; readonly isUninstalled: boolean }[]>;
}) => {
  const { db, clock } = options;

  const versionsOf = async (shop: string): Promise<Version[]> => {
    const rows = await db.read<{ version: string; first: number; last: number; events: number; quarantined: number }>(
      `SELECT version, min(at) AS first, max(at) AS last, sum(events) AS events,
        coalesce(sum(events) FILTER (WHERE outcome = 'quarantined'), 0) AS quarantined
      FROM pixel_rollups WHERE shop = ? AND grain = ? AND outcome <> 'limited' AND name <> ? GROUP BY version ORDER BY last DESC LIMIT 20`,
      [shop, GRAINS.hour, TEST_EVENT],
    );
    return rows.map((row) => ({
      version: row.version,
      firstAt: toIso(row.first * 1000),
      lastAt: toIso(row.last * 1000),
      events: row.events,
      quarantined: row.quarantined,
      supported: isSupported(row.version),
    }));
  };

  const one = async (shop: string, isUninstalled: boolean): Promise<StoreStatus | null> => {
    const record = await options.activation.of(shop);
    if (!record) return null;
    const now = clock.now();
    const seconds = Math.floor(now / 1000);
    const [versions, [last], [rate], day, oldKeys] = await Promise.all([
      versionsOf(shop),
      // Minutes are kept for two days, hours for ninety; the end of the finest that is there. A test event is no shopper's.
      db.read<{ end: number | null }>(
        `SELECT (SELECT max(at) + grain - 1 FROM pixel_rollups WHERE shop = ?1 AND grain = value AND name <> ?3) AS end
        FROM json_each(?2) WHERE end IS NOT NULL ORDER BY value LIMIT 1`,
        [shop, JSON.stringify(Object.values(GRAINS)), TEST_EVENT],
      ),
      db.read<{ events: number }>(
        `SELECT coalesce(sum(events), 0) AS events FROM pixel_rollups WHERE shop = ? AND grain = ? AND at > ? AND outcome = 'accepted' AND name <> ?`,
        [shop, GRAINS.minute, seconds - RATE_S, TEST_EVENT],
      ),
      db.read<{ outcome: string; events: number }>(
        'SELECT outcome, sum(events) AS events FROM pixel_rollups WHERE shop = ? AND grain = ? AND at > ? GROUP BY outcome',
        [shop, GRAINS.hour, seconds - GRAINS.day],
      ),
      db.read<{ pixel_key: string; ends_at: number }>(
        'SELECT pixel_key, ends_at FROM pixel_old_keys WHERE shop = ? AND ends_at > ? ORDER BY ends_at LIMIT 20',
        [shop, now],
      ),
    ]);
    const total = day.reduce((sum, row) => sum + row.events, 0);
    const share = (outcome: string): number =>
      total === 0 ? 0 : (day.find((row) => row.outcome === outcome)?.events ?? 0) / total;
    // The running minute counts as now.
    const lastEventAt = last?.end ? Math.min(now, last.end * 1000) : null;
    return {
      shop,
      ...statusOf({
        isUninstalled,
        isStopped: options.isStopped(),
        record,
        endpoint: options.endpoint(),
        lastEventAt,
        newestVersion: newestOf(versions),
        now,
      }),
      pixelKey: record.pixelKey,
      oldKeys: oldKeys.map((row) => ({ pixelKey: row.pixel_key, endsAt: toIso(row.ends_at) })),
      webPixelId: record.webPixelId,
      endpoint: record.endpoint,
      checkedAt: record.checkedAt,
      lastEventAt: lastEventAt === null ? null : toIso(lastEventAt),
      eventsPerMinute: (rate?.events ?? 0) / (RATE_S / 60),
      shareQuarantined: share('quarantined'),
      shareLimited: share('limited'),
      versions,
    };
  };

  return {
    one: async (shop: string): Promise<StoreStatus | null> => {
      const found = (await options.shops()).find((each) => each.shop === shop);
      return one(shop, found?.isUninstalled ?? false);
    },
    all: async (): Promise<StoreStatus[]> => {
      const found = await Promise.all(
        (await options.shops()).map(({ shop, isUninstalled }) => one(shop, isUninstalled)),
      );
      return found.filter((each): each is StoreStatus => each !== null);
    },
  };
};
