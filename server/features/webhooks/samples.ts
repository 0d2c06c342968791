import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Database } from '../../platform/db/database.ts';

/** A record of the store in the form of this topic's body, from whoever keeps that kind; null: there is none. */
export type SampleRecord = (shop: string, topic: string) => Promise<unknown>;

const LAST = `
SELECT b.payload, d.topic FROM webhook_deliveries AS d JOIN webhook_bodies AS b ON b.seq = d.seq
WHERE d.shop = ? AND d.topic LIKE ? AND d.state IN ('processed', 'ignored') AND d.origin IS NULL AND b.payload IS NOT NULL ORDER BY d.seq DESC LIMIT 1`;

/** A body for a topic, made from something real of the store: its last delivery of the topic, a stored record, or a delivery of the same kind. */
export const createSamples =
  (db: Database, record: SampleRecord) =>
  async (shop: string, topic: string): Promise<z.output<typeof api.WebhookSample>> => {
    const [kind = ''] = topic.split('/', 1);
    const shaped = (body: unknown): string => {
      const isDelete = topic.endsWith('/delete') && typeof body === 'object' && body !== null && 'id' in body;
      return JSON.stringify(isDelete ? { id: body.id } : body, null, 2);
    };
    const last = async (pattern: string) => {
      const [found] = await db.read<{ payload: string; topic: string }>(LAST, [shop, pattern]);
      return found
        ? { topic, payload: shaped(JSON.parse(found.payload)), from: `the last ${found.topic} of this store` }
        : null;
    };
    const same = await last(topic);
    if (same) return same;
    const known = await record(shop, topic);
    if (known !== null) return { topic, payload: shaped(known), from: 'a record of this store' };
    const akin = await last(`${kind}/%`);
    if (akin) return akin;
    throw new AppError('NOT_FOUND', `There is nothing of the kind “${kind}” of this store to make a sample from.`, {
      hint: 'Fetch the store’s data first, or write the payload by hand.',
    });
  };
