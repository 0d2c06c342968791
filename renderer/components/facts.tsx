import type { ReactNode } from 'react';

/** Name and value pairs, as a description list. */
export const Facts = ({ children, columns = 1 }: { readonly children: ReactNode; readonly columns?: 1 | 2 | 3 }) => (
  <dl className="br-facts" data-columns={columns}>
    {children}
  </dl>
);

export const Fact = ({
  name,
  children,
  wide = false,
  id,
}: {
  readonly name: string;
  readonly children: ReactNode;
  readonly wide?: boolean;
  /** Something leads here from elsewhere. */
  readonly id?: string;
}) => (
  <div className={wide ? 'br-fact br-fact-wide' : 'br-fact'} {...(id === undefined ? {} : { id, tabIndex: -1 })}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
