import { Button } from '@mantine/core';
import { EmptyState } from '../components/empty-state.tsx';
import { IconPlugConnectedX } from '../components/icons.ts';

export const SessionEnded = () => (
  <main className="br-alone" data-testid="session-ended">
    <h1 className="br-visually-hidden">Session ended</h1>
    <EmptyState
      icon={IconPlugConnectedX}
      title="Session ended"
      action={<Button onClick={() => window.location.reload()}>Load this page again</Button>}
    >
      Open the login link printed by the server, then come back to this page.
    </EmptyState>
  </main>
);
