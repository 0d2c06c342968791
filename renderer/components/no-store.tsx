import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EmptyState } from './empty-state.tsx';
import { IconBuildingStore, IconPlus } from './icons.ts';

/** In the place of what comes from stores while none is connected; `children` say what would be here. */
export const NoStore = ({ children }: { readonly children: ReactNode }) => (
  <EmptyState
    icon={IconBuildingStore}
    title="No store is connected"
    action={
      <Button
        variant="filled"
        leftSection={<IconPlus size={14} aria-hidden />}
        renderRoot={(props) => <Link {...props} to="/stores" search={{ connect: 'new' }} />}
      >
        Connect a store
      </Button>
    }
  >
    {children}
  </EmptyState>
);
