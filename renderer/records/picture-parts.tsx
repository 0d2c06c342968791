import type { CSSProperties, ReactNode } from 'react';
import { ErrorState } from '../components/error-state.tsx';
import { SkeletonLines } from '../components/skeleton.tsx';
import { formatCount } from '../lib/format.ts';

/** What the pictures above the grids are made of. */

export const PictureComing = () => (
  <div className="br-picture">
    <SkeletonLines count={5} label="Charts are being loaded" />
  </div>
);

export const PictureFailed = ({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => unknown }) => (
  <section className="br-section" aria-label="Charts">
    <ErrorState error={error} title="The charts could not be loaded" onRetry={onRetry} />
  </section>
);

/** Against as many days before: `+12% against the period before`. */
export const change = (now: number, before: number): string => {
  if (before === 0) return now === 0 ? '' : 'none in the period before';
  const percent = Math.round(((now - before) / before) * 100);
  return `${percent > 0 ? '+' : ''}${formatCount(percent)}% against the period before`;
};

export const OtherCurrencies = ({
  what,
  currency,
  others,
}: {
  /** `orders`, `customers` */
  readonly what: string;
  readonly currency: string | null;
  readonly others: readonly string[];
}) =>
  others.length === 0 ? null : (
    <p className="br-dim">
      Only {what} in {currency}; there are also some in {others.join(', ')}.
    </p>
  );

export interface Bar {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** What its length stands for. */
  readonly size: number;
  /** To the rows that it counts. */
  readonly link: (content: ReactNode) => ReactNode;
}

export const Bars = ({ items, empty }: { readonly items: readonly Bar[]; readonly empty: string }) => {
  const longest = Math.max(1, ...items.map((item) => item.size));
  return items.length === 0 ? (
    <p className="br-dim">{empty}</p>
  ) : (
    <ul className="br-bars">
      {items.map((item) => (
        <li key={item.key} style={{ '--share': `${Math.round((item.size / longest) * 100)}%` } as CSSProperties}>
          {item.link(
            <>
              <span className="br-ellipsis">{item.label}</span>
              <span className="br-num">{item.value}</span>
            </>,
          )}
        </li>
      ))}
    </ul>
  );
};
