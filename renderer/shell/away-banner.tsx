import { useEffect, useState } from 'react';
import { useAwayReason, useConnection } from '../api/connection.ts';
import { IconPlugConnectedX } from '../components/icons.ts';

const AWAY = { restarting: 'The backend is restarting.', offline: 'The backend does not answer.' } as const;

/** Says that the screen may be out of date, and why where that is known, without covering what can still be read. */
export const AwayBanner = () => {
  const state = useConnection();
  const reason = useAwayReason();
  const away = state === 'restarting' || state === 'offline';
  const [shown, setShown] = useState(false);

  // A stream that only reconnects is back within a blink; that is not worth a message.
  useEffect(() => {
    if (!away) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), 300);
    return () => clearTimeout(timer);
  }, [away]);

  return (
    <div role="status" data-testid="away-status">
      {away && shown && (
        <div className="br-away" data-testid="away-banner">
          <IconPlugConnectedX size={16} aria-hidden />
          <span>{reason ?? AWAY[state]} Data on screen may be out of date.</span>
        </div>
      )}
    </div>
  );
};
