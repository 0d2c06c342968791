import { addToCounters } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';

/**
 * Deliveries that came before their store was known here were kept but changed nothing. Once the store is connected they are due again;
 * those without a handler are simply ignored again.
 */
export const requeueIgnored = (db: Database, shop: string): Promise<void> =>
  db.writeStatements(async (connection) => {
    const again = await connection.run(
      `UPDATE webhook_deliveries SET state = 'received', processed_at = NULL WHERE state = 'ignored' AND shop = ?`,
      shop,
    );
    await addToCounters(connection, [{ shop, name: 'webhooks.processed', by: -again }]);
  });
