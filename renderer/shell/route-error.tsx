import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { IconAlertTriangle } from '../components/icons.ts';

/** The error boundary of a screen: the frame and the other screens go on working. */
export const RouteError = ({ error, reset }: ErrorComponentProps) => {
  useEffect(() => {
    console.error('A screen failed.', error);
  }, [error]);
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
