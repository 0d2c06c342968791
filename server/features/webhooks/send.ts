import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import { toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Ids } from '../../platform/ids.ts';
import { signatureOf } from '../../shopify/webhook-signature.ts';
import { loadDelivery } from './delivery-rows.ts';
import { ORIGIN_HEADER } from './routes.ts';

const TIMEOUT_MS = 10_000;
const SHOWN_BYTES = 10_000;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Sends deliveries from here: edited ones and samples through the real public door, kept ones to a program on this computer. */
export interface WebhookSender {
  send(input: z.output<typeof api.WebhookSendInput>): Promise<z.output<typeof api.WebhookSendOutput>>;
  forward(input: z.output<typeof api.WebhookForwardInput>): Promise<z.output<typeof api.WebhookForwardOutput>>;
  curl(id: string): Promise<{ command: string }>;
}

/** In single quotes a shell takes everything literally but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const readBounded = async (response: Response): Promise<string> => {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (text.length < SHOWN_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text.slice(0, SHOWN_BYTES);
};

export const createWebhookSender = (options: {
  db: Database;
  clock: Clock;
  ids: Ids;
  /** Origin of the public door on this computer. */
  localUrl: () => string;
  /** The current secret first. */
  secrets: () => readonly string[];
  apiVersion: string;
}): WebhookSender => {
  const secret = (): string => {
    const [current] = options.secrets();
    if (current === undefined)
      throw new AppError('NOT_CONFIGURED', 'There is no client secret to sign with.', {
        hint: 'Enter the app’s client secret in Settings.',
      });
    return current;
  };
  const kept = async (id: string) => {
    const { row, headers, payload } = await loadDelivery(options.db, id);
    if (payload === null)
      throw new AppError('CONFLICT', 'The body of this delivery is not kept.', {
        hint: 'A refused request is kept without its body; an erased one has none any more.',
      });
    const family = Object.keys(headers).some((name) => name.startsWith('x-shopify-')) ? 'x-shopify' : 'shopify';
    const signed = { ...headers, [`${family}-hmac-sha256`]: signatureOf(secret(), Buffer.from(payload)) };
    return { row, headers: { 'content-type': 'application/json', ...signed }, payload };
  };

  return {
    send: async (input) => {
      const body = Buffer.from(input.payload);
      const webhookId = options.ids.uuid();
      const response = await fetch(`${options.localUrl()}/webhooks`, {
        method: 'POST',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Backroom',
          'x-shopify-topic': input.topic,
          'x-shopify-shop-domain': input.shop,
          'x-shopify-api-version': options.apiVersion,
          'x-shopify-webhook-id': webhookId,
          'x-shopify-event-id': options.ids.uuid(),
          'x-shopify-triggered-at': toIso(options.clock.now()),
          'x-shopify-hmac-sha256': signatureOf(secret(), body),
          [ORIGIN_HEADER]: input.fromId === undefined ? input.kind : `${input.kind} ${input.fromId}`,
        },
        body,
      });
      await response.arrayBuffer();
      const [row] = await options.db.read<{ seq: number }>(
        'SELECT seq FROM webhook_deliveries WHERE webhook_id = ? ORDER BY seq DESC LIMIT 1',
        [webhookId],
      );
      return { status: response.status, id: row ? String(row.seq) : null };
    },

    forward: async ({ id, url }) => {
      const target = new URL(url);
      if (target.protocol !== 'http:' || !LOOPBACK.test(target.hostname))
        throw new AppError('BAD_REQUEST', 'Deliveries are sent on to programs on this computer only.', {
          hint: 'Use an address like http://localhost:3000/webhooks.',
        });
      const { headers, payload } = await kept(id);
      const started = performance.now();
      const took = (): number => Math.round(performance.now() - started);
      try {
        const response = await fetch(target, {
          method: 'POST',
          headers,
          body: payload,
          redirect: 'manual',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        const body = await readBounded(response);
        return {
          status: response.status,
          durationMs: took(),
          headers: Object.fromEntries(response.headers),
          body,
          problem: null,
        };
      } catch (error) {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
        return { status: null, durationMs: took(), headers: {}, body: '', problem: `Nobody answered: ${cause}` };
      }
    },

    curl: async (id) => {
      const { headers, payload } = await kept(id);
      const lines = Object.entries(headers).map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)} \\`);
      return {
        command: [
          `curl -i -X POST ${quoted(`${options.localUrl()}/webhooks`)} \\`,
          ...lines,
          `  --data-binary ${quoted(payload)}`,
        ].join('\n'),
      };
    },
  };
};
