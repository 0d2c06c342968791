import { type TopicHandler, topicHandler } from '../../../platform/topic-handler.ts';
import type { BulkWakeUps } from '../../../shopify/bulk.ts';
import { fieldsOf } from '../records/fields.ts';

/** `bulk_operations/finish`: whoever waits for that operation asks Shopify at once. */
export const bulkFinishHandler = (wakeUps: Pick<BulkWakeUps, 'notify'>): TopicHandler =>
  topicHandler<string>({
    prepare: (payload) => fieldsOf(payload, 'a bulk operation').text('admin_graphql_api_id'),
    write: async (_tx, operations, afterCommit) => {
      for (const id of operations) afterCommit(() => wakeUps.notify(id));
    },
  });
