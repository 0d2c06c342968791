import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { connection, useConnection } from '../api/connection.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { IconAlertTriangle, IconPlugConnectedX } from '../components/icons.ts';

const isAwayState = (state: string): boolean => state === 'restarting' || state === 'offline';

/**
 * The error boundary of a screen: the frame and the other screens go on working. Headless, a screen's own code comes from the backend, so a
 * screen that was not opened before can't be while that is away; it is loaded when it is back.
 */
export const RouteError = ({ error, reset }: ErrorComponentProps) => {
  const [wasAway] = useState(() => isAwayState(connection.get()));
  const state = useConnection();
  useEffect(() => {
    console.error('A screen failed.', error);
  }, [error]);
  useEffect(() => {
    if (wasAway && state === 'connected') window.location.reload();
  }, [wasAway, state]);
  if (wasAway && isAwayState(state))
    return (
      <div role="status" data-testid="route-away">
        <EmptyState icon={IconPlugConnectedX} title="This screen opens when the backend answers again">
          Nothing has to be done here.
        </EmptyState>
      </div>
    );
  return (
    <div role="alert" data-testid="route-error">
      <EmptyState
        icon={IconAlertTriangle}
        title="This screen could not be shown"
        action={
          <>
            <Button onClick={reset}>Try again</Button>
            <Button onClick={() => window.location.reload()}>Load the window again</Button>
          </>
        }
      >
        The other screens still work. If it happens again, this text helps to find the cause:
        <code className="br-error-text">{error instanceof Error ? error.message || error.name : String(error)}</code>
      </EmptyState>
    </div>
  );
};
