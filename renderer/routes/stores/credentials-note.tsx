import { Link } from '@tanstack/react-router';
import type { Credentials } from '../../../shared/api.ts';

/** Two stores that the built-in stand-in knows besides its first, to try the whole way with. */
const DEMO_SHOPS = ['second-street.myshopify.com', 'harbour-lane.myshopify.com'];

interface Props {
  readonly credentials: Credentials | undefined;
  /** Null: the store is given already. */
  readonly onPick: ((shop: string) => void) | null;
}

/** Which app asks, where that needs a word. */
export const CredentialsNote = ({ credentials, onPick }: Props) => {
  if (credentials?.source === 'none') {
    return (
      <p className="br-note" data-tone="warn">
        No app credentials are saved yet, so Shopify would not know which app asks.{' '}
        <Link to="/settings" hash="credentials">
          Enter them in Settings
        </Link>{' '}
        first.
      </p>
    );
  }
  if (credentials?.source !== 'demo') return null;
  return (
    <p className="br-note">
      The demo store runs on this computer.{' '}
      {onPick !== null && (
        <>
          It knows more stores to try this with:{' '}
          {DEMO_SHOPS.map((shop, index) => (
            <span key={shop}>
              {index > 0 && ', '}
              <button type="button" className="br-link br-mono" onClick={() => onPick(shop)}>
                {shop}
              </button>
            </span>
          ))}
          .{' '}
        </>
      )}
      For a real store{' '}
      <Link to="/settings" hash="credentials">
        enter app credentials in Settings
      </Link>
      .
    </p>
  );
};
