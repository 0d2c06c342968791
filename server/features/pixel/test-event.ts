import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import type { Clock } from '../../platform/clock.ts';
import { toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Ids } from '../../platform/ids.ts';
import { TEST_EVENT } from './analysis/facts.ts';
import { eventKey } from './event-key.ts';

const TIMEOUT_MS = 10_000;

/** Sends one event the way a browser would, through the public address, and looks for it in the database. */
export const createTestEvent =
  (options: {
    db: Database;
    clock: Clock;
    ids: Ids;
    endpoint: () => string;
    keyOf: (shop: string) => Promise<string>;
  }) =>
  async (shop: string): Promise<z.output<typeof api.PixelTestResult>> => {
    const { db, clock, ids } = options;
    const address = options.endpoint();
    const id = ids.uuid();
    const [before] = await db.read<{ seq: number | null }>('SELECT max(seq) AS seq FROM pixel_events');
    const started = clock.now();
    const failed = (problem: string) => ({ ok: false, milliseconds: null, address, problem });
    try {
      const answer = await fetch(`${address}?key=${encodeURIComponent(await options.keyOf(shop))}`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain;charset=UTF-8', 'ngrok-skip-browser-warning': '1' },
        body: JSON.stringify({
          id,
          clientId: 'backroom-test',
          name: TEST_EVENT,
          type: 'custom',
          timestamp: toIso(started),
          customData: null,
        }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (answer.status !== 204) return failed(`The public address answered ${answer.status} instead of 204.`);
    } catch (error) {
      const reason =
        error instanceof Error && error.name === 'TimeoutError' ? 'nobody answered in 10 s' : 'nobody answered';
      return failed(`The public address could not be reached: ${reason}.`);
    }
    const rows = await db.read('SELECT 1 FROM pixel_events WHERE seq > ? AND event_key = ?', [
      before?.seq ?? 0,
      eventKey(shop, id),
    ]);
    if (rows.length === 0)
      return failed('The address answered, but the event did not arrive here: somebody else listens there.');
    return { ok: true, milliseconds: clock.now() - started, address, problem: null };
  };
