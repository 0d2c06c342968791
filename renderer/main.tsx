import './styles/mantine.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { listenForPalette } from './shell/shortcuts.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root element.');

listenForPalette();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// After the first frame: the stream's validation code is not needed to paint.
const begin = async (): Promise<void> => {
  const { startLive } = await import('./api/live.ts');
  startLive();
};
begin().catch((error: unknown) => console.error('Live updates could not start.', error));
