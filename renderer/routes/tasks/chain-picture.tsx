import { Link } from '@tanstack/react-router';
import type { ChainLink } from '../../../shared/api.ts';
import { IconListCheck, IconRefresh, IconWebhook } from '../../components/icons.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { StatusBadge, type StatusLook, TASK_STATE, WEBHOOK_STATE } from '../../components/status-badge.tsx';

const ICONS = { webhook: IconWebhook, task: IconListCheck, sync: IconRefresh } as const;

const looks: Readonly<Record<string, StatusLook>> = { ...WEBHOOK_STATE, ...TASK_STATE };

/** What set the task off, and all that came of it, as a tree. */
export const ChainPicture = ({
  links,
  onOpen,
}: {
  readonly links: readonly ChainLink[];
  readonly onOpen: (id: string) => void;
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
  <section className="br-scroll" tabIndex={0} aria-label="Chain">
    <ol className="br-task-chain">
      {links.map((link) => {
        const LinkIcon = ICONS[link.kind];
        const look = link.state === null ? undefined : looks[link.state];
        return (
          <li key={`${link.kind} ${link.id}`} data-self={link.isSelf} data-depth={Math.min(6, link.depth)}>
            <LinkIcon size={16} aria-hidden />
            {link.kind === 'task' ? (
              <button
                type="button"
                className="br-link br-mono"
                aria-current={link.isSelf ? 'true' : undefined}
                onClick={() => onOpen(link.id)}
              >
                {link.label}
              </button>
            ) : link.kind === 'webhook' ? (
              <Link to="/webhooks" search={{ id: link.id }} className="br-mono">
                {link.label}
              </Link>
            ) : (
              <span>{link.label}</span>
            )}
            <span className="br-dim br-num">{link.id}</span>
            {look !== undefined && <StatusBadge look={look} />}
            {link.at !== null && (
              <span className="br-dim br-nowrap">
                <RelativeTime iso={link.at} />
              </span>
            )}
          </li>
        );
      })}
    </ol>
  </section>
);
