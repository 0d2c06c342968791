import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { trpc } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';

/** Shopify keeps the browser on a page of its own when it refuses an install; nothing comes back here, so each of its words is explained. */
export const ShopifyPageHelp = () => {
  const { data: credentials } = useQuery(trpc.settings.credentials.queryOptions());
  return (
    <details className="br-help" data-testid="shopify-page-help">
      <summary>Shopify shows an error instead?</summary>
      <dl>
        <dt>“redirect_uri is not whitelisted” or “must have matching hosts”</dt>
        <dd>
          The redirect address is not allowed. Add these to the app’s configuration, exactly so, and release it; or use
          the configuration file from{' '}
          <Link to="/settings" hash="addresses">
            Settings
          </Link>
          .
          {credentials !== undefined && (
            <div className="br-help-copies">
              <CopyText value={credentials.appUrl} label="app URL" />
              <CopyText value={credentials.redirectUrl} label="redirect URL" />
            </div>
          )}
        </dd>
        <dt>“Could not find an app” or “application_cannot_be_found”</dt>
        <dd>
          The client ID is wrong. Compare it in{' '}
          <Link to="/settings" hash="credentials">
            Settings
          </Link>{' '}
          with the one in the Dev Dashboard.
        </dd>
        <dt>“The access scope is invalid”</dt>
        <dd>
          A scope in{' '}
          <Link to="/settings" hash="credentials">
            Settings
          </Link>{' '}
          is misspelt, or Shopify has to approve it for the app first.
        </dd>
        <dt>“This shop is currently unavailable” or a login for another store</dt>
        <dd>The shop domain is wrong, or the browser is logged in to another account.</dd>
      </dl>
    </details>
  );
};
