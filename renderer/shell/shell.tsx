import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useConnection } from '../api/connection.ts';
import { AwayBanner } from './away-banner.tsx';
import { screenOf } from './screens.ts';
import { SessionEnded } from './session-ended.tsx';
import { useShortcuts } from './shortcuts.ts';
import { Sidebar } from './sidebar.tsx';
import { StatusBar } from './status-bar.tsx';
import { StorageNote } from './storage-note.tsx';
import { TopBar } from './top-bar.tsx';

const Overlays = lazy(async () => ({ default: (await import('./overlays.tsx')).Overlays }));

/** The command palette and notifications are not part of the first picture. */
const useAfterFirstPaint = (): boolean => {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    const handle = requestIdleCallback(() => setPainted(true), { timeout: 1500 });
    return () => cancelIdleCallback(handle);
  }, []);
  return painted;
};

export const Shell = () => {
  const state = useConnection();
  const pathname = useRouterState({ select: (router) => router.location.pathname });
  const title = screenOf(pathname)?.label ?? 'Not found';
  const painted = useAfterFirstPaint();
  useShortcuts();

  useEffect(() => {
    document.title = `${title} · Backroom`;
  }, [title]);

  if (state === 'ended') return <SessionEnded />;
  return (
    <div className="br-shell">
      <a className="br-skip" href="#content">
        Skip to content
      </a>
      <Sidebar />
      <TopBar title={title} painted={painted} />
      <main className="br-main" id="content" tabIndex={-1}>
        <StorageNote />
        <Suspense>
          <Outlet />
        </Suspense>
        <AwayBanner />
      </main>
      <StatusBar />
      {painted && (
        <Suspense>
          <Overlays />
        </Suspense>
      )}
    </div>
  );
};
