import './styles/mantine.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient, trpc } from './api/trpc.ts';
import { App } from './app.tsx';
import { router } from './router.tsx';
import { loadScreens } from './shell/load-screens.ts';
import { listenForPalette } from './shell/shortcuts.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root element.');

listenForPalette();

// Ask for the screen's code and the shell's data now; React would do so only after its first render.
const failedEarly = (error: unknown): void => console.warn('Loading ahead failed; the screen asks again.', error);
router.load().catch(failedEarly);
queryClient.prefetchQuery(trpc.system.status.queryOptions()).catch(failedEarly);
queryClient.prefetchQuery(trpc.stores.list.queryOptions()).catch(failedEarly);

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// After the first frame: the stream's validation code is not needed to paint.
const begin = async (): Promise<void> => {
  const { startLive } = await import('./api/live.ts');
  startLive();
  loadScreens();
};
begin().catch((error: unknown) => console.error('Live updates could not start.', error));
