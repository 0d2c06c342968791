import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { WebhookGap } from '../../shared/api.ts';
import { trpc } from '../api/trpc.ts';
import { formatCount, plural, shortShop } from '../lib/format.ts';
import { formatExact } from '../lib/time.ts';
import { IconClock } from './icons.ts';
import { RelativeTime } from './relative-time.tsx';

export const GAP_CAUSES: Readonly<Record<string, string>> = {
  downtime: 'Backroom was closed',
  sleep: 'The computer slept',
  tunnel: 'The tunnel was down',
  storage: 'Nothing could be stored',
  subscription: 'A subscription was gone',
  person: 'Asked for by hand',
};

/** How long a filled gap is worth a line of its own; the list of gaps keeps it. */
const NEWS_MS = 24 * 3_600_000;

const RESOURCE_NAMES: Readonly<Record<string, string>> = {
  products: 'product',
  customers: 'customer',
  orders: 'order',
};

/** `3 products, 2 orders`; resources without a change are left out. */
const changesOf = (gap: WebhookGap): string =>
  gap.fills
    .filter(({ changes }) => changes > 0)
    .map(({ resource, changes }) => plural(changes, RESOURCE_NAMES[resource] ?? resource))
    .join(', ');

/** `sync runs 12, 13` or the task that did it. */
export const GapSource = ({ gap }: { readonly gap: WebhookGap }) => {
  const runs = [...new Set(gap.fills.flatMap(({ run }) => run ?? []))].sort(
    (one, other) => Number(one) - Number(other),
  );
  const task = gap.fills.find((fill) => fill.task !== null)?.task;
  if (task)
    return (
      <Link to="/tasks" search={{ id: task }}>
        task {task}
      </Link>
    );
  if (runs.length === 0) return <span className="br-dim">–</span>;
  return (
    <>
      sync {runs.length === 1 ? 'run' : 'runs'} <span className="br-num">{runs.join(', ')}</span>
    </>
  );
};

/** The newest period without deliveries: when, why, and what filled it. Nothing while there is no news of one. */
export const GapNotes = () => {
  const { data } = useQuery(trpc.webhooks.gaps.queryOptions());
  const news = (data?.items ?? []).filter(
    ({ cause, filledAt }) => cause !== 'person' && (filledAt === null || Date.now() - Date.parse(filledAt) < NEWS_MS),
  );
  const [gap] = news;
  if (gap === undefined) return null;
  return (
    <div className="br-gap-note" role="status" data-testid="gap-note">
      <IconClock size={16} aria-hidden />
      <p>
        <strong>{GAP_CAUSES[gap.cause] ?? gap.cause}</strong> from{' '}
        <time dateTime={gap.from}>{formatExact(gap.from)}</time> to <time dateTime={gap.to}>{formatExact(gap.to)}</time>{' '}
        ({shortShop(gap.shop)}).{' '}
        {gap.filledAt === null ? (
          'What changed meanwhile is being fetched.'
        ) : gap.changes === 0 ? (
          <>
            Nothing had changed meanwhile, says <GapSource gap={gap} />, <RelativeTime iso={gap.filledAt} />.
          </>
        ) : (
          <>
            Filled with {changesOf(gap) || `${formatCount(gap.changes ?? 0)} changes`} by <GapSource gap={gap} />,{' '}
            <RelativeTime iso={gap.filledAt} />;{' '}
            {gap.missing === gap.changes ? 'none' : formatCount((gap.changes ?? 0) - (gap.missing ?? 0))} of them had
            come as webhooks.
          </>
        )}
        {news.length > 1 && ` ${formatCount(news.length - 1)} more in Webhooks, Subscriptions and gaps.`}
      </p>
    </div>
  );
};
