import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { ShopifyClient } from '../../shopify/client.ts';
import {
  WebhookSubscriptionCreateDocument,
  WebhookSubscriptionDeleteDocument,
  WebhookSubscriptionsListDocument,
  WebhookSubscriptionUpdateDocument,
} from '../../shopify/generated/admin.ts';
import { compareSubscriptions, desiredFor, type ExistingSubscription } from './desired-subscriptions.ts';

export interface Subscriptions {
  /**
   * Makes the store's subscriptions as desired: creates what is missing, corrects a changed address, removes our duplicates. Those of other
   * topics are left alone: they may be another backend's of the same app. Answers the topics that are subscribed. @throws AppError
   */
  ensure(client: ShopifyClient, scopes: readonly string[]): Promise<string[]>;
  /** What was found and made at the last look, for each store. */
  list(shops: readonly string[]): Promise<api.WebhookSubscriptionCheck[]>;
}

const HINT =
  'Shopify wants a public https address: start the tunnel or set BACKROOM_PUBLIC_URL, then repair the store.';

const assertDone = (topic: string, userErrors: readonly { message: string }[] | undefined): void => {
  if (!userErrors || userErrors.length === 0) return;
  const reasons = userErrors.map((error) => error.message).join('; ');
  throw new AppError('SHOPIFY_ERROR', `The webhook ${topic} could not be registered: ${reasons}`, { hint: HINT });
};

const listExisting = async (client: ShopifyClient): Promise<ExistingSubscription[]> => {
  const found: ExistingSubscription[] = [];
  let after: string | null = null;
  do {
    const { webhookSubscriptions: page }: { webhookSubscriptions: SubscriptionsPage } = await client.request(
      WebhookSubscriptionsListDocument,
      { after },
    );
    for (const { id, topic, uri, apiVersion } of page.nodes)
      found.push({ id, enumName: topic, uri, apiVersion: apiVersion.handle });
    after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  return found;
};
interface SubscriptionsPage {
  readonly nodes: readonly { id: string; topic: string; uri: string; apiVersion: { handle: string } }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

const SAVE = `
INSERT INTO webhook_subscription_checks (shop, checked_at, found, problem) VALUES (?, ?, ?, ?)
ON CONFLICT (shop) DO UPDATE SET checked_at = excluded.checked_at, found = excluded.found, problem = excluded.problem`;

export const createSubscriptions = (options: {
  db: Database;
  clock: Clock;
  bus: EventBus;
  uri: () => string;
  apiVersion: string;
  scopesOf: (shop: string) => readonly string[];
}): Subscriptions => {
  const { db, clock } = options;

  const save = async (
    shop: string,
    found: readonly ExistingSubscription[],
    problem: AppError | null,
  ): Promise<void> => {
    const at = toIso(clock.now());
    const problemJson = problem === null ? null : JSON.stringify({ ...problem.toBody(), at });
    await db.writeStatements((connection) => connection.run(SAVE, shop, at, JSON.stringify(found), problemJson));
    options.bus.publish({ topic: 'webhooks', shop });
  };

  /** Every topic is tried: one that Shopify refuses must not keep the others from coming. The first problem is what is thrown. */
  const repair = async (
    client: ShopifyClient,
    scopes: readonly string[],
    existing: readonly ExistingSubscription[],
  ) => {
    const uri = options.uri();
    let problem: AppError | null = null;
    for (const { enumName, topic } of desiredFor(scopes)) {
      const [first, ...extra] = existing.filter((subscription) => subscription.enumName === enumName);
      try {
        if (!first) {
          const created = await client.request(WebhookSubscriptionCreateDocument, {
            topic: enumName,
            webhookSubscription: { uri },
          });
          assertDone(topic, created.webhookSubscriptionCreate?.userErrors);
        } else if (first.uri !== uri) {
          const updated = await client.request(WebhookSubscriptionUpdateDocument, {
            id: first.id,
            webhookSubscription: { uri },
          });
          assertDone(topic, updated.webhookSubscriptionUpdate?.userErrors);
        }
        for (const { id } of extra) await client.request(WebhookSubscriptionDeleteDocument, { id });
      } catch (error) {
        // Only what Shopify says of this one topic; when it can't be reached, the others can't either.
        if (!(error instanceof AppError) || error.code !== 'SHOPIFY_ERROR') throw error;
        problem ??= error;
      }
    }
    return problem;
  };

  return {
    ensure: async (client, scopes) => {
      const before = await listExisting(client);
      const problem = await repair(client, scopes, before);
      const after = await listExisting(client);
      await save(client.shop, after, problem);
      if (problem) throw problem;
      return desiredFor(scopes).map(({ topic }) => topic);
    },
    list: async (shops) => {
      const rows = await db.read<{ shop: string; checkedAt: string; found: string; problem: string | null }>(
        'SELECT shop, checked_at AS checkedAt, found, problem FROM webhook_subscription_checks',
      );
      const wantedUri = options.uri();
      return shops.map((shop) => {
        const row = rows.find((entry) => entry.shop === shop);
        const existing = row ? (JSON.parse(row.found) as ExistingSubscription[]) : [];
        const wanted = { uri: wantedUri, apiVersion: options.apiVersion, scopes: options.scopesOf(shop) };
        return {
          shop,
          checkedAt: row?.checkedAt ?? null,
          wantedUri,
          problem: row?.problem ? (JSON.parse(row.problem) as api.Problem) : null,
          subscriptions: row ? compareSubscriptions(existing, wanted) : [],
        };
      });
    },
  };
};
