import type { ReactNode } from 'react';
import type { Icon } from './icon-type.ts';

interface Props {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export const EmptyState = ({ icon: StateIcon, title, children, action }: Props) => (
  <div className="br-empty">
    <StateIcon size={24} stroke={1.5} aria-hidden />
    <h2>{title}</h2>
    {children !== undefined && <div className="br-dim">{children}</div>}
    {action !== undefined && <div className="br-empty-action">{action}</div>}
  </div>
);
