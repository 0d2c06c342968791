import type { StatementConnection } from '../../../platform/db/statement-connection.ts';
import { type EventFacts, STEPS, stepOf } from './facts.ts';

/** A shopper who does nothing for this long and comes back begins a new session. */
export const SESSION_GAP_MS = 30 * 60_000;
const MAX_PATH = 40;

interface PathStep {
  /** Seconds since the epoch. */
  readonly t: number;
  readonly n: string;
  readonly p: string | null;
}

interface Session {
  id: number | null;
  readonly shop: string;
  readonly clientId: string;
  startedAt: number;
  lastAt: number;
  steps: number;
  events: number;
  source: string;
  landing: string | null;
  checkoutToken: string | null;
  orderId: string | null;
  completedAt: number | null;
  path: PathStep[];
  /** As it was before this part of the events; null for a new session. */
  readonly before: { readonly startedAt: number; readonly steps: number } | null;
  touched: boolean;
}

export interface SessionRow {
  id: number;
  shop: string;
  client_id: string;
  started_at: number;
  last_at: number;
  steps: number;
  events: number;
  source: string;
  landing: string | null;
  checkout_token: string | null;
  order_id: string | null;
  completed_at: number | null;
  path: string;
}

/** Without the name of the index SQLite takes the one by start, and reads most sessions of the store for each client. */
const FIND = `SELECT s.* FROM json_each(?) AS k CROSS JOIN pixel_sessions AS s INDEXED BY pixel_sessions_client
  ON s.client_id = k.value->>0 AND s.shop = k.value->>1 AND s.last_at >= k.value->>2 AND s.started_at <= k.value->>3`;
const COLUMNS = 'started_at, last_at, steps, events, source, landing, checkout_token, order_id, completed_at, path';
const INSERT = `INSERT INTO pixel_sessions (shop, client_id, ${COLUMNS})
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9, value->>10, value->>11 FROM json_each(?)`;
const UPDATE = `UPDATE pixel_sessions SET (${COLUMNS}) =
  (c.value->>1, c.value->>2, c.value->>3, c.value->>4, c.value->>5, c.value->>6, c.value->>7, c.value->>8, c.value->>9, c.value->>10)
  FROM json_each(?) AS c WHERE pixel_sessions.id = c.value->>0`;
const FUNNEL = `INSERT INTO pixel_funnel (shop, grain, at, sessions, viewed, added, started, paid)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7 FROM json_each(?) WHERE true
  ON CONFLICT (shop, grain, at) DO UPDATE SET sessions = sessions + excluded.sessions, viewed = viewed + excluded.viewed,
    added = added + excluded.added, started = started + excluded.started, paid = paid + excluded.paid`;

const keyOf = (event: EventFacts): string => `${event.shop} ${event.clientId}`;

const load = async (
  connection: StatementConnection,
  events: readonly EventFacts[],
): Promise<Map<string, Session[]>> => {
  const ranges = new Map<string, [string, string, number, number]>();
  for (const event of events) {
    const range = ranges.get(keyOf(event));
    const from = event.at - SESSION_GAP_MS;
    const to = event.at + SESSION_GAP_MS;
    if (!range) ranges.set(keyOf(event), [event.clientId, event.shop, from, to]);
    else {
      range[2] = Math.min(range[2], from);
      range[3] = Math.max(range[3], to);
    }
  }
  const rows = await connection.all<SessionRow>(FIND, JSON.stringify([...ranges.values()]));
  const found = new Map<string, Session[]>();
  for (const row of rows) {
    const key = `${row.shop} ${row.client_id}`;
    const session: Session = {
      id: row.id,
      shop: row.shop,
      clientId: row.client_id,
      startedAt: row.started_at,
      lastAt: row.last_at,
      steps: row.steps,
      events: row.events,
      source: row.source,
      landing: row.landing,
      checkoutToken: row.checkout_token,
      orderId: row.order_id,
      completedAt: row.completed_at,
      path: JSON.parse(row.path) as PathStep[],
      before: { startedAt: row.started_at, steps: row.steps },
      touched: false,
    };
    const list = found.get(key);
    if (list) list.push(session);
    else found.set(key, [session]);
  }
  return found;
};

const start = (event: EventFacts): Session => ({
  id: null,
  shop: event.shop,
  clientId: event.clientId,
  startedAt: event.at,
  lastAt: event.at,
  steps: 0,
  events: 0,
  source: event.source,
  landing: event.page,
  checkoutToken: null,
  orderId: null,
  completedAt: null,
  path: [],
  before: null,
  touched: true,
});

