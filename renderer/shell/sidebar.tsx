import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { trpc } from '../api/trpc.ts';
import { IconAlertTriangle, IconClock, IconSearch } from '../components/icons.ts';
import { Kbd } from '../components/kbd.tsx';
import { openPalette } from './palette-store.ts';
import { SCREENS } from './screens.ts';
import { modKey } from './shortcuts.ts';

const StoreProblems = () => {
  const { data } = useQuery(trpc.stores.list.queryOptions());
  const count = data?.items.filter((store) => store.problem !== null || store.state === 'reconnect').length ?? 0;
  if (count === 0) return null;
  return (
    <span className="br-nav-note br-tone-warn" title={`${count} with a problem`}>
      <IconAlertTriangle size={14} aria-hidden />
      {count}
      <span className="br-visually-hidden"> with a problem</span>
    </span>
  );
};

const DueRequests = () => {
  const { data } = useQuery(trpc.privacy.summary.queryOptions());
  if (data === undefined || data.due === 0) return null;
  const words = data.overdue > 0 ? 'with an overdue deadline among them' : 'due within 7 days';
  return (
    <span className={`br-nav-note ${data.overdue > 0 ? 'br-tone-bad' : 'br-tone-warn'}`} title={`${data.due} ${words}`}>
      <IconClock size={14} aria-hidden />
      {data.due}
      <span className="br-visually-hidden"> {words}</span>
    </span>
  );
};

export const Sidebar = () => (
  // One landmark holds the whole column, the name and the search button included.
  <nav className="br-side" aria-label="Main">
    <div className="br-brand">Backroom</div>
    <button type="button" className="br-command" onClick={openPalette} aria-keyshortcuts="Control+K Meta+K">
      <IconSearch size={14} aria-hidden />
      <span>Search or run</span>
      <Kbd>{`${modKey} K`}</Kbd>
    </button>
    <ul className="br-nav">
      {SCREENS.map(({ path, label, icon: ScreenIcon }) => (
        <li key={path}>
          <Link to={path} activeOptions={{ exact: true, includeSearch: false }}>
            <ScreenIcon size={16} stroke={1.75} aria-hidden />
            <span>{label}</span>
            {path === '/stores' && <StoreProblems />}
            {path === '/privacy' && <DueRequests />}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
);
