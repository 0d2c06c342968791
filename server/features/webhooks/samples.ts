import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Database } from '../../platform/db/database.ts';

/** A record of the store in the form of a webhook body, from whoever keeps that kind; null: there is none. */
export type SampleRecord = (shop: string, kind: string) => Promise<unknown>;

const LAST = `
SELECT b.payload, d.topic FROM webhook_deliveries AS d JOIN webhook_bodies AS b ON b.seq = d.seq
WHERE d.shop = ? AND d.topic LIKE ? AND d.state IN ('processed', 'ignored') AND d.origin IS NULL AND b.payload IS NOT NULL ORDER BY d.seq DESC LIMIT 1`;

/** A body for a topic, made from something real of the store: its last delivery of the topic, one of the same kind, or a stored record. */
export const createSamples =
  (db: Database, record: SampleRecord) =>
  async (shop: string, topic: string): Promise<z.output<typeof api.WebhookSample>> => {
    const [kind = ''] = topic.split('/', 1);
    const shaped = (body: unknown): string => {
      const isDelete = topic.endsWith('/delete') && typeof body === 'object' && body !== null && 'id' in body;
      return JSON.stringify(isDelete ? { id: body.id } : body, null, 2);
    };
    for (const pattern of [topic, `${kind}/%`]) {
      const [found] = await db.read<{ payload: string; topic: string }>(LAST, [shop, pattern]);
      if (found)
        return { topic, payload: shaped(JSON.parse(found.payload)), from: `the last ${found.topic} of this store` };
    }
    const known = await record(shop, kind);
    if (known !== null) return { topic, payload: shaped(known), from: 'a record of this store' };
    throw new AppError('NOT_FOUND', `There is nothing of the kind “${kind}” of this store to make a sample from.`, {
      hint: 'Fetch the store’s data first, or write the payload by hand.',
    });
  };