const take = (session: Session, event: EventFacts): void => {
  session.touched = true;
  session.events += 1;
  session.steps |= stepOf(event.name);
  if (event.at < session.startedAt) {
    // A late event that turns out to be the first: it knows where the visit came from.
    session.startedAt = event.at;
    session.source = event.source;
    session.landing = event.page ?? session.landing;
  }
  session.lastAt = Math.max(session.lastAt, event.at);
  session.checkoutToken = event.checkoutToken ?? session.checkoutToken;
  session.orderId = event.orderId ?? session.orderId;
  if (event.name === 'checkout_completed') session.completedAt = event.at;
  if (session.path.length < MAX_PATH) {
    session.path.push({ t: Math.floor(event.at / 1000), n: event.name, p: event.page });
    session.path.sort((a, b) => a.t - b.t);
  }
};

const valuesOf = (session: Session): (string | number | null)[] => [
  session.startedAt,
  session.lastAt,
  session.steps,
  session.events,
  session.source,
  session.landing,
  session.checkoutToken,
  session.orderId,
  session.completedAt,
  JSON.stringify(session.path),
];

const saveFunnel = async (connection: StatementConnection, sessions: readonly Session[]): Promise<void> => {
  const changes = new Map<string, number[]>();
  const count = (shop: string, startedAt: number, steps: number, by: number): void => {
    const seconds = Math.floor(startedAt / 1000);
    for (const grain of [3600, 86_400]) {
      const key = JSON.stringify([shop, grain, seconds - (seconds % grain)]);
      const change = changes.get(key) ?? [0, 0, 0, 0, 0];
      [1, STEPS.viewed, STEPS.added, STEPS.started, STEPS.paid].forEach((bit, index) => {
        if (index === 0 || (steps & bit) !== 0) change[index] = (change[index] ?? 0) + by;
      });
      changes.set(key, change);
    }
  };
  for (const session of sessions) {
    if (session.before) count(session.shop, session.before.startedAt, session.before.steps, -1);
    count(session.shop, session.startedAt, session.steps, 1);
  }
  const rows = [...changes].filter(([, change]) => change.some((each) => each !== 0));
  if (rows.length > 0)
    await connection.run(FUNNEL, JSON.stringify(rows.map(([key, change]) => [...(JSON.parse(key) as []), ...change])));
};

/** A step that a session reached for the first time, for the lists of sources. */
export interface SourceChange {
  readonly shop: string;
  readonly at: number;
  readonly source: string;
  readonly seen: number;
  readonly added: number;
  readonly paid: number;
}

/**
 * Stitches events to sessions by client id and time, in the caller's transaction. Late events join the session they fall into; two sessions
 * that a late event would join stay two.
 */
export const stitchSessions = async (
  connection: StatementConnection,
  events: readonly EventFacts[],
): Promise<readonly SourceChange[]> => {
  const known = await load(connection, events);
  for (const event of events) {
    const own = known.get(keyOf(event)) ?? [];
    const fits = own.find(
      (session) => event.at >= session.startedAt - SESSION_GAP_MS && event.at <= session.lastAt + SESSION_GAP_MS,
    );
    const session = fits ?? start(event);
    if (!fits) known.set(keyOf(event), [...own, session]);
    take(session, event);
  }
  const touched = [...known.values()].flat().filter((session) => session.touched);
  const fresh = touched.filter((session) => session.id === null);
  const changed = touched.filter((session) => session.id !== null);
  if (fresh.length > 0)
    await connection.run(
      INSERT,
      JSON.stringify(fresh.map((session) => [session.shop, session.clientId, ...valuesOf(session)])),
    );
  if (changed.length > 0)
    await connection.run(UPDATE, JSON.stringify(changed.map((session) => [session.id, ...valuesOf(session)])));
  await saveFunnel(connection, touched);
  const reached = (session: Session, bit: number): number =>
    (session.steps & bit) !== 0 && ((session.before?.steps ?? 0) & bit) === 0 ? 1 : 0;
  return touched.map((session) => ({
    shop: session.shop,
    at: session.startedAt,
    source: session.source,
    seen: session.before === null ? 1 : 0,
    added: reached(session, STEPS.added),
    paid: reached(session, STEPS.paid),
  }));
};
