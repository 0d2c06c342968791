import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { loadDelivery, sequenceOf } from './delivery-rows.ts';

const MOST = 500;

/** Deliveries that the operator gave a name: they are kept past the retention, and are at hand for another run. */
export const createBookmarks = (db: Database, clock: Clock) => ({
  list: async () => ({
    items: await db.read<{ id: string; name: string; createdAt: string; topic: string; shop: string | null }>(
      `SELECT CAST(m.seq AS TEXT) AS id, m.name, m.created_at AS createdAt, d.topic, d.shop
       FROM webhook_bookmarks AS m JOIN webhook_deliveries AS d ON d.seq = m.seq ORDER BY m.id DESC LIMIT ${MOST}`,
    ),
  }),
  /** Null removes it. @throws AppError `NOT_FOUND` */
  save: async (id: string, name: string | null): Promise<void> => {
    const seq = sequenceOf(id);
    if (name === null) {
      await db.writeStatements((connection) => connection.run('DELETE FROM webhook_bookmarks WHERE seq = ?', seq));
      return;
    }
    await loadDelivery(db, id);
    await db.writeStatements((connection) =>
      connection.run(
        'INSERT INTO webhook_bookmarks (seq, name, created_at) VALUES (?, ?, ?) ON CONFLICT (seq) DO UPDATE SET name = excluded.name',
        seq,
        name,
        toIso(clock.now()),
      ),
    );
  },
});
