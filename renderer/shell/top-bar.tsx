import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { trpc } from '../api/trpc.ts';
import { IconFlask } from '../components/icons.ts';

const ColorSchemeMenu = lazy(async () => ({ default: (await import('./color-scheme-menu.tsx')).ColorSchemeMenu }));

interface Props {
  readonly title: string;
  /** The first picture is on the screen. */
  readonly painted: boolean;
}

export const TopBar = ({ title, painted }: Props) => {
  const { data: status } = useQuery(trpc.system.status.queryOptions());
  return (
    <header className="br-top">
      <h1>{title}</h1>
      <div className="br-spacer" />
      {status?.demo === true && (
        <span
          className="br-demo"
          data-testid="demo-label"
          title="The built-in stand-in store, with made-up products, orders and traffic"
        >
          <IconFlask size={14} aria-hidden />
          Demo store: invented data
        </span>
      )}
      {/* The menu's positioning code is not part of the first picture; the space is kept. */}
      <span className="br-menu-place">
        {painted && (
          <Suspense>
            <ColorSchemeMenu />
          </Suspense>
        )}
      </span>
    </header>
  );
};
