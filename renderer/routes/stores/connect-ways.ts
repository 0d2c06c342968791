import type { Credentials, Store, SystemStatus } from '../../../shared/api.ts';
import type { Icon } from '../../components/icon-type.ts';
import { IconExternalLink, IconKey, IconPlugConnected } from '../../components/icons.ts';

export type Way = Store['grant'];

export interface WayText {
  readonly way: Way;
  readonly icon: Icon;
  readonly title: string;
  /** For whom it is right. */
  readonly fits: string;
  readonly needs: string;
}

export const WAYS: readonly WayText[] = [
  {
    way: 'authorization_code',
    icon: IconExternalLink,
    title: 'Approve in the browser',
    fits: 'For any store that the app may be installed on. Its owner approves the app on Shopify’s page.',
    needs: 'Needs the app’s credentials and a public address.',
  },
  {
    way: 'client_credentials',
    icon: IconPlugConnected,
    title: 'Client credentials',
    fits: 'For an app and a store of the same organisation, with the app installed on the store.',
    needs: 'Needs the app’s credentials. No public address, nothing to approve.',
  },
  {
    way: 'admin_token',
    icon: IconKey,
    title: 'Paste an Admin API token',
    fits: 'For an older custom app that was made in the store’s own admin. New ones can’t be made there since 2026.',
    needs: 'Needs its access token. No public address.',
  },
];

export interface Missing {
  readonly text: string;
  /** The section of Settings that supplies it, and what one does there. */
  readonly section: 'credentials' | 'tunnel';
  readonly action: string;
}

/** What keeps a way from working now; null: nothing that is known. */
export const missingFor = (
  way: Way,
  known: { readonly credentials: Credentials | undefined; readonly status: SystemStatus | undefined },
): Missing | null => {
  if (way === 'admin_token') return null;
  if (known.credentials?.source === 'none') {
    return { text: 'No app credentials are saved yet.', section: 'credentials', action: 'Enter them in Settings' };
  }
  const isLocal = known.status?.publicUrlIsLocal === true && !known.status.demo;
  if (way !== 'authorization_code' || !isLocal) return null;
  return { text: 'There is no public address yet.', section: 'tunnel', action: 'Set up the tunnel in Settings' };
};
