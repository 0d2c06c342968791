import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from './api/trpc.ts';
import { router } from './router.tsx';
import { cssVariables, theme } from './theme.ts';

/** The key is also read by `public/color-scheme.js`. */
const colorScheme = localStorageColorSchemeManager({ key: 'backroom-color-scheme' });
const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';

export const App = () => (
  <MantineProvider
    theme={theme}
    defaultColorScheme="auto"
    colorSchemeManager={colorScheme}
    cssVariablesResolver={cssVariables}
    getStyleNonce={() => nonce}
  >
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>
);
