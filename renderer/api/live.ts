import type { Query, QueryFilters } from '@tanstack/react-query';
import './zod-without-eval.ts';
import { LiveMessage, type LiveTopic } from '../../shared/live.ts';
import { recentRecords } from '../records/recent-records.ts';
import { markChanged } from './changes.ts';
import { connection } from './connection.ts';
import { isResting } from './resting.ts';
import { type ChangedIds, createTopicThrottle } from './topic-throttle.ts';
import { client, queryClient, trpc } from './trpc.ts';

/** Several topics move the counts; they get their own, slower beat. */
type Key = LiveTopic | 'stats' | 'counted';

const FIRST_DELAY = 250;
const LONGEST_DELAY = 3000;
const COUNTED: ReadonlySet<LiveTopic> = new Set<LiveTopic>([
  'stores',
  'products',
  'orders',
  'transactions',
  'customers',
  'webhooks',
  'pixel',
]);

const ROWS: ReadonlySet<LiveTopic> = new Set<LiveTopic>(['products', 'orders', 'transactions', 'customers']);

/** The detail of one row is asked for again only when that row changed. */
const concerns =
  (ids: ChangedIds) =>
  (query: Query): boolean => {
    if (ids === null) return true;
    const [path, options] = query.queryKey as readonly [unknown, { input?: { id?: unknown } }?];
    if (!Array.isArray(path) || path[1] !== 'get') return true;
    const id = options?.input?.id;
    return typeof id !== 'string' || ids.has(id);
  };

const invalidate = (filters: QueryFilters): Promise<void> =>
  queryClient.invalidateQueries({
    ...filters,
    predicate: (query) => !isResting(query, Date.now()) && (filters.predicate?.(query) ?? true),
  });

const refresh = async (key: Key, ids: ChangedIds): Promise<void> => {
  const predicate = concerns(ids);
  switch (key) {
    case 'stats':
      await invalidate(trpc.system.stats.pathFilter());
      return;
    case 'system':
      await Promise.all([invalidate(trpc.system.status.pathFilter()), invalidate(trpc.tunnel.pathFilter())]);
      return;
    case 'settings':
      await Promise.all([
        invalidate(trpc.settings.pathFilter()),
        invalidate(trpc.backups.pathFilter()),
        invalidate(trpc.system.status.pathFilter()),
      ]);
      return;
    case 'exports':
      await invalidate(trpc.browse.exports.pathFilter());
      return;
    case 'stores':
      // Each connected store has a pixel, and one that was uninstalled has lost it.
      await Promise.all([invalidate(trpc.stores.pathFilter()), invalidate(trpc.pixel.stores.pathFilter())]);
      return;
    case 'products':
      await Promise.all([
        invalidate(trpc.products.pathFilter({ predicate })),
        invalidate(trpc.browse.productCharts.pathFilter()),
      ]);
      break;
    case 'webhooks':
      await invalidate(trpc.webhooks.pathFilter({ predicate }));
      break;
    case 'privacy':
      // Whoever was erased may be among them.
      recentRecords.set([]);
      await invalidate(trpc.privacy.pathFilter());
      return;
    case 'pixel':
      await invalidate(trpc.pixel.pathFilter({ predicate }));
      break;
    case 'tasks':
      // A task shows its family, and a new child is known by no id yet.
      await invalidate(trpc.tasks.pathFilter());
      break;
    case 'orders':
      await Promise.all([
        invalidate(trpc.orders.pathFilter({ predicate })),
        invalidate(trpc.browse.charts.pathFilter()),
        invalidate(trpc.browse.customerCharts.pathFilter()),
      ]);
      break;
    case 'transactions':
      await Promise.all([
        invalidate(trpc.transactions.pathFilter({ predicate })),
        invalidate(trpc.browse.transactionCharts.pathFilter()),
      ]);
      break;
    case 'customers':
      await Promise.all([
        invalidate(trpc.customers.pathFilter({ predicate })),
        invalidate(trpc.browse.customerCharts.pathFilter()),
      ]);
      break;
    case 'counted':
      await invalidate(trpc.browse.count.pathFilter());
      return;
    default:
      key satisfies never;
  }
  // Only now do the rows show what changed.
  if (ids !== null) markChanged(ids);
};

const warn =
  (text: string) =>
  (error: unknown): void =>
    console.warn(text, error);

const parse = (data: unknown): LiveMessage | null => {
  if (typeof data !== 'string') return null;
  try {
    const result = LiveMessage.safeParse(JSON.parse(data));
    if (result.success) return result.data;
    console.warn('A live message has an unknown form and was left out.', result.error.issues);
  } catch (error) {
    warn('A live message is not JSON and was left out.')(error);
  }
  return null;
};

/** Opens the one stream and keeps it open. Returns what ends it. */
export const startLive = (): (() => void) => {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = FIRST_DELAY;
  let openedBefore = false;

  const throttle = createTopicThrottle<Key>({
    interval: (key) => (key === 'stats' || key === 'counted' ? 1000 : 250),
    patience: 5000,
    run: refresh,
    onError: warn('Refreshing after a live message failed.'),
  });

  const opened = (): void => {
    delay = FIRST_DELAY;
    connection.opened();
    // Whatever happened while the stream was down was not heard. Before the first opening only what failed has to be asked again.
    const filters = openedBefore ? {} : { predicate: (query: Query) => query.state.fetchFailureCount > 0 };
    openedBefore = true;
    queryClient.invalidateQueries(filters).catch(warn('Refreshing after reconnecting failed.'));
  };

  const closed = (): void => {
    source?.close();
    connection.dropped();
    source = null;
    if (connection.get() === 'ended') return;
    // Later failures leave the more exact state alone that the calls below found.
    if (connection.get() === 'connected') connection.away('restarting');
    // EventSource hides why it failed; this small call finds out (restarting, offline or no session any more).
    if (delay === FIRST_DELAY) {
      queryClient.invalidateQueries(trpc.system.status.pathFilter()).catch(warn('Asking for the backend failed.'));
    }
    timer = setTimeout(open, delay);
    delay = Math.min(delay * 2, LONGEST_DELAY);
  };

  const open = (): void => {
    clearTimeout(timer);
    source = new EventSource('/live');
    source.onopen = opened;
    source.onerror = closed;
    source.onmessage = (event: MessageEvent<unknown>) => {
      const message = parse(event.data);
      if (message === null) return;
      connection.heard();
      throttle.push(message.topic, message.ids);
      if (COUNTED.has(message.topic)) throttle.push('stats');
      if (ROWS.has(message.topic)) throttle.push('counted');
    };
  };

  /** A network that comes back (a laptop that wakes) should not wait for the longest delay. */
  const hurry = (): void => {
    // What this computer's network does to the console it does to the tunnel. A backend that is away looks anew when it is back.
    client.tunnel.recheck.mutate().catch(warn('The tunnel could not be looked at.'));
    if (source?.readyState === EventSource.OPEN && connection.get() === 'connected') return;
    source?.close();
    connection.dropped();
    delay = FIRST_DELAY;
    open();
  };

  window.addEventListener('online', hurry);
  open();
  return () => {
    window.removeEventListener('online', hurry);
    clearTimeout(timer);
    throttle.stop();
    source?.close();
  };
};
