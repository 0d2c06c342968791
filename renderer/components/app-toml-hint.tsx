import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { trpc } from '../api/trpc.ts';
import { IconAlertTriangle } from './icons.ts';

/** Says, away from Settings too, that the app's configuration at Shopify no longer fits, e.g. after a new public address. */
export const AppTomlHint = () => {
  const { data } = useQuery(trpc.settings.credentials.queryOptions());
  const changes = data?.appTomlTaken?.changes ?? [];
  if (changes.length === 0) return null;
  return (
    <div className="br-problem" data-testid="app-toml-hint">
      <IconAlertTriangle size={16} aria-hidden />
      <div>
        <p>
          <strong>The app’s configuration at Shopify is out of date</strong>:{' '}
          {changes.map(({ field }) => field).join(', ')}.{' '}
          <Link to="/settings" hash="addresses">
            See what differs, and take the new file
          </Link>
        </p>
      </div>
    </div>
  );
};
