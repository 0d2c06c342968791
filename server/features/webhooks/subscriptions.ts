import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { CallOptions, ShopifyClient } from '../../shopify/client.ts';
import {
  WebhookSubscriptionCreateDocument,
  type WebhookSubscriptionCreateMutation,
  WebhookSubscriptionDeleteDocument,
  WebhookSubscriptionsListDocument,
  WebhookSubscriptionUpdateDocument,
  type WebhookSubscriptionUpdateMutation,
} from '../../shopify/generated/admin.ts';
import { type MutationResult, userErrorText } from '../../shopify/user-errors.ts';
import { compareSubscriptions, desiredFor, type ExistingSubscription, topicOf } from './desired-subscriptions.ts';

export interface Subscriptions {
  /**
   * Makes the store's subscriptions as desired: creates what is missing, corrects a changed address, removes our duplicates. Those of other
   * topics are left alone: they may be another backend's of the same app. Answers the topics that are subscribed. @throws AppError
   */
  ensure(client: ShopifyClient, scopes: readonly string[], signal?: AbortSignal): Promise<string[]>;
  /** Takes away what leads to this backend's present address. Answers the topics that stay, with the reason. @throws AppError */
  remove(client: ShopifyClient, signal?: AbortSignal): Promise<string[]>;
  /** What was found and made at the last look, for each store. */
  list(shops: readonly string[]): Promise<api.WebhookSubscriptionCheck[]>;
}

const HINT =
  'Shopify wants a public https address: start the tunnel or set BACKROOM_PUBLIC_URL, then repair the store.';

const assertDone = (topic: string, result: MutationResult<unknown>): void => {
  if (result.ok) return;
  const reasons = userErrorText(result.userErrors);
  throw new AppError('SHOPIFY_ERROR', `The webhook ${topic} could not be registered: ${reasons}`, { hint: HINT });
};

const listExisting = async (client: ShopifyClient, call: CallOptions): Promise<ExistingSubscription[]> => {
  const found: ExistingSubscription[] = [];
  const pages = client.paginate(WebhookSubscriptionsListDocument, {}, (data) => data.webhookSubscriptions, call);
  for await (const { nodes } of pages)
    for (const { id, topic, uri, apiVersion } of nodes)
      found.push({ id, enumName: topic, uri, apiVersion: apiVersion.handle });
  return found;
};

const drop = (client: ShopifyClient, id: string, call: CallOptions) =>
  client.mutate(WebhookSubscriptionDeleteDocument, { id }, (data) => data.webhookSubscriptionDelete, call);

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
  /** Shopify has no longer what it had at the last look, at `since`. */
  onDropped: (shop: string, since: string) => Promise<unknown>;
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
    call: CallOptions,
  ) => {
    const uri = options.uri();
    let problem: AppError | null = null;
    for (const { enumName, topic } of desiredFor(scopes)) {
      const [first, ...extra] = existing.filter((subscription) => subscription.enumName === enumName);
      try {
        if (!first) {
          const variables = { topic: enumName, webhookSubscription: { uri } };
          const pick = (data: WebhookSubscriptionCreateMutation) => data.webhookSubscriptionCreate;
          assertDone(topic, await client.mutate(WebhookSubscriptionCreateDocument, variables, pick, call));
        } else if (first.uri !== uri) {
          const variables = { id: first.id, webhookSubscription: { uri } };
          const pick = (data: WebhookSubscriptionUpdateMutation) => data.webhookSubscriptionUpdate;
          assertDone(topic, await client.mutate(WebhookSubscriptionUpdateDocument, variables, pick, call));
        }
        // One that is gone already is as wanted.
        for (const { id } of extra) await drop(client, id, call);
      } catch (error) {
        // Only what Shopify says of this one topic; when it can't be reached, the others can't either.
        if (!(error instanceof AppError) || error.code !== 'SHOPIFY_ERROR') throw error;
        problem ??= error;
      }
    }
    return problem;
  };

  /** When the last look was, if one that was wanted and there is gone since. An address of ours that changed is nothing that was dropped. */
  const droppedSince = async (
    shop: string,
    now: readonly ExistingSubscription[],
    scopes: readonly string[],
  ): Promise<string | null> => {
    const [last] = await db.read<{ at: string; found: string }>(
      'SELECT checked_at AS at, found FROM webhook_subscription_checks WHERE shop = ?',
      [shop],
    );
    if (!last) return null;
    const wanted = new Set<string>(desiredFor(scopes).map(({ enumName }) => enumName));
    const had = (JSON.parse(last.found) as ExistingSubscription[]).filter(({ enumName }) => wanted.has(enumName));
    const isThere = ({ enumName, uri }: ExistingSubscription): boolean =>
      now.some((other) => other.enumName === enumName && other.uri === uri);
    return had.every(isThere) ? null : last.at;
  };

  return {
    ensure: async (client, scopes, signal) => {
      const call = signal ? { signal } : {};
      const before = await listExisting(client, call);
      const since = await droppedSince(client.shop, before, scopes);
      if (since !== null) await options.onDropped(client.shop, since);
      const problem = await repair(client, scopes, before, call);
      const after = await listExisting(client, call);
      await save(client.shop, after, problem);
      if (problem) throw problem;
      return desiredFor(scopes).map(({ topic }) => topic);
    },
    remove: async (client, signal) => {
      const call = { priority: 'interactive', ...(signal ? { signal } : {}) } as const;
      const uri = options.uri();
      const stays: string[] = [];
      for (const { id, enumName, uri: address } of await listExisting(client, call)) {
        if (address !== uri) continue;
        const result = await drop(client, id, call);
        if (!result.ok) stays.push(`${topicOf(enumName)} (${userErrorText(result.userErrors)})`);
      }
      await save(client.shop, await listExisting(client, call), null);
      return stays;
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
